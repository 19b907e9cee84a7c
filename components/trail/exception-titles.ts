import type { ExceptionKind } from "@/lib/domain/trail/exceptions";

export const EXCEPTION_TITLES: Readonly<Record<ExceptionKind, string>> = {
  CORRECTED_AFTER_GRADE_3: "Corrected after grade 3",
  OVERRIDE: "Override",
  TWO_ROLES: "Two roles",
  REFUSED: "Refused attempt",
  SIGN_IN_TROUBLE: "Sign-in trouble",
  OWN_CORRECTION: "Own correction",
  NEAR_EDGE: "Near an edge",
  LATE: "Late entry",
};
