type CheckpointLineProps = {
  /** "12 of 2026-03-03T14:05:00.000Z, SHA-256 …, signed with key …". */
  readonly checkpoint: string;
};

/** The latest checkpoint, below what it vouches for: whoever keeps the paper can hold the database against it. */
export const CheckpointLine = ({ checkpoint }: CheckpointLineProps) => (
  <p className="border-t border-hairline px-4 py-2.5 text-sm text-ink-soft print:px-0">
    Checkpoint of the audit trail: <span className="font-mono text-[0.95em] break-all">{checkpoint}</span>
  </p>
);
