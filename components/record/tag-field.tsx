"use client";

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { Glyph } from "@/components/ui/glyph";
import { type Keystroke, scannedText, withKeystroke } from "@/lib/client/tag-scan";
import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import { answerToTag, type TagAnswer } from "./animal-choice";

type TagFieldProps = {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly animals: readonly AnimalOnSheet[];
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onChoose: (tag: string) => void;
  /** The animal that Enter in the empty field goes to. */
  readonly next: AnimalOnSheet | null;
  /** Into the list below. */
  readonly onDown: () => void;
};

const problemOf = (answer: Exclude<TagAnswer, { readonly kind: "chosen" }>, typed: string): string =>
  answer.kind === "several"
    ? `${String(answer.count)} animals end in “${typed}”. Type more of the tag, or choose below.`
    : `No animal of this study has the tag “${typed}”. Check the label and the study.`;

/** One field for a scanner and for fingers. What is typed narrows the list; Enter chooses. */
export const TagField = ({ input, animals, typed, onType, onChoose, next, onDown }: TagFieldProps) => {
  const [problem, setProblem] = useState<string | null>(null);
  const burst = useRef<readonly Keystroke[]>([]);

  const choose = (scanned: boolean): void => {
    if (typed.trim() === "") {
      if (next !== null) onChoose(next.tag);
      return;
    }
    const answer = answerToTag(animals, typed, scanned);
    if (answer.kind === "chosen") {
      setProblem(null);
      onChoose(answer.tag);
      return;
    }
    setProblem(problemOf(answer, typed.trim()));
    input.current?.select();
  };

  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(scannedText(burst.current, event.timeStamp) !== null);
      burst.current = [];
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      onDown();
    } else if (event.key === "Escape" && typed !== "") {
      event.preventDefault();
      setProblem(null);
      onType("");
    } else if (event.key.length === 1) {
      burst.current = withKeystroke(burst.current, { key: event.key, at: event.timeStamp });
    }
  };

  return (
    <div className="min-w-0 flex-1">
      <div className="relative">
        <Glyph
          name="search"
          className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-lg text-ink-faint"
        />
        <input
          ref={input}
          type="text"
          id="animal-tag"
          aria-label="Scan or type a tag"
          aria-invalid={problem !== null || undefined}
          aria-describedby="animal-tag-note"
          placeholder={next === null ? "Scan or type a tag" : `Scan or type a tag · Enter: ${next.tag}`}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          value={typed}
          onChange={(event) => {
            setProblem(null);
            onType(event.target.value);
          }}
          onKeyDown={onKey}
          className={`${CONTROL_LOOK} pl-11`}
        />
      </div>
      <p
        id="animal-tag-note"
        role={problem === null ? undefined : "alert"}
        className={problem === null ? "sr-only" : "mt-1 font-medium text-stopped"}
      >
        {problem ?? "A scanner may be used at any time, from any field."}
      </p>
    </div>
  );
};
