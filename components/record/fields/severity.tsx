"use client";

const SEVERITIES = ["mild", "moderate", "severe"] as const;

type SeverityProps = {
  readonly category: string;
  readonly severity: string;
  readonly onChange: (severity: string) => void;
};

/** How much of it; the same again takes it back. It is kept as said and is no grade. */
export const Severity = ({ category, severity, onChange }: SeverityProps) => (
  <span
    role="group"
    aria-label={`${category}: how severe`}
    className="inline-flex rounded-control border border-hairline"
  >
    {SEVERITIES.map((step) => (
      <button
        key={step}
        type="button"
        aria-pressed={severity === step}
        onClick={() => onChange(severity === step ? "" : step)}
        className="min-h-11 min-w-11 border-r border-hairline px-2.5 text-base text-ink-soft last:border-r-0 hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-semibold aria-pressed:text-ink"
      >
        {step}
      </button>
    ))}
  </span>
);
