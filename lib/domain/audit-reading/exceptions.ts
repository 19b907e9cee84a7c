import type { Replayed } from "../dose-rules/replay";
import { replayAnimal } from "../dose-rules/replay";
import type { LogEntry, ObservedEntry } from "../entries/log-entry";
import { lateText, latenessMs } from "../entries/late";
import { protocolInForce } from "../protocol/in-force";
import type { Protocol, StudyAnimal } from "../protocol/protocol";
import { nearestEdge } from "./near-edge";

/**
 * What an auditor reads first, the gravest first: each kind with what it means. An auditor's own judgement of importance
 * stays: the rank only orders the list.
 */
export const EXCEPTION_KINDS = {
  CORRECTED_AFTER_GRADE_3: "A value of grade 3 or worse was corrected or voided afterwards",
  OVERRIDE: "An order set a dose that the rules had not proposed",
  REFUSED: "Somebody tried what their role does not allow",
  SIGN_IN_TROUBLE: "Sign-ins failed, or an account was locked",
  OWN_CORRECTION: "Somebody corrected or voided their own entry",
  NEAR_EDGE: "A value within 5 % of a cut-off that decides a dose",
  LATE: "An entry was recorded long after it was observed",
} as const;
export type ExceptionKind = keyof typeof EXCEPTION_KINDS;

const RANKS = Object.keys(EXCEPTION_KINDS) as readonly ExceptionKind[];

export type AuditException = {
  /** Names it within its study for good: the kind, and what it is about. */
  readonly key: string;
  readonly kind: ExceptionKind;
  readonly animal: string | null;
  readonly entry: string | null;
  /** When it became known, in ms since 1970. */
  readonly atMs: number;
  readonly by: string | null;
  readonly says: string;
  /** How much of its kind it is: a grade, hours, a number of attempts; more comes first. */
  readonly weight: number;
};

type Recorded = { readonly entry: LogEntry; readonly by: string | null; readonly recorder: string | null };

/** An animal with its log, each entry with who recorded it: `by` as people call them, `recorder` as the account. */
export type AuditedAnimal = {
  readonly protocols: readonly Protocol[];
  readonly animal: StudyAnimal;
  readonly log: readonly Recorded[];
};

const KINDS: Readonly<Record<ObservedEntry["kind"], string>> = {
  weight: "body weight",
  cbc: "blood count",
  lft: "chemistry",
  observation: "observation",
  dose: "dose",
  order: "order",
  disposition: "disposition",
};

type Amendment = Recorded & { readonly of: ObservedEntry; readonly isOwn: boolean };

const amendmentsIn = ({ log }: AuditedAnimal): readonly Amendment[] => {
  const versions = new Map(
    log.flatMap(({ entry, recorder }) => (entry.kind === "void" ? [] : [[entry.id, { entry, recorder }]])),
  );
  return log.flatMap(({ entry, by, recorder }): readonly Amendment[] => {
    const amended = versions.get((entry.kind === "void" ? entry.voids : entry.corrects) ?? "");
    if (amended === undefined) return [];
    const isOwn = recorder !== null && recorder === amended.recorder;
    return [{ entry, by, recorder, of: amended.entry, isOwn }];
  });
};

/** What was known just before an entry was recorded. */
const knownBefore = ({ protocols, animal, log }: AuditedAnimal, { recordedAt }: LogEntry): Replayed =>
  replayAnimal(
    protocols,
    animal,
    log.map(({ entry }) => entry),
    recordedAt.ms - 1,
  );

const exceptionOf = (
  kind: ExceptionKind,
  { entry, by }: { readonly entry: LogEntry; readonly by: string | null },
  says: string,
  weight: number,
): AuditException => ({
  key: `${kind}:${entry.id}`,
  kind,
  animal: entry.animal,
  entry: entry.id,
  atMs: entry.recordedAt.ms,
  by,
  says,
  weight,
});

const done = ({ entry }: Amendment): string => (entry.kind === "void" ? "voided" : "corrected");

const ofAmendments = (audited: AuditedAnimal): readonly AuditException[] =>
  amendmentsIn(audited).flatMap((amendment) => {
    const { history } = knownBefore(audited, amendment.entry);
    const graded = history.grades.filter(({ entry, grade }) => entry === amendment.of.id && grade >= 3);
    const grade = Math.max(0, ...graded.map((one) => one.grade));
    const what = KINDS[amendment.of.kind];
    const terms = graded.map((one) => `${one.term.toLowerCase().replaceAll("_", " ")} grade ${String(one.grade)}`);
    return [
      ...(grade === 0
        ? []
        : [
            exceptionOf(
              "CORRECTED_AFTER_GRADE_3",
              amendment,
              `A ${what} with ${terms.join(" and ")} was ${done(amendment)}`,
              grade,
            ),
          ]),
      ...(amendment.isOwn
        ? [
            exceptionOf(
              "OWN_CORRECTION",
              amendment,
              `${amendment.by ?? "Somebody"} ${done(amendment)} their own ${what}`,
              grade,
            ),
          ]
        : []),
    ];
  });

const ofOrders = (audited: AuditedAnimal): readonly AuditException[] =>
  audited.log.flatMap((recorded) => {
    const { entry } = recorded;
    if (entry.kind !== "order" || !("dose" in entry)) return [];
    const proposed = knownBefore(audited, entry).history.events.findLast(({ at }) => at.ms <= entry.observedAt.ms);
    if (proposed?.action === "RESUME_PROPOSED" && proposed.toDose.eq(entry.dose)) return [];
    const instead =
      proposed?.action === "RESUME_PROPOSED"
        ? `the rules had proposed ${proposed.toDose.toFixed()}`
        : "the rules had proposed none";
    const order = entry.action === "RESUME" ? "resume" : "set the dose";
    const { doseUnit } = protocolInForce(audited.protocols, entry.observedAt.ms);
    const says = `Ordered to ${order} at ${entry.dose.toFixed()} ${doseUnit}; ${instead}`;
    return [exceptionOf("OVERRIDE", recorded, says, 0)];
  });

const ofEntries = (audited: AuditedAnimal, { state }: Replayed): readonly AuditException[] =>
  audited.log.flatMap((recorded) => {
    const { entry } = recorded;
    if (entry.kind === "void" || entry.corrects !== null) return [];
    const gapMs = latenessMs(entry.observedAt.ms, entry.recordedAt.ms);
    const late = lateText(entry.observedAt.ms, entry.recordedAt.ms);
    const near = nearestEdge(audited.protocols, entry, state.animal);
    return [
      ...(gapMs === null || late === null
        ? []
        : [exceptionOf("LATE", recorded, `A ${KINDS[entry.kind]} was recorded ${late} after it was observed`, gapMs)]),
      ...(near === null ? [] : [exceptionOf("NEAR_EDGE", recorded, near.says, near.closeness)]),
    ];
  });

/** The exceptions of one animal, in no particular order. */
export const exceptionsOf = (audited: AuditedAnimal): readonly AuditException[] => {
  const { protocols, animal, log } = audited;
  if (protocols.length === 0) return [];
  const replayed = replayAnimal(
    protocols,
    animal,
    log.map(({ entry }) => entry),
  );
  return [...ofAmendments(audited), ...ofOrders(audited), ...ofEntries(audited, replayed)];
};

/** The gravest first: by kind, then by how much of its kind it is, then the latest. */
export const ranked = (exceptions: readonly AuditException[]): readonly AuditException[] =>
  exceptions.toSorted(
    (one, other) =>
      RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind) || other.weight - one.weight || other.atMs - one.atMs,
  );
