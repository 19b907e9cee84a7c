import "server-only";
import type { ProtocolSignature, ProtocolVersion } from "@/lib/contracts/protocol";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmPassword } from "@/lib/server/auth/confirm-password";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { allOrNothing, connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/kernel/actor";
import { rebuildAnimalStates } from "@/lib/server/kernel/rebuild-animal-states";
import { protocolVersionOf, storedProtocols } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

/** What the signature stands for. */
const MEANING = "Approved: in force from the beginning of the study";

/** The draft as it stands, if it may be signed. */
const signableDraft = async (
  connection: Transaction,
  study: AuthorizedStudy,
): Promise<Result<StoredProtocol, Refusal>> => {
  const stored = await storedProtocols(connection, study);
  if (stored.some(({ row }) => row.status !== "draft")) {
    return refused(
      refusal("PROTOCOL_SIGNED", "The protocol has been signed already; amendments are not in this version."),
    );
  }
  const [draft] = stored;
  if (draft === undefined) {
    return refused(refusal("NO_PROTOCOL_DRAFT", `Study ${study.code} has no draft of a protocol. Save one first.`));
  }
  const policy = draft.row.settings["resumePolicy"];
  return policy === undefined || policy === null
    ? refused(
        fieldRefusal(
          "INVALID_PROTOCOL",
          "resumePolicy",
          "Choose how dosing resumes before signing: automatic, or on-order.",
        ),
      )
    : ok(draft);
};

/**
 * Signs the draft with the password, typed again: version 1 is in force from the beginning and the study is active. What is
 * signed is what was read: a draft that was saved in between is not signed.
 */
export const signProtocol = async (
  actor: Actor,
  code: string,
  { password, savedAt }: ProtocolSignature,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "protocol.sign");
  if (!gate.ok) return gate;
  const study = gate.value;
  const read = await signableDraft(connection, study);
  if (!read.ok) return read;
  const readAt = savedAt ?? read.value.row.draftedAt.toISOString();
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;

  return allOrNothing(async (transaction) => {
    await transaction.query({ text: `SELECT FROM studies WHERE id = $1 FOR NO KEY UPDATE`, values: [study.id] });
    const draft = await signableDraft(transaction, study);
    if (!draft.ok) return draft;
    if (draft.value.row.draftedAt.getTime() !== Date.parse(readAt)) {
      return refused(
        refusal("PROTOCOL_CHANGED", "The draft has been saved again since you read it. Read it and sign anew."),
      );
    }
    await transaction.query({
      text: `UPDATE protocol_versions SET status = 'signed', signed_by = $2, signed_at = clock_timestamp(), signed_meaning = $3,
              password_verified_at = clock_timestamp()
       WHERE study_id = $1 AND version = 1`,
      values: [study.id, actor.userId, MEANING],
    });
    await transaction.query({ text: `UPDATE studies SET status = 'active' WHERE id = $1`, values: [study.id] });
    await rebuildAnimalStates(transaction, study.id);
    const [signed] = await storedProtocols(transaction, study);
    if (signed === undefined) throw new Error("a protocol that was just signed is not there");
    return ok(await protocolVersionOf(transaction, study, signed));
  });
};
