import "server-only";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { lockStudy } from "@/lib/server/store/locks";
import { deleteDraft, protocolContent } from "@/lib/server/store/protocol-versions";
import { draftOf, protocolVersionOf, storedProtocols, versionNow, versionsInForce } from "./protocol-rows";

/** Takes the draft of an amendment away. What it was stays in the audit trail; the versions in force stay as they are. */
export const discardProtocolDraft = async (
  actor: Actor,
  code: string,
  savedAt: string | undefined,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "protocol.draft");
  if (!gate.ok) return gate;
  const study = gate.value;
  return command(auditedBy(actor, study.roles), async (transaction) => {
    await lockStudy(transaction, study.id);
    const stored = await storedProtocols(transaction, study);
    const [draft, now] = [draftOf(stored), versionNow(versionsInForce(stored))];
    if (draft === undefined || now === undefined) {
      const message = `Study ${study.code} has no draft of an amendment. The draft of a first version is changed, not discarded.`;
      return refused(refusal("NO_PROTOCOL_DRAFT", message));
    }
    if (savedAt !== undefined && draft.row.draftedAt.getTime() !== Date.parse(savedAt)) {
      const message = `${draft.row.draftedBy ?? "Somebody"} has saved the draft again since you read it. Read it anew before you discard it.`;
      return refused(refusal("PROTOCOL_CHANGED", message));
    }
    const record = {
      ...onStudy(study),
      kind: "PROTOCOL_DRAFT_DISCARDED",
      subject: String(draft.row.version),
      oldValue: await protocolContent(transaction, study.id, draft.row.version),
    } as const;
    await deleteDraft(transaction, study.id, draft.row.version);
    const left = versionsInForce(stored);
    return ok({ value: await protocolVersionOf(transaction, study, left, now), audit: [record] });
  });
};
