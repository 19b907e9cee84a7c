import { entryDocument } from "@/lib/contracts/entries/entry-document";
import { ENTRY_FORMS, type EntryInput } from "@/lib/contracts/entries/entry";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { parseInstant } from "@/lib/domain/time/instant";
import { analytesOf } from "@/lib/domain/record/analytes";
import { isMeasuredKind } from "@/lib/domain/record/kinds";
import { ok, refused, type Result } from "@/lib/domain/result";
import { documentOfValues, type DocumentContext, formPath, saysWhatStands } from "./entry-document";
import { type EntryValues, isBlank } from "./entry-values";
import { readingOf, type ReadingContext } from "./reading";

export type CheckContext = DocumentContext &
  Pick<ReadingContext, "study" | "units"> & {
    readonly onSheet: ReadingContext["animal"];
    /** Of a dose: the deviation that it would be, in words; null where it would be none. */
    readonly deviation: string | null;
  };

type CheckedForm = { readonly document: Readonly<Record<string, unknown>>; readonly input: EntryInput };

const fault = (path: string, message: string): FieldFault => ({ path, code: "INVALID_VALUE", message });

/** What the form asks beyond the contract: a second reading where one is called for, a time that has come, something said. */
const formFaults = (
  kind: EntryKind,
  values: EntryValues,
  context: CheckContext,
  observedMs: number,
): readonly FieldFault[] => {
  const faults: FieldFault[] = [];
  if (saysWhatStands(kind, values, context)) {
    faults.push(fault("corrects", "Nothing differs from what stands: change what is wrong, or close the form."));
  }
  if (observedMs > context.nowMs) faults.push(fault("observedAt", "is in the future: type when it was observed"));
  if (kind === "observation" && isBlank(kind, values)) {
    faults.push(fault("signs", "or a finding belongs into an observation: say what was seen, or that it was normal"));
  }
  if (kind === "dose" && context.deviation !== null && values.deviation.reason.trim() === "") {
    faults.push(fault("deviation.reason", "is missing: a dose that is a deviation says why it was given"));
  }
  if (!isMeasuredKind(kind)) return faults;
  for (const { field } of analytesOf(kind)) {
    const value = values[field];
    if (value.notDone !== "") continue;
    if (value.firstReading !== "" && value.text.trim() === "") {
      faults.push(fault(`${field}.text`, `needs a second reading (first reading ${value.firstReading} ${value.unit})`));
      continue;
    }
    const reading = readingOf(field, value, {
      study: context.study,
      units: context.units,
      animal: context.onSheet,
      observedMs,
    });
    if (reading.state !== "read") continue;
    const { plausibility } = reading;
    if (plausibility.level === "impossible") faults.push(fault(`${field}.text`, plausibility.message));
    if (plausibility.level === "unlikely" && value.firstReading === "")
      faults.push(fault(`${field}.text`, plausibility.message));
  }
  return faults;
};

/**
 * Checks a form by the contract's schema of its kind (the same that the server reads the request by), then by the
 * conversions and questions that follow. Paths are those of the form.
 */
export const checkEntryForm = (
  kind: EntryKind,
  values: EntryValues,
  context: CheckContext,
): Result<CheckedForm, readonly FieldFault[]> => {
  const document = documentOfValues(kind, values, context);
  const read = readInput<EntryInput>(ENTRY_FORMS[kind], document);
  const observed = parseInstant(String(document["observedAt"]));
  const own = observed === null ? [] : formFaults(kind, values, context, observed.ms);
  const written = read.ok ? entryDocument(read.value, context.units) : read;
  const faults = [...own, ...(written.ok ? [] : written.fault)].map((found) => ({
    ...found,
    path: formPath(found.path, values),
  }));
  // What the form says of a field is said in its own words, and once.
  const said = faults.filter(({ path }, index) => faults.findIndex((other) => other.path === path) === index);
  if (said.length > 0 || !read.ok) return refused(said);
  return ok({ document, input: read.value });
};
