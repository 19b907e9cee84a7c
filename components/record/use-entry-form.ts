"use client";

import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { get, useForm, type UseFormReturn, useWatch } from "react-hook-form";
import { deviceStore } from "@/lib/client/device-store";
import { recordEntry, type SendOutcome } from "@/lib/client/send-entry";
import { serverNow } from "@/lib/client/server-clock";
import { rememberUnit } from "@/lib/client/unit-memory";
import type { Signer } from "@/lib/contracts/confirmation";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { Problem } from "@/lib/contracts/problem";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { parseInstant } from "@/lib/domain/time/instant";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { analytesOf } from "@/lib/domain/record/analytes";
import { checkEntryForm, type CheckContext } from "./check-entry-form";
import { type Before, deviationWords, faultCodes } from "./decision-words";
import { type Corrected, documentOfValues, formPath, observedAtOf } from "./entry-document";
import { entryResolver } from "./entry-resolver";
import { type EntryValues, isBlank } from "./entry-values";
import { faultSentence } from "./fault-words";
import type { ReadingContext } from "./reading";
import type { DraftKeeper } from "./use-entry-draft";
import { isOfSignature, type OrderSigning, useOrderSignature } from "./use-order-signature";
import { type Preview, type PreviewAnswer, usePreview, usePreviewAnswer } from "./use-preview";

/** What has been saved, with everything that the receipt and the row of the animal say about it. */
export type SavedEntry = {
  readonly kind: EntryKind;
  readonly before: Before;
  readonly values: EntryValues;
  readonly answer: RecordingAnswer;
};

/** Why the last try to save did not succeed; null: it was not tried, or it did. */
export type SaveFailure = Exclude<SendOutcome, { readonly kind: "answered" }> | null;

export type EntryFormState = {
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly before: Before;
  readonly form: UseFormReturn<EntryValues>;
  readonly draft: DraftKeeper;
  readonly signing: OrderSigning;
  /** Whoever signs, where the entry is signed. */
  readonly signer: Signer;
  /** The entry that is corrected; null for one that stands by itself. */
  readonly corrected: Corrected | null;
  readonly preview: Preview;
  readonly reading: ReadingContext;
  readonly saving: boolean;
  readonly failure: SaveFailure;
  readonly submit: () => void;
  /** To another animal's form; this one is kept as it is. */
  readonly goTo: (tag: string) => void;
  /** What is wrong at a path of the form, as a sentence. */
  readonly errorAt: (path: string) => string | undefined;
};

const EntryFormContext = createContext<EntryFormState | null>(null);
export const EntryFormProvider = EntryFormContext.Provider;

export const useEntry = (): EntryFormState => {
  const entry = useContext(EntryFormContext);
  if (entry === null) throw new Error("a part of an entry form stands outside of it");
  return entry;
};

/** Said in a preview in place of a reason that is still to be typed; a preview saves nothing. */
const REASON_TO_COME = "To be typed";

type Params = {
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly draft: DraftKeeper;
  readonly signer: Signer;
  readonly corrected: Corrected | null;
  readonly onSaved: (saved: SavedEntry) => void;
  readonly goTo: (tag: string) => void;
};

const messageIn = (error: unknown): string | undefined => {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string" && "type" in error) return error.message;
  for (const [key, inner] of Object.entries(error)) {
    if (key === "ref") continue;
    const found = messageIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const beforeOf = (
  { units }: RecordingSheet,
  { tag, status, dose, control, startingDose }: AnimalOnSheet,
): Before => ({
  tag,
  status,
  dose,
  control,
  startingDose,
  doseUnit: units.dose,
});

/** The faults of a refusal at the fields of the form; what names no field stays with the form as a whole. */
const showRefusal = (form: UseFormReturn<EntryValues>, { errors, detail }: Problem, values: EntryValues): void => {
  form.clearErrors();
  // What is wrong with a signature stands at its own fields.
  if (errors.length > 0 && errors.every(isOfSignature)) return;
  if (errors.length === 0) form.setError("root.server", { type: "server", message: detail });
  for (const fault of errors) {
    const path = formPath(fault.path, values);
    const place = path === "$" || get(values, path) === undefined ? "root.server" : path;
    form.setError(place as "root.server", { type: fault.code, message: faultSentence(fault) });
  }
};

/** One entry form: its values, what is wrong with them, what saving would do, and saving. */
export const useEntryForm = ({
  sheet,
  animal,
  kind,
  draft,
  signer,
  corrected,
  onSaved,
  goTo,
}: Params): EntryFormState => {
  const { id } = draft.opened;
  const before = useMemo(() => beforeOf(sheet, animal), [sheet, animal]);
  const previewed = usePreviewAnswer();
  const deviation = deviationIn(kind, previewed[0], before);
  const contextOf = useCallback(
    (): CheckContext => ({
      id,
      animal: animal.tag,
      timeZone: sheet.study.timeZone,
      doseUnit: sheet.units.dose,
      nowMs: serverNow(),
      study: sheet.study,
      units: sheet.units,
      onSheet: animal,
      deviation,
      corrected,
    }),
    [animal, corrected, deviation, id, sheet],
  );
  const resolver = useMemo(() => entryResolver(kind, contextOf), [kind, contextOf]);
  const form = useForm<EntryValues>({ defaultValues: draft.opened.values, resolver, shouldFocusError: false });
  const values = useWatch({ control: form.control }) as EntryValues;

  const signing = useOrderSignature({ kind, sheet, animal, signer }, values);
  const preview = usePreview(questionOf(kind, values, contextOf, sheet), previewed);

  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values: changed }) => draft.keep(changed) }),
    [form, draft],
  );

  const { saving, failure, submit } = useSaving({
    form,
    draft,
    signing,
    kind,
    contextOf,
    study: sheet.study.code,
    before,
    onSaved,
  });

  const { errors } = form.formState;
  const errorAt = useCallback((path: string) => messageIn(get(errors, path)), [errors]);
  const reading = useReadingContext(sheet, animal, parseInstant(observedAtOf(values, contextOf()))?.ms ?? serverNow());
  return {
    sheet,
    animal,
    kind,
    before,
    form,
    draft,
    signing,
    signer,
    corrected,
    preview,
    reading,
    saving,
    failure,
    submit,
    goTo,
    errorAt,
  };
};

const useReadingContext = (sheet: RecordingSheet, animal: AnimalOnSheet, observedMs: number): ReadingContext =>
  useMemo(() => ({ study: sheet.study, units: sheet.units, animal, observedMs }), [sheet, animal, observedMs]);

/** The deviation that a dose would be, in words: the form then asks for its reason. */
const deviationIn = (kind: EntryKind, { answer }: PreviewAnswer, before: Before): string | null => {
  const codes = kind === "dose" ? faultCodes(answer) : [];
  return codes.length === 0 ? null : codes.map((code) => deviationWords(code, before)).join("; ");
};

const withReasonsToCome = (kind: EntryKind, values: EntryValues, corrected: Corrected | null): EntryValues => {
  const dose =
    kind === "dose" && values.deviation.reason.trim() === "" ? { deviation: { reason: REASON_TO_COME } } : {};
  if (corrected !== null) {
    return {
      ...values,
      ...dose,
      reasonCode: values.reasonCode || "OTHER",
      reason: values.reason.trim() || REASON_TO_COME,
    };
  }
  if (kind === "order" && values.reason.trim() === "") return { ...values, reason: REASON_TO_COME };
  return { ...values, ...dose };
};

const questionOf = (kind: EntryKind, values: EntryValues, contextOf: () => CheckContext, { study }: RecordingSheet) => {
  const asked = withReasonsToCome(kind, values, contextOf().corrected);
  const readable = !isBlank(kind, values) && checkEntryForm(kind, asked, contextOf()).ok;
  const key = readable ? JSON.stringify([kind, documentOfValues(kind, asked, { ...contextOf(), nowMs: 0 })]) : null;
  return { study: study.code, key, documentOf: () => documentOfValues(kind, asked, contextOf()) };
};

type SavingParams = Pick<EntryFormState, "form" | "draft" | "signing" | "kind" | "before"> & {
  readonly contextOf: () => CheckContext;
  readonly study: string;
  readonly onSaved: (saved: SavedEntry) => void;
};

const useSaving = ({ form, draft, signing, kind, contextOf, study, before, onSaved }: SavingParams) => {
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<SaveFailure>(null);
  // Two presses in one frame see the same state; this is what lets only the first through.
  const underWay = useRef(false);

  const settle = (outcome: SendOutcome, values: EntryValues): void => {
    if (outcome.kind === "answered") {
      draft.drop();
      for (const field of measuredFieldsOfKind(kind)) {
        if (values[field].text.trim() !== "") rememberUnit(deviceStore(), study, field, values[field].unit);
      }
      onSaved({ kind, before, values, answer: outcome.answer });
      return;
    }
    setFailure(outcome);
    if (outcome.kind !== "refused") return;
    if (outcome.problem.code !== "ENTRY_CONFLICT") draft.forgetSent();
    signing.refuse(outcome.problem.errors);
    showRefusal(form, outcome.problem, values);
  };

  const send = async (values: EntryValues): Promise<void> => {
    const document = draft.sentAs(values) ?? documentOfValues(kind, values, contextOf());
    draft.keepSent({ document, values });
    const signature = signing.beside();
    const outcome = await recordEntry(study, document, signature);
    const early =
      outcome.kind === "refused" && outcome.problem.code === "ENTRY_IN_THE_FUTURE" && values.observedAt === "";
    if (!early) {
      settle(outcome, values);
      return;
    }
    // This device's clock is ahead. The answer has set it right, so that "now" is now.
    const again = documentOfValues(kind, values, contextOf());
    draft.keepSent({ document: again, values });
    settle(await recordEntry(study, again, signature), values);
  };

  const submit = (): void => {
    if (underWay.current) return;
    const isReady = signing.isReady();
    underWay.current = true;
    setSaving(true);
    setFailure(null);
    const values = form.getValues();
    void form
      .handleSubmit(
        () => (isReady ? send(values) : undefined),
        () => setFailure(null),
      )()
      .finally(() => {
        underWay.current = false;
        setSaving(false);
      });
  };
  return { saving, failure, submit };
};

const measuredFieldsOfKind = (kind: EntryKind) =>
  kind === "weight" || kind === "cbc" || kind === "lft" || kind === "observation"
    ? analytesOf(kind).map(({ field }) => field)
    : [];
