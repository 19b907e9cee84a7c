import "server-only";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { NewStudy, Study } from "@/lib/contracts/studies";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";
import { readableStudies } from "./study-rows";

type Made = { readonly created: boolean; readonly study: Study };

const sameContent = (study: Study, wanted: NewStudy): boolean =>
  !study.imported &&
  study.title === wanted.title &&
  study.species === wanted.species &&
  study.strain === wanted.strain &&
  study.timeZone === wanted.timeZone;

/** Makes a study, a draft without protocol. Its code is the key: sent again with the same content, it is the same study. */
export const createStudy = async (actor: Actor, wanted: NewStudy): Promise<Result<Made, Refusal>> => {
  const gate = authorizeInstallation(actor, "study.create");
  if (!gate.ok) return gate;
  const { rowCount } = await database().pool.query(
    `INSERT INTO studies (code, title, species, strain, time_zone, created_by) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (code) DO NOTHING`,
    [wanted.code, wanted.title, wanted.species, wanted.strain ?? "", wanted.timeZone, actor.userId],
  );
  const [study] = await readableStudies(actor, wanted.code);
  if (study === undefined) throw new Error("a study that was just made is not there");
  if (rowCount === 1) return ok({ created: true, study });
  if (sameContent(study, wanted)) return ok({ created: false, study });
  return refused(
    fieldRefusal(
      "STUDY_EXISTS",
      "code",
      `There is a study ${wanted.code} already, with other content. Choose another code.`,
    ),
  );
};
