import "server-only";
import { randomUUID } from "node:crypto";
import type { ProtocolSignature, ProtocolVersion } from "@/lib/contracts/protocol";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { SignatureInput } from "@/lib/contracts/signatures";
import { writeInstant } from "@/lib/domain/time/instant";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { meaningText } from "@/lib/domain/language/signature-words";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { lastRecordedAt } from "@/lib/server/store/animal-states";
import { clockOf } from "@/lib/server/store/clock";
import { lockStates, lockStudy } from "@/lib/server/store/locks";
import { storedSignatures } from "@/lib/server/store/signatures";
import { setStudyStatus } from "@/lib/server/store/studies";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import type { Done } from "@/lib/server/command/command";
import { rebuildAnimalStates } from "@/lib/server/judging/rebuild-animal-states";
import { signOnce } from "@/lib/server/signing/sign-once";
import { signInTransaction } from "@/lib/server/signing/signing";
import { protocolContent, signVersion } from "@/lib/server/store/protocol-versions";
import { findingsOf } from "./checked-draft";
import { draftOf, latestInForce, protocolVersionOf, reasonOf, storedProtocols } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

type Signable = {
  readonly draft: StoredProtocol;
  /** The version that it amends; undefined for a study's first. */
  readonly base: StoredProtocol | undefined;
};

/** The draft as it stands, if it may be signed: no check calls it an error. */
const signableDraft = async (transaction: Transaction, study: AuthorizedStudy): Promise<Result<Signable, Refusal>> => {
  const stored = await storedProtocols(transaction, study);
  const [draft, base] = [draftOf(stored), latestInForce(stored)];
  if (draft === undefined) {
    const signed = base === undefined ? "" : ` Version ${String(base.row.version)} stays as it is.`;
    return refused(
      refusal("NO_PROTOCOL_DRAFT", `Study ${study.code} has no draft of a protocol. Save one first.${signed}`),
    );
  }
  const errors = (await findingsOf(transaction, study, draft, base))
    .filter(({ severity }) => severity === "error")
    .map(({ path, message }) => ({ path, code: "INVALID_PROTOCOL", message }));
  const [first] = errors;
  return first === undefined ? ok({ draft, base }) : refused(refusal("INVALID_PROTOCOL", first.message, errors));
};

type Instants = { readonly signedMs: number; readonly effectiveMs: number | null };

/**
 * When it is signed and from when it is in force, with every animal of the study locked: an entry on its way is recorded
 * before, and judged by the version before; whatever comes later sees this one. An amendment left open is in force from
 * its signature on, or from the millisecond after the last entry where clocks disagree.
 */
const instantsOf = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  { draft, base }: Signable,
): Promise<Result<Instants, Refusal>> => {
  await lockStates(transaction, study.id);
  const signedMs = (await clockOf(transaction)).getTime();
  const lastMs = (await lastRecordedAt(transaction, study.id))?.getTime() ?? null;
  if (base === undefined) return ok({ signedMs, effectiveMs: null });
  const earliestMs = Math.max(signedMs, (lastMs ?? -Infinity) + 1, (base.protocol.effectiveFrom?.ms ?? -Infinity) + 1);
  const chosen = draft.protocol.effectiveFrom;
  if (chosen !== null && chosen.ms < earliestMs) {
    const message = `is ${chosen.text}, which has passed: an amendment is in force from its signature on or later. Choose an instant after ${writeInstant(earliestMs)}, or leave it to the signature.`;
    return refused(fieldRefusal("INVALID_PROTOCOL", "effectiveFrom", message));
  }
  const previous = base.protocol.effectiveFrom;
  if (chosen === null && previous !== null && previous.ms >= signedMs) {
    const message = `Version ${String(base.row.version)} is in force only from ${previous.text} on: choose from when, later than that, this one is.`;
    return refused(fieldRefusal("INVALID_PROTOCOL", "effectiveFrom", message));
  }
  return ok({ signedMs, effectiveMs: chosen?.ms ?? earliestMs });
};

const sign = async (
  transaction: Transaction,
  { actor, study, draft: { row, protocol }, meaning, base }: Signable & Signing & { readonly meaning: string },
  { signedMs, effectiveMs }: Instants,
): Promise<void> => {
  const effectiveFrom =
    effectiveMs === null
      ? null
      : { at: new Date(effectiveMs), text: protocol.effectiveFrom?.text ?? writeInstant(effectiveMs) };
  const { version, settings } = row;
  const signature = { signedById: actor.userId, signedAt: new Date(signedMs), signedMeaning: meaning, effectiveFrom };
  await signVersion(transaction, { studyId: study.id, version, settings }, signature);
  if (base !== undefined) return;
  await setStudyStatus(transaction, study.id, "active");
  // An amendment takes nothing back, so the next entry of each animal makes its state anew; a first version may have been
  // saved with other settings than those that the baselines were read by.
  await rebuildAnimalStates(transaction, study.id);
};

type Signing = { readonly actor: Actor; readonly study: AuthorizedStudy };

/** The same signature sent again finds what it signed. */
const signedBefore = async (
  transaction: Transaction,
  { actor, study }: Signing,
  id: string,
): Promise<ProtocolVersion | null> => {
  const asked = { ids: [id], signerId: actor.userId, kinds: ["protocol", "amendment"] } as const;
  const [found] = await storedSignatures(transaction, study.id, asked);
  if (found === undefined) return null;
  const stored = await storedProtocols(transaction, study);
  const signed = stored.find(({ row }) => String(row.version) === found.subject);
  return signed === undefined ? null : protocolVersionOf(transaction, study, stored, signed);
};

const attempt = async (
  transaction: Transaction,
  { actor, study }: Signing,
  { signature, savedAt }: { readonly signature: SignatureInput & { readonly id: string }; readonly savedAt: string },
): Promise<Result<Done<ProtocolVersion>, Refusal>> => {
  await lockStudy(transaction, study.id);
  const before = await signedBefore(transaction, { actor, study }, signature.id);
  if (before !== null) return ok({ value: before, audit: "unchanged" });
  const signable = await signableDraft(transaction, study);
  if (!signable.ok) return signable;
  const { draft, base } = signable.value;
  if (draft.row.draftedAt.getTime() !== Date.parse(savedAt)) {
    return refused(
      refusal("PROTOCOL_CHANGED", "The draft has been saved again since you read it. Read it and sign anew."),
    );
  }
  const instants = await instantsOf(transaction, study, signable.value);
  if (!instants.ok) return instants;
  const meaning = meaningText(signature.meaning);
  await sign(transaction, { actor, study, draft, base, meaning }, instants.value);
  const content = await protocolContent(transaction, study.id, draft.row.version);
  const signed = await signInTransaction(transaction, actor, study, {
    id: signature.id,
    meaning: signature.meaning,
    subjectKind: base === undefined ? "protocol" : "amendment",
    subject: String(draft.row.version),
    content,
  });
  if (!signed.ok) return signed;
  const stored = await storedProtocols(transaction, study);
  const shown = latestInForce(stored);
  if (shown === undefined) throw new Error("a protocol that was just signed is not there");
  const record = {
    ...onStudy(study),
    kind: base === undefined ? "PROTOCOL_SIGNED" : "PROTOCOL_AMENDED",
    subject: String(draft.row.version),
    newValue: content,
    reason: reasonOf(shown),
  } as const;
  return ok({ value: await protocolVersionOf(transaction, study, stored, shown), audit: [record] });
};

/**
 * Signs the draft that was read; one that was saved since is not signed. The first version is effective from the
 * beginning, and the study is active. An amendment is effective from its signature, or from the later instant it names.
 */
export const signProtocol = async (
  actor: Actor,
  code: string,
  { signature, place, savedAt }: ProtocolSignature,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const id = ("id" in signature ? signature.id : null) ?? randomUUID();
  const signed = await signOnce(actor, code, {
    action: "protocol.sign",
    confirmation: signature,
    place,
    repeated: (study) => signedBefore(connection, { actor, study }, id),
    read: async (study) => {
      const signable = await signableDraft(connection, study);
      return signable.ok ? ok(savedAt ?? signable.value.draft.row.draftedAt.toISOString()) : signable;
    },
    sign: (transaction, study, readAt) =>
      attempt(transaction, { actor, study }, { signature: { ...signature, id }, savedAt: readAt }),
  });
  return signed.ok ? ok(signed.value.value) : signed;
};
