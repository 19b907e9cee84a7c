import type { EntryKind } from "@/lib/domain/record/log-entry";
import { type Analyte, analytesOf, isAnalyte } from "@/lib/domain/record/analytes";
import { isMeasuredKind, setsDose } from "@/lib/domain/record/kinds";
import { localInstantText } from "@/lib/domain/time/local-time";
import { instantsOfLocalTime } from "@/lib/domain/time/typed-local-time";
import { readTypedNumber } from "@/lib/domain/units/typed-number";
import { type EntryValues, type MeasuredValue, NORMAL, SIGN_CATEGORIES } from "./entry-values";

/** The entry that a form corrects, with what of it no field of the form shows: a correction replaces it as a whole. */
export type Corrected = {
  readonly entry: string;
  /** When it was observed, as a field for date and time holds it, and as it was written: unchanged, it stays as it is. */
  readonly observed: { readonly typed: string; readonly later: boolean; readonly text: string };
  /** Its source, lot and volume. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** What stands, as its form shows it. */
  readonly was: EntryValues;
};

/** What a document needs beside the form. */
export type DocumentContext = {
  readonly id: string;
  readonly animal: string;
  readonly timeZone: string;
  readonly doseUnit: string | null;
  /** The server's clock, as well as this device knows it. */
  readonly nowMs: number;
  /** Null for an entry that stands by itself. */
  readonly corrected: Corrected | null;
};

type Document = Readonly<Record<string, unknown>>;

const MS_PER_SECOND = 1000;

/**
 * "Now" is the second that is running, never a later one. A time that is no time stays as typed, and is refused as such.
 */
export const observedAtOf = (
  { observedAt, later }: EntryValues,
  { nowMs, timeZone, corrected }: DocumentContext,
): string => {
  const before = corrected?.observed;
  if (before?.typed === observedAt && before.later === later) return before.text;
  if (observedAt === "") return localInstantText(Math.floor(nowMs / MS_PER_SECOND) * MS_PER_SECOND, timeZone);
  const [first, second] = instantsOfLocalTime(observedAt, timeZone);
  const chosen = later ? (second ?? first) : first;
  return chosen === undefined ? observedAt : localInstantText(chosen, timeZone);
};

const measuredDocument = ({ text, unit, qualifier, notDone, firstReading }: MeasuredValue): Document | undefined => {
  if (notDone !== "") return { notDone };
  if (text.trim() === "" && firstReading === "") return undefined;
  return {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    unit,
    ...(qualifier === "" ? {} : { qualifier }),
    ...(firstReading === "" ? {} : { firstReading }),
  };
};

const measuredDocuments = (kind: EntryKind, values: EntryValues): Document => {
  if (!isMeasuredKind(kind) || (kind === "observation" && values.notDone.observation !== "")) return {};
  const fields = analytesOf(kind).flatMap(({ field }): readonly (readonly [Analyte, Document])[] => {
    const given = measuredDocument(values[field]);
    return given === undefined ? [] : [[field, given]];
  });
  return Object.fromEntries(fields);
};

const isFixedCategory = (category: string): boolean => (SIGN_CATEGORIES as readonly string[]).includes(category);

/** The places of the form's signs that go into the document: blank ones are left out. */
const signPlaces = ({ signs }: EntryValues): readonly number[] =>
  signs.flatMap(({ category, text }, place) => (text.trim() === "" && isFixedCategory(category) ? [] : [place]));

const observationDocument = (values: EntryValues): Document => {
  const { signs, skin, findings, noFindings, notDone } = values;
  if (notDone.observation !== "") return { notDone: { observation: notDone.observation.trim() } };
  const seen = signPlaces(values).flatMap((place) => signs[place] ?? []);
  const skinSeen = seen.some(({ category }) => category === "Skin") || skin.exfoliation || skin.bullae;
  return {
    ...(findings.length > 0 || noFindings
      ? { findings: findings.map(({ term, grade }) => ({ term, grade: grade ?? undefined })) }
      : {}),
    ...(skinSeen ? { skin } : {}),
    ...(seen.length === 0
      ? {}
      : {
          signs: seen.map(({ category, text, severity }) => ({
            category,
            text: text.trim(),
            ...(severity === "" || text === NORMAL ? {} : { severity }),
          })),
        }),
  };
};

const numberOf = (text: string): number | string | undefined => {
  if (text.trim() === "") return undefined;
  const read = readTypedNumber(text);
  return read.ok ? read.value.toNumber() : text;
};

const ownFields = (kind: EntryKind, values: EntryValues, { doseUnit }: DocumentContext): Document => {
  switch (kind) {
    case "weight":
    case "cbc":
    case "lft":
      return {};
    case "observation":
      return observationDocument(values);
    case "dose": {
      const reason = values.deviation.reason.trim();
      const notGiven = values.notDone.amount;
      return {
        amount: {
          text: notGiven === "" ? values.amount.text.trim() : "0",
          ...(doseUnit === null ? {} : { unit: doseUnit }),
        },
        ...(notGiven === "" ? {} : { notDone: { amount: notGiven.trim() } }),
        ...(reason === "" ? {} : { deviation: { reason } }),
      };
    }
    case "order": {
      const { action, reason } = values;
      return {
        ...(action === "" ? {} : { action }),
        ...(setsDose(action) ? { dose: numberOf(values.dose) } : {}),
        ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
      };
    }
    case "disposition":
      return values.outcome === "" ? {} : { outcome: values.outcome };
  }
};

const correcting = ({ reasonCode, reason }: EntryValues, { corrected }: DocumentContext): Document =>
  corrected === null
    ? {}
    : {
        ...corrected.kept,
        corrects: corrected.entry,
        ...(reasonCode === "" ? {} : { reasonCode }),
        ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
      };

/** The entry document of a form: what the contract reads, with blanks left out (a blank is never a value). */
export const documentOfValues = (kind: EntryKind, values: EntryValues, context: DocumentContext): Document => ({
  kind,
  id: context.id,
  animal: context.animal,
  observedAt: observedAtOf(values, context),
  ...measuredDocuments(kind, values),
  ...ownFields(kind, values, context),
  ...correcting(values, context),
  ...(values.comment.trim() === "" ? {} : { comment: values.comment.trim() }),
});

/** Where in the form something stands that the contract or the server names by its place in the document. */
export const formPath = (path: string, values: EntryValues): string => {
  const sign = /^signs\[(\d+)\](.*)$/u.exec(path);
  if (sign !== null) {
    const place = signPlaces(values)[Number(sign[1])];
    return place === undefined ? "signs" : `signs[${String(place)}]${sign[2] ?? ""}`;
  }
  const [head = "", ...rest] = path.split(".");
  if ((head === "notDone" || head === "qualifiers" || head === "reported") && isAnalyte(rest[0] ?? ""))
    return rest[0] ?? path;
  return path;
};

/** Whether a correction would say nothing but what stands: its reason is not looked at. */
export const saysWhatStands = (kind: EntryKind, values: EntryValues, context: DocumentContext): boolean => {
  const { corrected } = context;
  if (corrected === null) return false;
  const said = (form: EntryValues): string =>
    JSON.stringify(documentOfValues(kind, { ...form, reason: "", reasonCode: "" }, context));
  return said(values) === said(corrected.was);
};
