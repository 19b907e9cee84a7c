import { Disclosure } from "@/components/ui/disclosure";
import { numberText } from "@/components/ui/quantity";
import { type ValueDifference, valueDifferences } from "@/lib/domain/audit-reading/value-differences";

type ValueChangeProps = { readonly oldValue: string | null; readonly newValue: string | null };

/** So many fields are shown at once; the rest on request. */
const FIRST_FIELDS = 4;

const shown = (value: string | null): string =>
  value === null ? "·" : /^-?\d/u.test(value) ? numberText(value) : value;

const Fields = ({
  fields,
  sides,
}: {
  readonly fields: readonly ValueDifference[];
  readonly sides: { readonly before: boolean; readonly after: boolean };
}) => (
  <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-3 text-sm">
    {fields.map(({ field, before, after }) => (
      <div key={field} className="contents">
        <dt className="text-ink-soft">{field}</dt>
        <dd className="min-w-0 wrap-anywhere">
          {sides.before ? <s className="text-ink-faint">{shown(before)}</s> : null}
          {sides.before && sides.after ? <span aria-hidden="true"> → </span> : null}
          {sides.after ? <span>{shown(after)}</span> : null}
        </dd>
      </div>
    ))}
  </dl>
);

/** What an event changed, field by field, before and after side by side; of what is new or gone, all of it. */
export const ValueChange = ({ oldValue, newValue }: ValueChangeProps) => {
  const fields = valueDifferences(oldValue, newValue);
  const sides = { before: oldValue !== null, after: newValue !== null };
  if (fields.length === 0) return <span className="text-ink-faint">nothing beside it</span>;
  const more = fields.slice(FIRST_FIELDS);
  return (
    <>
      <Fields fields={fields.slice(0, FIRST_FIELDS)} sides={sides} />
      {more.length === 0 ? null : (
        <Disclosure summary={more.length === 1 ? "1 more field" : `${String(more.length)} more fields`}>
          <Fields fields={more} sides={sides} />
        </Disclosure>
      )}
    </>
  );
};
