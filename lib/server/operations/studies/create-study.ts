import "server-only";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { NewStudy, Study } from "@/lib/contracts/studies";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { addStudy, studyContent } from "@/lib/server/store/studies";
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
  const gate = await authorizeInstallation(actor, "study.create");
  if (!gate.ok) return gate;
  const made = await command(auditedBy(actor), async (transaction) => {
    const { code, title, species, strain, timeZone } = wanted;
    const row = { code, title, species, strain: strain ?? "", timeZone, createdById: actor.userId };
    const id = await addStudy(transaction, row);
    if (id === null) return ok({ value: false, audit: "unchanged" });
    const place = onStudy({ id, code });
    const newValue = await studyContent(transaction, id);
    return ok({ value: true, audit: [{ ...place, kind: "STUDY_CREATED", newValue }] });
  });
  if (!made.ok) return made;
  const [study] = await readableStudies(actor, wanted.code);
  if (study === undefined) throw new Error("a study that was just made is not there");
  if (made.value) return ok({ created: true, study });
  if (sameContent(study, wanted)) return ok({ created: false, study });
  return refused(
    fieldRefusal(
      "STUDY_EXISTS",
      "code",
      `There is a study ${wanted.code} already, with other content. Choose another code.`,
    ),
  );
};
