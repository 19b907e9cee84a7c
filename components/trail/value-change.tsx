import { Disclosure } from "@/components/ui/disclosure";
import { numberText } from "@/components/ui/quantity";
import { isSaidBeside, type ValueDifference, valueDifferences } from "@/lib/domain/trail/value-differences";

type ValueChangeProps = {
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly timeZone: string;
};

/** So many fields are shown at once; the rest, and what the row says anyway, on request. */
const FIRST_FIELDS = 4;

/** A number's minus is a minus; what is no number stays as it is. */
const shown = (value: string): string => (/^-?\d+(?:\.\d+)?(?: |$)/u.test(value) ? numberText(value) : value);

const Values = ({ before, after }: Pick<ValueDifference, "before" | "after">) => (
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
const Fields = ({ fields, isChange }: { readonly fields: readonly ValueDifference[]; readonly isChange: boolean }) => (
  <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-3 text-sm print:block [&_dd]:min-w-0 [&_dd]:wrap-anywhere [&_dt]:text-ink-soft [&_s]:text-ink-faint">
    {fields.map(({ field, before, after }) => (
      <div key={field} className="contents print:mr-3 print:inline">
        <dt className="print:mr-1 print:inline print:after:content-[':']">{field}</dt>
        <dd className="print:inline">
          {isChange ? <Values before={before} after={after} /> : after === null ? <s>{before}</s> : shown(after)}
        </dd>
      </div>
    ))}
  </dl>
);

/** What an event changed, field by field, before and after side by side; of what is new or gone, all of it. */
export const ValueChange = ({ oldValue, newValue, timeZone }: ValueChangeProps) => {
  const fields = valueDifferences({ oldValue, newValue, timeZone });
  const isChange = oldValue !== null && newValue !== null;
  if (fields.length === 0) return <span className="text-ink-faint">nothing beside it</span>;
  const own = fields.filter((field) => !isSaidBeside(field));
  const first = (own.length === 0 ? fields : own).slice(0, FIRST_FIELDS);
  const more = fields.slice(first.length);
  return (
    <>
      <Fields fields={first} isChange={isChange} />
      {more.length === 0 ? null : (
        <Disclosure summary={more.length === 1 ? "1 more field" : `${String(more.length)} more fields`}>
          <Fields fields={more} isChange={isChange} />
        </Disclosure>
      )}
    </>
  );
};
