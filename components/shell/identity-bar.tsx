import type { ReactNode } from "react";

export type IdentityFact = {
  readonly label: string;
  readonly value: ReactNode;
  /** The denominator, the date, the condition: what makes the value comparable. */
  readonly note?: ReactNode;
};

type IdentityBarProps = {
  readonly name: string;
  /** Sex, strain, group, cage, study day and date. */
  readonly detail: ReactNode;
  readonly status: ReactNode;
  readonly facts?: readonly IdentityFact[];
  readonly back?: ReactNode;
};

/** Whose page this is: given to the frame, which keeps it in sight while the page scrolls. */
export const IdentityBar = ({ name, detail, status, facts = [], back }: IdentityBarProps) => (
  <div className="border-b border-hairline bg-ground px-5 py-3 print:px-0">
    {back}
    <div className="flex flex-wrap items-end gap-x-8 gap-y-2">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-2xl font-semibold">{name}</h1>
          {status}
        </div>
        <p className="mt-0.5 text-ink-soft">{detail}</p>
      </div>
      {facts.length === 0 ? null : (
        <dl className="ml-auto flex flex-wrap gap-x-7 gap-y-2 max-lg:ml-0">
          {facts.map(({ label, value, note }) => (
            <div key={label}>
              <dt className="text-xs text-ink-faint">{label}</dt>
              <dd className="text-lg leading-tight font-semibold">{value}</dd>
              {note === undefined ? null : <dd className="text-xs text-ink-soft">{note}</dd>}
            </div>
          ))}
        </dl>
      )}
    </div>
  </div>
);
