import "server-only";
import { connection } from "@/lib/server/db/connection";

/** A study as the gate asks for it, and what somebody is in it. */
export type StudyAccess = {
  readonly id: number;
  readonly code: string;
  readonly species: string;
  readonly timeZone: string;
  readonly status: string;
  /** By membership, or in every study. */
  readonly memberships: readonly string[];
  /** Whether memberships as auditor limit what they audit. */
  readonly auditsSomeOnly: boolean;
};

/** Null where there is no such study. By hand: every save and every page waits for it, and Prisma would ask three times. */
export const studyAt = async (userId: string, code: string): Promise<StudyAccess | null> => {
  if (code.includes("\u0000") || /\p{Cs}/u.test(code)) return null;
  const [row] = await connection.query<StudyAccess>({
    name: "study_access",
    text: `
      SELECT id, code, species, time_zone AS "timeZone", status,
        ARRAY(SELECT role FROM study_roles WHERE study_id = studies.id AND user_id = $1::uuid) AS memberships,
        EXISTS (SELECT FROM memberships WHERE user_id = $1::uuid AND role = 'auditor') AS "auditsSomeOnly"
      FROM studies WHERE code = $2`,
    values: [userId, code],
  });
  return row ?? null;
};
