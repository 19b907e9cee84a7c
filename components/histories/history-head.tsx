type HistoryHeadProps = {
  readonly filters: string;
  /** "480", or "50 of 480 on this page". */
  readonly rows: string;
  /** Null where not all rows are shown. */
  readonly sha256: string | null;
  /** "Marta Weiss <marta@example.org>". */
  readonly by: string;
  /** "22 Nov 2026, 21:02 Europe/London". */
  readonly at: string;
  /** The audit trail's latest, in words. */
  readonly checkpoint: string;
};

/** What stands above a history, on the screen, on paper and in the file: which rows, how many, their hash, for whom, when. */
export const HistoryHead = ({ filters, rows, sha256, by, at, checkpoint }: HistoryHeadProps) => {
  const lines = [
    ["Filters", filters],
    ["Rows", rows],
    ["Made for", `${by}, ${at}`],
  ] as const;
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <dt className="text-ink-soft">SHA-256</dt>
      <dd>
        {sha256 === null ? (
          "in the CSV file, and here once all rows are shown"
        ) : (
          <>
            <code className="font-mono text-[0.95em] break-all">{sha256}</code>
            <span className="block text-xs text-ink-faint">
              Of the table in the CSV file: its line of headings and its rows, as bytes. The file says it too, above the
              table.
            </span>
          </>
        )}
      </dd>
      <dt className="text-ink-soft">Checkpoint</dt>
      <dd className="font-mono text-[0.95em] break-all">{checkpoint}</dd>
    </dl>
  );
};
