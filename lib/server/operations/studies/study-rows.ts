import "server-only";
import type { Study } from "@/lib/contracts/studies";
import { permits, rolesInStudy } from "@/lib/domain/access/permissions";
import type { StudyLife } from "@/lib/domain/access/study-life";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/command/actor";

type StudyRow = Omit<Study, "status" | "createdAt" | "roles" | "strain"> & {
  readonly strain: string;
  readonly status: StudyLife;
  readonly createdAt: Date;
  readonly memberships: readonly string[];
  readonly auditsSomeOnly: boolean;
};

const STATUS_WORDS = {
  draft: "DRAFT",
  active: "ACTIVE",
  locked: "LOCKED",
  archived: "ARCHIVED",
} as const satisfies Readonly<Record<StudyLife, Study["status"]>>;

const toStudy = (actor: Actor, row: StudyRow): Study => {
  const { memberships, auditsSomeOnly, strain, status, createdAt, ...rest } = row;
  const standing = { administrator: actor.administrator, auditor: actor.auditor, auditsSomeOnly };
  return {
    ...rest,
    strain: strain === "" ? null : strain,
    status: STATUS_WORDS[status],
    createdAt: createdAt.toISOString(),
    roles: [...rolesInStudy(standing, memberships)],
  };
};

/** The studies that the actor may read, by code; `code` null for all of them. */
export const readableStudies = async (actor: Actor, code: string | null): Promise<readonly Study[]> => {
  const { rows } = await database().pool.query<StudyRow>(
    `SELECT code, title, species, strain, time_zone AS "timeZone", status, imported, created_at AS "createdAt",
            (SELECT count(*)::int FROM animals WHERE study_id = studies.id) AS animals,
            ARRAY(SELECT role FROM study_roles WHERE study_id = studies.id AND user_id = $1) AS memberships,
            EXISTS (SELECT FROM memberships WHERE user_id = $1 AND role = 'auditor') AS "auditsSomeOnly"
     FROM studies WHERE $2::text IS NULL OR code = $2 ORDER BY code`,
    [actor.userId, code],
  );
  return rows.map((row) => toStudy(actor, row)).filter(({ roles }) => permits(roles, "study.read"));
};
