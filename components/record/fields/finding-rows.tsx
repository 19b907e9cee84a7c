"use client";

import { useId, useState } from "react";
import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ENGINE_TERMS } from "@/lib/domain/grading/criteria";
import { FINDING_WORDINGS, findingWording } from "@/lib/domain/grading/finding-wordings";
import { termWords } from "@/components/record/entered-words";
import { useEntry } from "@/components/record/use-entry-form";
import { FindingRow } from "./finding-row";

/** One tap away; the rest of the list is offered while typing. */
const USUAL_TERMS = ["RASH", "DIARRHEA", "FATIGUE", "EDEMA_LIMBS", "SKIN_ULCERATION"] as const;

const isFinding = (term: string): boolean => !ENGINE_TERMS.has(term);

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
      {form.watch("noFindings") ? null : (
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
