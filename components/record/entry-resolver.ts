import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, Resolver } from "react-hook-form";
import type { FieldFault } from "@/lib/contracts/problem";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { checkEntryForm, type CheckContext } from "./check-entry-form";
import type { EntryValues } from "./entry-values";
import { faultSentence } from "./fault-words";

/** Faults as the form library holds them, each as a sentence at its field. */
const errorsOf = (faults: readonly FieldFault[]): FieldErrors =>
  Object.fromEntries(faults.map((fault) => [fault.path, { type: fault.code, message: faultSentence(fault) }]));

/** The contract of one kind as the resolver of its form. `contextOf` is asked at each check: the clock goes on. */
export const entryResolver =
  (kind: EntryKind, contextOf: () => CheckContext): Resolver<EntryValues> =>
  (values, _, options) => {
    const checked = checkEntryForm(kind, values, contextOf());
    return checked.ok
      ? { values, errors: {} }
      : { values: {}, errors: toNestErrors<EntryValues>(errorsOf(checked.fault), options) };
  };
