import { parseInstant } from "../time/instant";
import { lateText } from "../record/late";

const RECORDED: ReadonlySet<string> = new Set(["ENTRY_RECORDED", "ENTRY_IMPORTED"]);

const documentOf = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

const instantAt = (document: object, key: "observedAt" | "recordedAt"): number | null => {
  const text: unknown = Object.hasOwn(document, key) ? Reflect.get(document, key) : null;
  return typeof text === "string" ? (parseInstant(text)?.ms ?? null) : null;
};

/** "3 d": how late the entry of an event became known; null where in time, of corrections, and of other events. */
export const lateTextOfEvent = ({
  kind,
  newValue,
}: {
  readonly kind: string;
  readonly newValue: string | null;
}): string | null => {
  if (!RECORDED.has(kind) || newValue === null) return null;
  const document = documentOf(newValue);
  if (typeof document !== "object" || document === null || Object.hasOwn(document, "corrects")) return null;
  const [observedMs, recordedMs] = [instantAt(document, "observedAt"), instantAt(document, "recordedAt")];
  return observedMs === null || recordedMs === null ? null : lateText(observedMs, recordedMs);
};
