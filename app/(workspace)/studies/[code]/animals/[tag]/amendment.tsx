import type { ReactNode } from "react";
import { entryAnchor } from "@/components/animal-page/anchors";
import { type EntryRecord, entryRecords } from "@/components/animal-page/entry-records";
import { AmendEntry } from "@/components/record/amend/amend-entry";
import { entryToAmend } from "@/components/record/amend/corrected-entry";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { mayAmend } from "@/lib/domain/access/permissions";
import { isClosed } from "@/lib/domain/access/study-life";
import { signerOf } from "@/lib/server/auth/signer";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { readRecordingSheet } from "@/lib/server/operations/entries/read-recording-sheet";
import { animalAddress } from "../../study-address";

/** An entry whose form is open in its place; by the id of its record. */
export type OpenAmendment = { readonly id: string; readonly form: ReactNode };

/** Whether the reader may correct or void what stands of a record: their own, the study director any. */
export const mayAmendRecord = (study: AuthorizedStudy, userId: string, { latest, voided }: EntryRecord): boolean =>
  voided === null &&
  !isClosed(study.status) &&
  mayAmend(study.roles, { kind: latest.entry.kind, own: latest.recorderId === userId });

/** The form that puts an entry right, where the address asks for one and the reader may. */
export const openAmendment = async (
  actor: Actor,
  study: AuthorizedStudy,
  record: AnimalRecord,
  { id, listsAll }: { readonly id: string; readonly listsAll: boolean },
): Promise<OpenAmendment | null> => {
  const found = entryRecords(record.log).find((entry) => entry.id === id);
  if (found === undefined || !mayAmendRecord(study, actor.userId, found)) return null;
  const sheet = await readRecordingSheet(actor, study.code);
  if (!sheet.ok) return null;
  const address = animalAddress(study.code, record.animal.id);
  return {
    id,
    form: (
      <AmendEntry
        sheet={sheet.value}
        tag={record.animal.id}
        target={entryToAmend(found.latest, sheet.value.units, study.timeZone)}
        signer={await signerOf(actor)}
        closeHref={`${address}${listsAll ? "?entries=all" : ""}#${entryAnchor(id)}`}
      />
    ),
  };
};
