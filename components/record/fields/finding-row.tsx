"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { gradeGround } from "@/components/ui/grade-mark";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { TextField } from "@/components/ui/text-field";
import { findingWording, gradeWording, meantTerm } from "@/lib/domain/grading/finding-wordings";
import { termWords } from "@/components/record/entered-words";
import { useEntry } from "@/components/record/use-entry-form";
import { ENTRY_STOP } from "./entry-stops";

const GRADES = [0, 1, 2, 3, 4, 5] as const;

type FindingRowProps = {
  readonly place: number;
  /** The list of terms that is offered while typing. */
  readonly listId: string;
  /** It was just added, and takes the focus: to its term, or where that is chosen to its grade. */
  readonly isNew: boolean;
  readonly onRemove: () => void;
};

/** A finding: its term, its grade, and what that grade looks like. */
export const FindingRow = ({ place, listId, isNew, onRemove }: FindingRowProps) => {
  const { form, errorAt } = useEntry();
  const path = `findings.${String(place)}` as "findings.0";
  const id = `entry-findings-${String(place)}`;
  const { term, grade } = form.watch(path);
  const box = useRef<HTMLDivElement>(null);
  const first = useRef(isNew ? (term === "" ? "input[type=text]" : "input[type=radio]") : null);
  useEffect(() => {
    if (first.current !== null) box.current?.querySelector<HTMLInputElement>(first.current)?.focus();
  }, []);
  const options = { shouldDirty: true, shouldValidate: form.formState.isSubmitted };
  const setTerm = (text: string): void => form.setValue(`${path}.term`, text, options);
  return (
    <div ref={box} id={id} className="border-b border-hairline py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <TextField
          {...{ [ENTRY_STOP]: "" }}
          id={`${id}-term`}
          label="Finding"
          list={listId}
          value={findingWording(term)?.label ?? term}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setTerm(event.target.value)}
          onBlur={(event) => setTerm(meantTerm(event.target.value))}
          error={errorAt(`${path}.term`)}
          className="min-w-52 flex-1"
        />
        <div {...{ [ENTRY_STOP]: "" }} id={`${id}-grade`}>
          <SegmentedControl
            label="Grade"
            name={`finding-grade-${String(place)}`}
            value={grade === null ? "" : String(grade)}
            onChange={(event) => form.setValue(`${path}.grade`, Number(event.target.value), options)}
            choices={GRADES.map((step) => ({ value: String(step), label: String(step) }))}
            error={errorAt(`${path}.grade`)}
          />
        </div>
        <Button
          onClick={onRemove}
          aria-label={`Remove ${term === "" ? "this finding" : termWords(term)}`}
          className="mt-5"
        >
          Remove
        </Button>
      </div>
      <p className="mt-1.5 min-h-6 text-base text-ink-soft">
        <GradeWords term={term} grade={grade} />
      </p>
    </div>
  );
};

const GradeWords = ({ term, grade }: { readonly term: string; readonly grade: number | null }) => {
  if (term === "") return "Choose from the list, or type a term of your own.";
  if (grade === null) return "Choose the grade; what it looks like is said here.";
  const { text, missing } = gradeWording(term, grade);
  return (
    <>
      <strong className={`mr-2 rounded px-1.5 font-semibold text-ink ${gradeGround(grade)}`}>grade {grade}</strong>
      {text}
      {missing ? (
        <span className="text-ink-faint"> · in general: CTCAE v5.0 has no grade {grade} of this term</span>
      ) : null}
    </>
  );
};
