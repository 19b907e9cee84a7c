import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { ROLES, type Role } from "@/lib/domain/access/permissions";

const signIns = z.object({
  signIns: z.array(
    z.object({ role: z.enum(ROLES), name: z.string(), email: z.email(), password: z.string().min(1) }).readonly(),
  ),
});

export type Person = z.output<typeof signIns>["signIns"][number];

/** Everybody who can sign in to the demonstration, from the file in which the server keeps their random passwords. */
const people = (): readonly Person[] => {
  const directory = process.env["E2E_DATA_DIR"];
  if (directory === undefined) throw new Error('Run the browser tests with "npm run test:e2e".');
  const file = join(directory, "demonstration-sign-ins.json");
  return signIns.parse(JSON.parse(readFileSync(file, "utf8"))).signIns;
};

/** The first person of a role. */
export const person = (role: Role): Person => {
  const found = people().find((candidate) => candidate.role === role);
  if (found === undefined) throw new Error(`The demonstration has no ${role}`);
  return found;
};
