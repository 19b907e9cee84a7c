"use client";

import { useState } from "react";
import { newEntryId } from "@/lib/client/entry-id";
import { useConfirmation } from "@/lib/client/use-confirmation";
import type { Signer } from "@/lib/contracts/confirmation";
import type { FieldFault } from "@/lib/contracts/problem";
import type { SignatureInput } from "@/lib/contracts/signatures";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { Decimal } from "@/lib/domain/decimal";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { canMean, meaningsOf, needsSignature, orderKind } from "@/lib/domain/signatures/signing";
import type { Meaning } from "@/lib/domain/signatures/signing";
import type { EntryValues } from "./entry-values";

type Confirming = ReturnType<typeof useConfirmation>;

/** The signature that goes out with an order. Never a part of what is kept on the device. */
export type OrderSigning = {
  /** What the signature would be of; null where this entry is not signed. */
  readonly signs: "order" | "override" | null;
  readonly meaning: Meaning;
  /** Of password and code, with what is wrong with them. */
  readonly fields: Confirming["fields"] & {
    readonly passwordError: string | undefined;
    readonly codeError: string | undefined;
  };
  readonly setMeaning: (meaning: string) => void;
  /** Says so and is false where password or code is missing. */
  readonly isReady: () => boolean;
  /** What is sent beside the entry; null where it is not signed. */
  readonly beside: () => SignatureInput | null;
  /** After a refusal: what it says about the signature stands here, and password and code are typed again. */
  readonly refuse: (faults: readonly FieldFault[]) => void;
};

const asProposed = ({ status, lastDecision }: AnimalOnSheet, dose: string): boolean => {
  const proposed = status === "WITHHELD" ? (lastDecision?.proposedDose ?? null) : null;
  const isNumber = /^\d+(?:\.\d+)?$/u.test(dose.trim());
  return proposed !== null && isNumber && new Decimal(proposed).eq(dose.trim());
};

const signedKind = (
  kind: EntryKind,
  { orders }: RecordingSheet,
  animal: AnimalOnSheet,
  { action, dose }: Pick<EntryValues, "action" | "dose">,
): OrderSigning["signs"] => {
  // Who gives no other order than a hold signs none.
  const directs = orders.some(needsSignature);
  if (kind !== "order" || action === "" || !needsSignature(action) || !directs) return null;
  return orderKind({ action, asProposed: action === "RESUME" && asProposed(animal, dose) });
};

type Place = {
  readonly kind: EntryKind;
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly signer: Signer;
};

export const isOfSignature = ({ path }: FieldFault): boolean => /^signature(?:\.|$)/u.test(path);

const isOfCode = (path: string): boolean => /(?:^|\.)code$/u.test(path);

/** Meaning, password and code of an order that is signed as it is recorded. */
export const useOrderSignature = ({ kind, sheet, animal, signer }: Place, values: EntryValues): OrderSigning => {
  const [id] = useState(newEntryId);
  const [chosen, setChosen] = useState<Meaning | null>(null);
  const { fields, missing, sent, clear, refused } = useConfirmation(signer.secondFactor);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const signs = signedKind(kind, sheet, animal, values);
  const usual = meaningsOf(signs ?? "order")[0];
  const meaning = chosen !== null && canMean(signs ?? "order", chosen) ? chosen : usual;
  return {
    signs,
    meaning,
    fields: {
      ...fields,
      passwordError: faults.find(({ path }) => !isOfCode(path))?.message,
      codeError: faults.find(({ path }) => isOfCode(path))?.message,
      onPassword: (value) => {
        setFaults(faults.filter(({ path }) => isOfCode(path)));
        fields.onPassword(value);
      },
      onCode: (value) => {
        setFaults(faults.filter(({ path }) => !isOfCode(path)));
        fields.onCode(value);
      },
    },
    setMeaning: (value) => setChosen(value as Meaning),
    isReady: () => {
      const lacking = signs === null ? [] : missing();
      setFaults(lacking);
      return lacking.length === 0;
    },
    beside: () => (signs === null ? null : { id, meaning, ...sent() }),
    refuse: (told) => {
      const own = told.filter(isOfSignature);
      clear();
      refused(own);
      setFaults(own);
    },
  };
};
