import "server-only";
import { randomUUID } from "node:crypto";
import type { Refusal } from "@/lib/contracts/problem";
import { refusal } from "@/lib/contracts/problem";
import type { Study } from "@/lib/contracts/studies";
import type { LifeStep } from "@/lib/contracts/study-life";
import type { Action } from "@/lib/domain/access/permissions";
import type { StudyLife } from "@/lib/domain/access/study-life";
import type { AuditKind } from "@/lib/domain/trail/events";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { onStudy } from "@/lib/server/store/audit-events";
import { connection } from "@/lib/server/db/connection";
import { recordDigest } from "@/lib/server/store/record-digest";
import { storedSignatures } from "@/lib/server/store/signatures";
import { countWaitingReviews } from "@/lib/server/store/review-items";
import { lockStates, lockStudy } from "@/lib/server/store/locks";
import { setStudyStatus, statusOf } from "@/lib/server/store/studies";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { signOnce } from "@/lib/server/signing/sign-once";
import { signInTransaction, signingFault } from "@/lib/server/signing/signing";
import { waitingItems } from "@/lib/server/signing/waiting-items";
import { readableStudies } from "./study-rows";

/** A step of a study's life, as the table of them has it. */
type Step = {
  readonly action: Extract<Action, `study.${string}`>;
  readonly from: StudyLife;
  readonly to: StudyLife;
  readonly signs: "lock" | "unlock" | "archive";
  readonly event: AuditKind;
};

export const STEPS = {
  lock: { action: "study.lock", from: "active", to: "locked", signs: "lock", event: "STUDY_LOCKED" },
  unlock: { action: "study.unlock", from: "locked", to: "active", signs: "unlock", event: "STUDY_UNLOCKED" },
  archive: { action: "study.archive", from: "locked", to: "archived", signs: "archive", event: "STUDY_ARCHIVED" },
} as const satisfies Readonly<Record<string, Step>>;

const stepRefusal = ({ code }: AuthorizedStudy, status: StudyLife, { from, signs }: Step): Refusal | null => {
  if (status === from) return null;
  if (status === "archived") return closedRefusal({ code, status });
  if (from === "locked") {
    const first = signs === "archive" ? " Lock it first; what is archived has been locked." : " It can be written to.";
    return refusal("STUDY_NOT_LOCKED", `Study ${code} is ${status}, and not locked.${first}`);
  }
  return status === "locked"
    ? closedRefusal({ code, status })
    : refusal(
        "STUDY_NOT_ACTIVE",
        `Study ${code} is ${status}: there is nothing to lock before its protocol is signed.`,
      );
};

const isSigned = async (study: AuthorizedStudy, id: string, { signs }: Step): Promise<boolean> =>
  (await storedSignatures(connection, study.id, { ids: [id], kinds: [signs] })).length === 1;

/** The study's row, then every animal's state: what is being entered is stored before the step, or refused after it. */
const lockRecord = async (transaction: Transaction, studyId: number): Promise<StudyLife> => {
  await lockStudy(transaction, studyId);
  await lockStates(transaction, studyId);
  return (await statusOf(transaction, studyId)) as StudyLife;
};

/** What had been left open is a part of what is signed. */
const waitingCounts = async (transaction: Transaction, study: AuthorizedStudy) => ({
  signatures: (await waitingItems(transaction, study)).length,
  reviews: await countWaitingReviews(transaction, study.id),
});

const reread = async (actor: Actor, code: string): Promise<Study> => {
  const [study] = await readableStudies(actor, code);
  if (study === undefined) throw new Error("a study that may be changed is not among those that may be read");
  return study;
};

/** Takes a study to the next status, with a reason and a signature. Sent again with the same signature, it is done once. */
export const takeStep = async (
  actor: Actor,
  code: string,
  step: Step,
  { reason, signature }: LifeStep,
): Promise<Result<Study, Refusal>> => {
  const id = signature.id ?? randomUUID();
  const done = await signOnce(actor, code, {
    action: step.action,
    confirmation: signature,
    place: "signature.",
    repeated: async (study) => (study.status === step.to && (await isSigned(study, id, step)) ? true : null),
    read: async (study) => {
      const fault =
        stepRefusal(study, study.status, step) ??
        signingFault(actor, study, { subjectKind: step.signs, meaning: signature.meaning });
      return fault === null ? ok(null) : refused(fault);
    },
    sign: async (transaction, study) => {
      const status = await lockRecord(transaction, study.id);
      const fault = stepRefusal(study, status, step);
      if (fault !== null) return refused(fault);
      const signed = await signInTransaction(transaction, actor, study, {
        id,
        meaning: signature.meaning,
        subjectKind: step.signs,
        subject: study.code,
        content: {
          study: study.code,
          status: step.to,
          reason,
          record: await recordDigest(transaction, study.id),
          waiting: await waitingCounts(transaction, study),
        },
      });
      if (!signed.ok) return signed;
      await setStudyStatus(transaction, study.id, step.to);
      const event = { kind: step.event, reason, oldValue: { status }, newValue: { status: step.to } };
      return ok({ value: true, audit: [{ ...onStudy(study), ...event }] });
    },
  });
  return done.ok ? ok(await reread(actor, done.value.study.code)) : done;
};
