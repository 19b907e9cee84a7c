import { gradeGround } from "@/components/ui/grade-mark";
import { Glyph } from "@/components/ui/glyph";
import { Unit } from "@/components/ui/quantity";
import type { FieldGrade } from "@/components/record/decision-words";
import type { Change, Reading } from "@/components/record/reading";

type FieldFeedbackProps = {
  readonly id: string;
  readonly reading: Reading;
  readonly error: string | undefined;
  /** Asked for a second reading: what was read first, and why it is asked. */
  readonly question: string | null;
  readonly firstReading: string | null;
  readonly grade: FieldGrade | undefined;
  readonly onStartAgain: () => void;
  /** Room for two lines from the start, where there is nothing else on the page. */
  readonly tall: boolean;
};

const ChangeText = ({ percent, of, reference, when }: Change) => (
  <span>
    <strong className="font-semibold text-ink">{percent}</strong> of {of} {reference.value}{" "}
    <Unit>{reference.unit}</Unit> <span className="text-ink-faint">({when})</span>
  </span>
);

const ALARMS = { warning: "15 % lost: look at it again", "humane-endpoint": "20 % lost: humane endpoint" } as const;

const GradeWords = ({ grade }: { readonly grade: FieldGrade }) =>
  grade.grade === null ? (
    <span>{grade.words}</span>
  ) : (
    <strong
      className={`whitespace-nowrap text-ink ${grade.grade === 0 ? "font-normal" : `rounded px-1.5 font-semibold ${gradeGround(grade.grade)}`}`}
    >
      {grade.words}
    </strong>
  );

/** Half a number is not wrong yet: nothing is said about "7." while it is being typed. */
const worthSaying = (reading: Reading, text: string): boolean =>
  !(reading.state === "unreadable" && /^\d+\.$/u.test(text));

const problemOf = ({
  reading,
  error,
  question,
}: Pick<FieldFeedbackProps, "reading" | "error" | "question">): string | null => {
  if (error !== undefined) return error;
  if (question !== null) return question;
  if (reading.state === "unreadable") return reading.message;
  return reading.state === "read" && reading.plausibility.level !== "fine" ? reading.plausibility.message : null;
};

/** The one line below a number. It keeps its height, so that nothing moves whatever it says. */
export const FieldFeedback = ({ text, ...props }: FieldFeedbackProps & { readonly text: string }) => {
  const { id, reading, firstReading, grade, onStartAgain, tall } = props;
  const problem = worthSaying(reading, text) ? problemOf(props) : null;
  const accepted =
    firstReading !== null &&
    problem !== null &&
    reading.state === "read" &&
    reading.plausibility.level === "unlikely" &&
    props.error === undefined;
  return (
    <p
      id={id}
      className={`text-[0.9375rem] leading-snug text-ink-soft max-sm:min-h-[2.7rem] ${tall ? "min-h-[2.7rem]" : "min-h-[1.4rem]"}`}
    >
      {problem === null || accepted ? (
        <span className="flex flex-wrap gap-x-3">
          {firstReading === null ? null : (
            <span className="whitespace-nowrap">
              First reading {firstReading}, kept.{" "}
              <button
                type="button"
                onClick={onStartAgain}
                className="font-medium text-accent-strong underline underline-offset-2"
              >
                Undo
              </button>
            </span>
          )}
          {reading.state === "read" ? (
            <>
              {grade === undefined ? null : <GradeWords grade={grade} />}
              {reading.alarm === null ? null : (
                <strong className="font-semibold text-stopped">{ALARMS[reading.alarm]}</strong>
              )}
              {reading.changes.map((change) => (
                <ChangeText key={change.of} {...change} />
              ))}
            </>
          ) : null}
        </span>
      ) : (
        <span className="font-medium text-stopped" role={props.error === undefined ? undefined : "alert"}>
          <Glyph name="warning" className="mr-1.5 align-[-0.08em]" />
          {problem}
        </span>
      )}
    </p>
  );
};
