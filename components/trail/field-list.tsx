import { numberText } from "@/components/ui/quantity";
import type { FieldLine } from "./event-line";

/** A number's minus is a minus; what is no number stays as it is. */
const shown = (value: string): string => (/^-?\d+(?:\.\d+)?(?: |$)/u.test(value) ? numberText(value) : value);

const Values = ({ before, after }: { readonly before: string | null; readonly after: string | null }) => (
  <>
    {before === null ? null : (
      <>
        <s>{shown(before)}</s>{" "}
        <span role="img" aria-label="became">
          →
        </span>{" "}
      </>
    )}
    {after === null ? "not there any more" : shown(after)}
  </>
);

/**
 * What is new or gone with the event as a whole is told once; of a change both sides. A line each on the screen; on paper
 * one after the other, so that an event of a hundred fields does not take two sheets.
 */
export const FieldList = ({
  fields,
  isChange,
}: {
  readonly fields: readonly FieldLine[];
  readonly isChange: boolean;
}) => (
  <dl>
    {fields.map(([field, before, after]) => (
      <div key={field}>
        <dt>{field}</dt>
        <dd>{isChange ? <Values before={before} after={after} /> : after === null ? <s>{before}</s> : shown(after)}</dd>
      </div>
    ))}
  </dl>
);
