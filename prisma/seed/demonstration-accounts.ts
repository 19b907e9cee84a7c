import type { Role } from "../../lib/domain/access/permissions";

/** People of the demonstration. Their passwords are made at random where the accounts are made, never here. */
export type DemonstrationAccount = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
};

export const TECHNICIAN_EMAIL = "technician@demo.local";
export const SECOND_TECHNICIAN_EMAIL = "technician2@demo.local";
export const DIRECTOR_EMAIL = "director@demo.local";

export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  { email: TECHNICIAN_EMAIL, name: "Tomás Lindqvist", role: "technician" },
  { email: SECOND_TECHNICIAN_EMAIL, name: "Priya Novak", role: "technician" },
  { email: DIRECTOR_EMAIL, name: "Ines Okafor", role: "study_director" },
  { email: "auditor@demo.local", name: "Marta Weiss", role: "auditor" },
  { email: "administrator@demo.local", name: "Sam Duarte", role: "administrator" },
];
