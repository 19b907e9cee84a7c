"use client";

import { useEffect, useId, useRef, useState } from "react";
import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { gradeGround } from "@/components/ui/grade-mark";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { TextField } from "@/components/ui/text-field";
import { ENGINE_TERMS } from "@/lib/domain/grading/criteria";
import { FINDING_WORDINGS, findingWording, gradeWording, meantTerm } from "@/lib/domain/grading/finding-wordings";
import { termWords } from "../entered-words";
import { useEntry } from "../use-entry-form";
import { ENTRY_STOP } from "./entry-stops";

const GRADES = [0, 1, 2, 3, 4, 5] as const;
/** One tap away; the rest of the list is offered while typing. */
const USUAL_TERMS = ["RASH", "DIARRHEA", "FATIGUE", "EDEMA_LIMBS", "SKIN_ULCERATION"] as const;

const isFinding = (term: string): boolean => !ENGINE_TERMS.has(term);

type RowProps = {
  readonly place: number;
  readonly listId: string;
  readonly isNew: boolean;
  readonly onRemove: () => void;
};

const FindingRow = ({ place, listId, isNew, onRemove }: RowProps) => {
  const { form, errorAt } = useEntry();
  const path = `findings.${String(place)}` as "findings.0";
  const { term, grade } = form.watch(path);
  const worded = grade === null || term === "" ? null : gradeWording(term, grade);
  const box = useRef<HTMLDivElement>(null);
  const termError = errorAt(`findings.${String(place)}.term`);
  const gradeError = errorAt(`findings.${String(place)}.grade`);
  useEffect(() => {
    if (isNew)
      box.current?.querySelector<HTMLInputElement>(term === "" ? "input[type=text]" : "input[type=radio]")?.focus();
    // Only when the row appears.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div ref={box} id={`entry-findings-${String(place)}`} className="border-b border-hairline py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <TextField
          {...{ [ENTRY_STOP]: "" }}
          id={`entry-findings-${String(place)}-term`}
          label="Finding"
          list={listId}
          value={term === "" ? "" : (findingWording(term)?.label ?? term)}
          maxLength={100}
          autoComplete="off"
          onChange={(event) =>
            form.setValue(`${path}.term`, event.target.value, {
              shouldDirty: true,
              shouldValidate: form.formState.isSubmitted,
            })
          }
          onBlur={(event) =>
            form.setValue(`${path}.term`, meantTerm(event.target.value), {
              shouldDirty: true,
              shouldValidate: form.formState.isSubmitted,
            })
          }
          error={termError}
          className="min-w-52 flex-1"
        />
        <div {...{ [ENTRY_STOP]: "" }} id={`entry-findings-${String(place)}-grade`}>
          <SegmentedControl
            label="Grade"
            name={`finding-grade-${String(place)}`}
            value={grade === null ? "" : String(grade)}
            onChange={(event) =>
              form.setValue(`${path}.grade`, Number(event.target.value), {
                shouldDirty: true,
                shouldValidate: form.formState.isSubmitted,
              })
            }
            choices={GRADES.map((step) => ({ value: String(step), label: String(step) }))}
            error={gradeError}
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
        {worded === null ? (
          term === "" ? (
            "Choose from the list or type a term of your own."
          ) : (
            "Choose the grade; its meaning is said here."
          )
        ) : (
          <>
            <strong className={`mr-2 rounded px-1.5 font-semibold text-ink ${gradeGround(grade)}`}>
              grade {grade}
            </strong>
            {worded.text}
            {worded.missing ? (
              <span className="text-ink-faint">
                {" "}
                · CTCAE v5.0 has no grade {grade} of this term; these are its general words
              </span>
            ) : null}
          </>
        )}
      </p>
    </div>
  );
};

/** Findings with a grade from 0 to 5, its wording beside it. A toxicity that is open is offered first. */
export const FindingRows = () => {
  const { form, animal } = useEntry();
  const rows = useFieldArray({ control: form.control, name: "findings" });
  const listId = useId();
  const [opened] = useState(rows.fields.length);
  const findings = form.watch("findings");
  const open = animal.openToxicities.filter(isFinding);
  const offered = [...open, ...USUAL_TERMS.filter((term) => !open.includes(term))].filter(
    (term) => !findings.some((row) => row.term === term),
  );
  const noFindings = form.watch("noFindings");
  return (
    <section aria-labelledby={`${listId}-title`}>
      <h2 id={`${listId}-title`} className="text-lg font-semibold">
        Findings with a grade
      </h2>
      <datalist id={listId}>
        {FINDING_WORDINGS.map(({ term, label, ctcaeTerm }) => (
          <option key={term} value={label}>
            {ctcaeTerm ?? "not in CTCAE v5.0"}
          </option>
        ))}
      </datalist>
      {rows.fields.map((row, place) => (
        <FindingRow
          key={row.id}
          place={place}
          listId={listId}
          isNew={place >= opened}
          onRemove={() => rows.remove(place)}
        />
      ))}
      {noFindings ? null : (
        <div className="flex flex-wrap items-center gap-1.5 py-2">
          {offered.map((term) => (
            <Button key={term} onClick={() => rows.append({ term, grade: null })}>
              + {findingWording(term)?.label ?? termWords(term)}
              {open.includes(term) ? <span className="text-sm font-normal text-withheld"> open</span> : null}
            </Button>
          ))}
          <Button onClick={() => rows.append({ term: "", grade: null })}>+ Other…</Button>
        </div>
      )}
      {rows.fields.length > 0 ? null : <Checkbox {...form.register("noFindings")} label="Looked for, and found none" />}
    </section>
  );
};
