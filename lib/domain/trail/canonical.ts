/** What of an event its hash covers. Hashes and values as text; `atMs` is the instant in ms since 1970. */
export type AuditContent = {
  readonly chain: string;
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: string;
  /** The account's id; null for the system, the console, and for whoever did not get in. */
  readonly actor: string | null;
  /** The account's email at the time, or what stands for it. */
  readonly actorText: string;
  /** The roles at the time, joined by commas; "" for none. */
  readonly roles: string;
  readonly origin: string;
  readonly address: string | null;
  readonly entryId: string | null;
  readonly subject: string | null;
  /** JSON text, exactly as it was hashed. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly reason: string | null;
};

const FORMAT = "doseline-audit/1";

/** The octets of a text in UTF-8. Half of a surrogate pair counts as the three of U+FFFD, which stands for it. */
export const utf8Octets = (text: string): number => {
  let octets = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) octets += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      octets += 2;
      index += 1;
    } else octets += 2;
  }
  return octets;
};

/** One field: its length in octets before it, so that no two lists of fields read the same; null is not "". */
export const canonicalField = (field: string | number | null): string => {
  if (field === null) return "-,";
  const text = String(field);
  return `${String(utf8Octets(text))}:${text},`;
};

/** An event in the form that is hashed, to be taken as UTF-8. The database's trigger writes the same. */
export const canonicalEvent = (event: AuditContent): string =>
  [
    FORMAT,
    event.chain,
    event.sequence,
    event.atMs,
    event.kind,
    event.actor,
    event.actorText,
    event.roles,
    event.origin,
    event.address,
    event.entryId,
    event.subject,
    event.oldValue,
    event.newValue,
    event.reason,
  ]
    .map(canonicalField)
    .join("");
