import "server-only";
import type { RefusalCause } from "@/lib/domain/language/refusal-words";
import type { Refusal } from "@/lib/contracts/problem";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import type { SentEntry } from "./sent-entries";

type Tried = { readonly actor: Actor; readonly study: AuthorizedStudy; readonly sent: readonly SentEntry[] };

/** The refusals that are audited. */
const CAUSES: ReadonlyMap<string, RefusalCause> = new Map([
  ["FORBIDDEN", "ROLE"],
  ["STUDY_LOCKED", "STUDY_CLOSED"],
  ["ENTRY_CONFLICT", "ENTRY_CONFLICT"],
]);

/** Audits an attempt to record what is not permitted; input errors are not audited. */
export const recordRefused = async ({ actor, study, sent }: Tried, { code }: Refusal): Promise<void> => {
  const cause = CAUSES.get(code);
  if (cause === undefined) return;
  await recordEvent(auditedBy(actor, study.roles), {
    ...onStudy(study),
    kind: "RECORDING_REFUSED",
    subject: code,
    newValue: { cause, entries: sent.map(({ input: { id, animal, kind } }) => ({ id, animal, kind })) },
  });
};
