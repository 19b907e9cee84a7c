import type { ReactNode } from "react";

type PageHeadingProps = {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: ReactNode;
};

/** The one h1 of a page that is not about an animal, with what can be done from there. */
export const PageHeading = ({ title, detail, actions, back }: PageHeadingProps) => (
  <div className="mb-4">
    {back}
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {detail === undefined ? null : <p className="mt-0.5 text-ink-soft">{detail}</p>}
      </div>
      {actions === undefined ? null : <div className="ml-auto flex flex-wrap gap-2">{actions}</div>}
    </div>
  </div>
);
