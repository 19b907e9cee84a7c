import type { LogEntry, ObservedEntry } from "../record/log-entry";
import { kindNoun } from "../language/code-words";
import { lateText, latenessMs } from "../record/late";
import { protocolInForce } from "../study/in-force";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { type Known, knownBeforeEach } from "./known-before";
import { nearestEdges } from "./near-edge";

type KindWords = {
  /** What it is. */
  readonly means: string;
  /** Why it stands at its place in the order. */
  readonly because: string;
};

/**
 * What an auditor reads first, the gravest first. An auditor's own judgement of importance stays: the rank only orders
 * the list, and says why.
 */
export const EXCEPTION_KINDS = {
  CORRECTED_AFTER_GRADE_3: {
    means: "A value of grade 3 or worse was corrected or voided afterwards",
    because: "the value that had to withhold a dose is no longer the one that counts",
  },
  OVERRIDE: {
    means: "An order set a dose that the rules had not proposed",
    because: "a person's judgement stands in the place of the rules",
  },
  TWO_ROLES: {
    means: "Somebody decided about their own entry, or holds two roles that are to check each other",
    because: "nobody else has looked",
  },
  REFUSED: {
    means: "Somebody tried what their role does not allow",
    because: "nothing came of it, but somebody reached for it",
  },
  SIGN_IN_TROUBLE: {
    means: "Sign-ins failed, or an account was locked",
    because: "whoever signed in afterwards may not be who the trail says",
  },
  OWN_CORRECTION: {
    means: "Somebody corrected or voided their own entry",
    because: "no second person saw the change; most are honest slips",
  },
  NEAR_EDGE: {
    means: "A value of a dosed animal within 5 % of a cut-off that decides its dose",
    because: "the smallest error of reading would have decided otherwise",
  },
  LATE: {
    means: "An entry was recorded long after it was observed",
    because: "written from memory or from paper, which can be asked for",
  },
} as const satisfies Readonly<Record<string, KindWords>>;
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
  /** When what it says last changed: its entry was amended since, an attempt came to it. A review before that is over. */
  readonly changedMs: number;
  readonly by: string | null;
  readonly says: string;
  /** How much of its kind it is: a grade, hours, a number of attempts; more comes first. */
  readonly weight: number;
};

type Recorded = { readonly entry: LogEntry; readonly by: string | null; readonly recorder: string | null };

/** An animal with its log as it came, each entry with who recorded it: `by` as people call them, `recorder` as the account. */
export type AuditedAnimal = {
  readonly protocols: readonly Protocol[];
  readonly animal: StudyAnimal;
  readonly log: readonly Recorded[];
};

const articled = (words: string): string => `${/^[aeiou]/u.test(words) ? "An" : "A"} ${words}`;

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

/** When the record of an entry last changed, this very entry or an amendment after it. */
const lastChanges = ({ log }: AuditedAnimal): ((entry: LogEntry) => number) => {
  const records = new Map<string, string>();
  const changed = new Map<string, number>();
  const recordOf = (entry: LogEntry): string => {
    const amended = entry.kind === "void" ? entry.voids : entry.corrects;
    return amended === null ? entry.id : (records.get(amended) ?? amended);
  };
  for (const { entry } of log) {
    records.set(entry.id, recordOf(entry));
    changed.set(recordOf(entry), entry.recordedAt.ms);
  }
  return (entry) => changed.get(recordOf(entry)) ?? entry.recordedAt.ms;
};

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
  changedMs: entry.recordedAt.ms,
  by,
  says,
  weight,
});

const followed = ({ protocols, animal, log }: AuditedAnimal) =>
  knownBeforeEach(
    protocols,
    animal,
    log.map(({ entry }) => entry),
  );

const done = ({ entry }: Amendment): string => (entry.kind === "void" ? "voided" : "corrected");

const ofAmendments = (audited: AuditedAnimal): readonly AuditException[] => {
  const knownBefore = followed(audited);
  return amendmentsIn(audited).flatMap((amendment) => {
    const known = knownBefore(amendment.entry.recordedAt.ms);
    const graded = known.gradesOf(amendment.of.id).filter(({ grade }) => grade >= 3);
    const grade = Math.max(0, ...graded.map((one) => one.grade));
    const what = kindNoun(amendment.of.kind);
    const terms = graded.map((one) => `${one.term.toLowerCase().replaceAll("_", " ")} grade ${String(one.grade)}`);
    return [
      ...(grade === 0
        ? []
        : [
            exceptionOf(
              "CORRECTED_AFTER_GRADE_3",
              amendment,
              `${articled(what)} with ${terms.join(" and ")} was ${done(amendment)}`,
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
};

const ofOrders = (audited: AuditedAnimal): readonly AuditException[] => {
  const knownBefore = followed(audited);
  return audited.log.flatMap((recorded) => {
    const { entry } = recorded;
    if (entry.kind !== "order" || !("dose" in entry)) return [];
    const proposed = knownBefore(entry.recordedAt.ms).lastEventBy(entry.observedAt.ms);
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
};

/** While the rules decide about an animal: from its first dose until it is off the study drug; null for a control. */
const decidedAbout = (
  { animal }: AuditedAnimal,
  { state, lastEventBy }: Known,
): { readonly fromMs: number; readonly untilMs: number } | null => {
  if (animal.control || state.firstDoseMs === null) return null;
  const isOver = state.status === "DISCONTINUED" || state.status === "OFF_STUDY";
  const end = isOver ? lastEventBy(Infinity) : null;
  return { fromMs: state.firstDoseMs, untilMs: end?.at.ms ?? Infinity };
};

/** Each version of a value counts, corrected or not; one that a correction left as it was is told once. */
const nearEdges = (audited: AuditedAnimal): readonly AuditException[] => {
  const known = followed(audited)(Infinity);
  const period = decidedAbout(audited, known);
  if (period === null) return [];
  const nearestEdge = nearestEdges(audited.protocols, known.state);
  const told = new Map<string, string>();
  return audited.log.flatMap((recorded) => {
    const { entry } = recorded;
    if (entry.kind === "void" || entry.observedAt.ms < period.fromMs || entry.observedAt.ms > period.untilMs) return [];
    const near = nearestEdge(entry);
    if (near === null) return [];
    told.set(entry.id, near.says);
    if (entry.corrects !== null && told.get(entry.corrects) === near.says) return [];
    return [exceptionOf("NEAR_EDGE", recorded, near.says, near.closeness)];
  });
};

/** What is corrected is late by nature: only the first version is held against when it was observed. */
const lateEntries = ({ log }: AuditedAnimal): readonly AuditException[] =>
  log.flatMap((recorded) => {
    const { entry } = recorded;
    if (entry.kind === "void" || entry.corrects !== null) return [];
    const gapMs = latenessMs(entry.observedAt.ms, entry.recordedAt.ms);
    const late = lateText(entry.observedAt.ms, entry.recordedAt.ms);
    if (gapMs === null || late === null) return [];
    const says = `${articled(kindNoun(entry.kind))} was recorded ${late} after it was observed`;
    return [exceptionOf("LATE", recorded, says, gapMs)];
  });

/** The exceptions of one animal, in no particular order. */
export const exceptionsOf = ({ protocols, animal, ...recorded }: AuditedAnimal): readonly AuditException[] => {
  if (protocols.length === 0) return [];
  const log = recorded.log.toSorted((one, other) => one.entry.recordedAt.ms - other.entry.recordedAt.ms);
  const audited = { protocols, animal, log };
  const found = [...ofAmendments(audited), ...ofOrders(audited), ...nearEdges(audited), ...lateEntries(audited)];
  const changedMs = lastChanges(audited);
  const entries = new Map(log.map(({ entry }) => [entry.id, entry]));
  return found.map((exception) => {
    const entry = entries.get(exception.entry ?? "");
    return entry === undefined ? exception : { ...exception, changedMs: changedMs(entry) };
  });
};

/** The gravest first: by kind, then by how much of its kind it is, then the latest. */
export const ranked = (exceptions: readonly AuditException[]): readonly AuditException[] =>
  exceptions.toSorted(
    (one, other) =>
      RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind) || other.weight - one.weight || other.atMs - one.atMs,
  );

/** What became of an exception: `open` while nobody has read it as it stands now. */
export type ReviewStanding = "open" | "follow-up" | "reviewed";

/** How an exception stands by the last signature that marks it; what changed after that is open again. */
export const reviewStanding = (
  { changedMs }: Pick<AuditException, "changedMs">,
  review: { readonly signedMs: number; readonly meaning: string; readonly intact: boolean } | null,
): ReviewStanding => {
  if (review === null || !review.intact || review.signedMs < changedMs) return "open";
  return review.meaning === "FOLLOW_UP" ? "follow-up" : "reviewed";
};
