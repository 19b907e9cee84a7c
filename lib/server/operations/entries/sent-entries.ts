import "server-only";
import type { EntriesInput, EntryInput } from "@/lib/contracts/entries/entry";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { SignatureInput } from "@/lib/contracts/signatures";
import { faultInWords, refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import { contentHash } from "@/lib/server/command/content-hash";

/** One entry of a request: where it stands in it, and a hash of its content. */
export type SentEntry = {
  readonly input: EntryInput;
  /** Beside an order; no part of the entry, of its hash or of what is stored. */
  readonly signature: SignatureInput | null;
  /** The path of one of its fields in the request's document; of the whole entry for `""`. */
  readonly path: (field: string) => string;
  /** SHA-256 of the content in canonical form, hexadecimal. */
  readonly hash: string;
};

/** A fault whose code is of the error table. */
export type EntryFault = FieldFault & { readonly code: ErrorCode };

const apart = (entry: EntryInput): Pick<SentEntry, "input" | "signature"> => {
  if (entry.kind !== "order") return { input: entry, signature: null };
  const { signature, ...input } = entry;
  return { input, signature: signature ?? null };
};

export const sentEntries = (body: EntriesInput): readonly SentEntry[] => {
  if (!Array.isArray(body)) {
    const sent = apart(body);
    return [{ ...sent, path: (field) => (field === "" ? "$" : field), hash: contentHash(sent.input) }];
  }
  return body.map((entry, index) => {
    const sent = apart(entry);
    return {
      ...sent,
      path: (field) => (field === "" ? `[${String(index)}]` : `[${String(index)}].${field}`),
      hash: contentHash(sent.input),
    };
  });
};

export const repeatedIds = (sent: readonly SentEntry[]): readonly EntryFault[] => {
  const seen = new Set<string>();
  return sent.flatMap(({ input: { id }, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        path: path("id"),
        code: "REPEATED_ENTRY" as const,
        message: `is ${id}, the id of an entry before it: make a new id for each entry`,
      },
    ];
  });
};

/** One refusal of a request: the code that all its faults share, or the general one. */
export const refusalOf = (faults: readonly [EntryFault, ...EntryFault[]]): Refusal => {
  const [first, ...others] = faults;
  const forbidden = faults.find(({ code }) => code === "FORBIDDEN");
  if (forbidden !== undefined) return refusal("FORBIDDEN", `${faultInWords(forbidden)} Nothing was recorded.`, faults);
  const alike = others.every(({ code }) => code === first.code);
  const more = others.length > 0 ? ` And ${String(others.length)} more.` : "";
  return refusal(
    alike && first.code !== "INVALID_VALUE" ? first.code : "INVALID_INPUT",
    `${faultInWords(first)}${more} Nothing was recorded.`,
    faults,
  );
};

export const isFaulty = (faults: readonly EntryFault[]): faults is readonly [EntryFault, ...EntryFault[]] =>
  faults.length > 0;
