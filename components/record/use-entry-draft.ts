"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { deviceStore } from "@/lib/client/device-store";
import { dropDraft, type DraftPlace, type EntryDraft, readDraft, writeDraft } from "@/lib/client/entry-drafts";
import { newEntryId } from "@/lib/client/entry-id";
import { serverNow } from "@/lib/client/server-clock";
import { rememberedUnit } from "@/lib/client/unit-memory";
import { unitInStudy } from "@/lib/contracts/entries/entry-document";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { localTimeTyped } from "@/lib/domain/time/typed-local-time";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import type { Analyte } from "@/lib/domain/record/analytes";
import { blankValues, type EntryValues, isBlank, readValues } from "./entry-values";

/** What went out and was not answered: the document, and the form it was made of. */
export type SentDraft = { readonly document: unknown; readonly values: EntryValues };

/** A form as it opens: empty, or with what was typed into it before and not saved. */
export type OpenedDraft = {
  readonly id: string;
  readonly values: EntryValues;
  readonly sent: SentDraft | null;
  /** When it was left unsaved; null for a new form. */
  readonly leftMs: number | null;
};

/** What was typed longer ago than this was not observed just now. */
const JUST_NOW_MS = 600_000;
const WRITE_AFTER_MS = 250;

type Subject = { readonly sheet: RecordingSheet; readonly animal: AnimalOnSheet; readonly kind: EntryKind };

const firstUnit = ({ sheet, animal }: Subject, field: Analyte): string =>
  rememberedUnit(deviceStore(), sheet.study.code, field) ??
  animal.last[field]?.typedUnit ??
  unitInStudy(field, sheet.units);

/** What is in force is offered where it is what will be given; never to an animal that is not to be dosed. */
const offeredAmount = ({ animal, kind }: Subject): string => {
  if (kind !== "dose") return "";
  if (animal.status === "NOT_STARTED") return animal.startingDose;
  return animal.status === "ON_DOSE" ? animal.dose : "";
};

const readSent = (sent: unknown): SentDraft | null => {
  if (typeof sent !== "object" || sent === null || !("document" in sent) || !("values" in sent)) return null;
  const values = readValues(sent.values);
  return values === null ? null : { document: sent.document, values };
};

const openDraft = (place: DraftPlace, subject: Subject): OpenedDraft => {
  const draft = readDraft(deviceStore(), place, Date.now());
  const values = draft === null ? null : readValues(draft.values);
  if (draft === null || values === null) {
    const blank = blankValues((field) => firstUnit(subject, field));
    return {
      id: newEntryId(),
      values: { ...blank, amount: { text: offeredAmount(subject) } },
      sent: null,
      leftMs: null,
    };
  }
  const { timeZone } = subject.sheet.study;
  const isOld = serverNow() - draft.changedMs > JUST_NOW_MS;
  const observedAt = values.observedAt === "" && isOld ? localTimeTyped(draft.changedMs, timeZone) : values.observedAt;
  return { id: draft.id, values: { ...values, observedAt }, sent: readSent(draft.sent), leftMs: draft.changedMs };
};

export type DraftKeeper = {
  readonly opened: OpenedDraft;
  /** Writes the form down a moment after it changed; a form with nothing in it is forgotten. */
  readonly keep: (values: EntryValues) => void;
  /** Writes at once what goes out, before it goes out. */
  readonly keepSent: (sent: SentDraft) => void;
  /** What went out with these very values and was not answered. */
  readonly sentAs: (values: EntryValues) => unknown;
  /** The server refused it, so it was not saved. */
  readonly forgetSent: () => void;
  /** It has been saved, or cleared. */
  readonly drop: () => void;
};

/** The draft of one form: opened once, kept on this device while something is typed, dropped when it is saved. */
export const useEntryDraft = (person: string, subject: Subject): DraftKeeper => {
  const { sheet, animal, kind } = subject;
  const place = useMemo<DraftPlace>(
    () => ({ person, study: sheet.study.code, animal: animal.tag, kind }),
    [person, sheet.study.code, animal.tag, kind],
  );
  const [opened] = useState(() => openDraft(place, subject));
  const sent = useRef<SentDraft | null>(opened.sent);
  const offered = useRef(opened.leftMs === null ? opened.values.amount.text : "");
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const waiting = useRef<EntryDraft | null>(null);

  const flush = useMemo(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      if (waiting.current !== null) writeDraft(deviceStore(), place, waiting.current);
      waiting.current = null;
    },
    [place],
  );
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return useMemo(() => {
    const drop = (): void => {
      waiting.current = null;
      if (timer.current !== null) clearTimeout(timer.current);
      dropDraft(deviceStore(), place);
    };
    // What was only offered is nobody's typing.
    const isUntouched = (values: EntryValues): boolean =>
      isBlank(kind, values) ||
      (kind === "dose" &&
        values.amount.text === offered.current &&
        values.notDone.amount === "" &&
        values.deviation.reason === "");
    return {
      opened,
      keep: (values) => {
        if (isUntouched(values)) {
          drop();
          return;
        }
        waiting.current = { id: opened.id, values, sent: sent.current, changedMs: serverNow() };
        if (timer.current !== null) clearTimeout(timer.current);
        timer.current = setTimeout(flush, WRITE_AFTER_MS);
      },
      keepSent: (out) => {
        sent.current = out;
        waiting.current = { id: opened.id, values: out.values, sent: out, changedMs: serverNow() };
        flush();
      },
      sentAs: (values) =>
        JSON.stringify(sent.current?.values) === JSON.stringify(values) ? (sent.current?.document ?? null) : null,
      forgetSent: () => {
        sent.current = null;
      },
      drop,
    };
  }, [flush, kind, opened, place]);
};
