/** What was done to the record, as far as it shows. */
export type FaultKind =
  | "changed"
  | "removed"
  | "inserted"
  | "reordered"
  | "truncated"
  | "rewritten"
  | "decision differs"
  /** A trigger that refuses changes is missing or switched off. */
  | "unprotected";

/** Something that is not as it was recorded. */
export type AuditFault = {
  /** The study's code; null for accounts, the installation and the database itself. */
  readonly study: string | null;
  /** The animal's tag, the person of an account's chain, or what else the fault is about; null for the study itself. */
  readonly subject: string | null;
  /** Of the event in its chain, of the checkpoint in its own, of the run of an animal; null where nothing is numbered. */
  readonly sequence: number | null;
  readonly kind: FaultKind;
  readonly what: string;
};

/** Nothing of a fault breaks its line, whatever a study holds. */
const oneLine = (text: string): string => text.replace(/\s+/gu, " ");

/** "S1: animal M001: sequence 12: changed: …" */
export const writeFault = ({ study, subject, sequence, kind, what }: AuditFault): string =>
  oneLine(
    [
      ...(study === null ? [] : [study]),
      ...(subject === null ? [] : [subject]),
      ...(sequence === null ? [] : [`sequence ${String(sequence)}`]),
      kind,
      what,
    ].join(": "),
  );
