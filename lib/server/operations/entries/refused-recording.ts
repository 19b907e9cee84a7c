import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import type { SentEntry } from "./sent-entries";

type Tried = { readonly actor: Actor; readonly study: AuthorizedStudy; readonly sent: readonly SentEntry[] };

/** What the role or the study's life does not allow, and other content under a known id. */
const KEPT: ReadonlySet<string> = new Set(["FORBIDDEN", "STUDY_LOCKED", "ENTRY_CONFLICT"]);

/** Keeps that somebody tried to record what they may not; a mistake in what was typed is nobody's business. */
export const recordRefused = async ({ actor, study, sent }: Tried, { code, detail }: Refusal): Promise<void> => {
  if (!KEPT.has(code)) return;
  await recordEvent(auditedBy(actor, study.roles), {
    ...onStudy(study),
    kind: "RECORDING_REFUSED",
    subject: code,
    newValue: sent.map(({ input: { id, animal, kind } }) => ({ id, animal, kind })),
    reason: detail,
  });
};
