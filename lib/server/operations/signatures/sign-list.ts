import "server-only";
import { createHash } from "node:crypto";
import { refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import type { ListToSign, SignatureList } from "@/lib/contracts/signatures";
import type { ErrorCode } from "@/lib/contracts/errors";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Done } from "@/lib/server/command/command";
import { fatesOfEntries } from "@/lib/server/store/entry-versions";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { signOnce } from "@/lib/server/signing/sign-once";
import { signInTransaction, signaturesOf, signingFault } from "@/lib/server/signing/signing";
import { waitingItems } from "@/lib/server/signing/waiting-items";
import type { Waiting } from "@/lib/server/signing/waiting-items";
import { signatureListOf } from "./signature-list";

type Item = ListToSign["items"][number];

/** The same list signs the same things under the same ids, however often it is sent. A UUID of version 8. */
const signatureId = (list: string, { subjectKind, subject }: Item): string => {
  const hash = createHash("sha256").update(`${list.toLowerCase()} ${subjectKind} ${subject}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

type Fault = FieldFault & { readonly code: ErrorCode };

type Gone = { readonly animal: string; readonly how: "corrected" | "voided" | null };

/** What became of entries that were read in the list and do not wait any more. */
const goneSince = async (
  transaction: Transaction,
  studyId: number,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Gone>> => {
  const fates = await fatesOfEntries(transaction, studyId, subjects);
  return new Map(
    [...fates.values()].map(({ id, tag, changedBy }) => {
      const how = changedBy === null || changedBy.how === "recorded" ? null : changedBy.how;
      return [id, { animal: tag, how }];
    }),
  );
};

type Read = {
  readonly waiting: ReadonlyMap<string, Waiting>;
  readonly signed: ReadonlySet<string>;
  readonly gone: ReadonlyMap<string, Gone>;
};

const goneFault = ({ subject }: Item, path: string, { signed, gone }: Read): Fault => {
  const { animal, how } = gone.get(subject) ?? { animal: null, how: null };
  const named = animal === null ? subject : `of ${animal} (entry ${subject})`;
  if (signed.has(subject)) {
    return { path, code: "SIGNED_ALREADY", message: `${named} has been signed already: read the list again` };
  }
  return how === null
    ? { path, code: "UNKNOWN_ENTRY", message: `${named} does not wait for a signature: read the list again` }
    : { path, code: "SIGNED_CONTENT_CHANGED", message: `${named} was ${how} since it was read: read the list again` };
};

const faultOf = (item: Item, index: number, read: Read): Fault | null => {
  const path = `items[${String(index)}]`;
  const found = read.waiting.get(item.subject);
  if (found === undefined) return goneFault(item, path, read);
  const isAsRead = found.item.contentHash === item.contentHash && found.item.subjectKind === item.subjectKind;
  if (isAsRead) return null;
  const message = `of ${found.item.animal} (${found.item.says}) has changed since it was read: read it again`;
  return { path, code: "SIGNED_CONTENT_CHANGED", message };
};

const refusalOf = ([first, ...others]: readonly [Fault, ...Fault[]]): Refusal => {
  const more = others.length > 0 ? ` And ${String(others.length)} more.` : "";
  return refusal(first.code, `${first.path} ${first.message}.${more} Nothing was signed.`, [first, ...others]);
};

const isFaulty = (faults: readonly Fault[]): faults is readonly [Fault, ...Fault[]] => faults.length > 0;

/** What can be said against a list before the password is asked for. */
const firstFault = (actor: Actor, study: AuthorizedStudy, { items }: ListToSign): Refusal | null => {
  for (const [index, item] of items.entries()) {
    const fault = signingFault(actor, study, item);
    if (fault === null) continue;
    const path = `items[${String(index)}].meaning`;
    return { ...fault, errors: fault.errors.map((error) => ({ ...error, path })) };
  }
  return null;
};

const signAll = async (
  transaction: Transaction,
  actor: Actor,
  study: AuthorizedStudy,
  { id, items }: ListToSign,
): Promise<Result<Done<null>, Refusal>> => {
  const waiting = new Map((await waitingItems(transaction, study)).map((found) => [found.item.subject, found]));
  const subjects = items.map(({ subject }) => subject);
  const before = await signaturesOf(transaction, study.id, { subjects });
  if (items.every((item) => before.some((signature) => signature.id === signatureId(id, item))))
    return ok({ value: null, audit: "unchanged" });
  const gone = subjects.filter((subject) => !waiting.has(subject));
  const read: Read = {
    waiting,
    signed: new Set(before.map(({ subject }) => subject)),
    gone: await goneSince(transaction, study.id, gone),
  };
  const faults = items.flatMap((item, index) => faultOf(item, index, read) ?? []);
  if (isFaulty(faults)) return refused(refusalOf(faults));
  for (const item of items) {
    const found = waiting.get(item.subject);
    if (found === undefined) continue;
    const signed = await signInTransaction(transaction, actor, study, {
      id: signatureId(id, item),
      meaning: item.meaning,
      subjectKind: item.subjectKind,
      subject: item.subject,
      content: found.content,
      list: id,
    });
    if (!signed.ok) return signed;
  }
  return ok({ value: null, audit: "appended" });
};

/**
 * Signs what was read as one list, with the password once: all of it or none. What has changed since it was read is not
 * signed, and neither is the rest. The same list again is signed once.
 */
export const signList = async (
  actor: Actor,
  code: string,
  wanted: ListToSign,
): Promise<Result<SignatureList, Refusal>> => {
  const signed = await signOnce(actor, code, {
    action: "sign.order",
    confirmation: wanted,
    place: "",
    read: async (study) => {
      const closed = study.status === "archived" ? closedRefusal(study) : null;
      const fault = closed ?? firstFault(actor, study, wanted);
      return fault === null ? ok(null) : refused(fault);
    },
    sign: (transaction, study) => signAll(transaction, actor, study, wanted),
  });
  return signed.ok ? ok(await signatureListOf(signed.value.study)) : signed;
};
