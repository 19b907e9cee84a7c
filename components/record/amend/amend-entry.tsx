"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { Signer } from "@/lib/contracts/confirmation";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { useOnDevice } from "@/components/record/use-on-device";
import type { EntryToAmend, Typed } from "./corrected-entry";
import { CorrectionForm } from "./correction-form";
import { MoveForm } from "./move-form";
import { VoidForm } from "./void-form";

type AmendEntryProps = {
  readonly sheet: RecordingSheet;
  readonly tag: string;
  readonly target: EntryToAmend;
  readonly signer: Signer;
  /** The animal's page with the entry in sight, without the form. */
  readonly closeHref: string;
};

type Mode = "values" | "animal" | "void";

const CHOICES = [
  { value: "values", label: "New values" },
  { value: "animal", label: "Another animal" },
  { value: "void", label: "Void" },
] as const;

/** Puts an entry right in its place: new values, the right animal, or out of the history. What it changes is said first. */
export const AmendEntry = ({ sheet, tag, target, signer, closeHref }: AmendEntryProps) => {
  const router = useRouter();
  const [mode, setMode] = useState<Mode>("values");
  const [begun, setBegun] = useState(0);
  const [kept, setKept] = useState<Typed | null>(null);
  const animal = sheet.animals.find((one) => one.tag === tag);
  const onDevice = useOnDevice();
  if (animal === undefined) return null;
  const onSaved = (): void => {
    router.replace(closeHref);
    router.refresh();
  };
  /** What is asked of an entry that leaves as a whole. */
  const whole = { sheet, tag, target, onSaved, onShow: (): void => router.refresh() };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape goes back from any field in it
    <div
      className="gloves sticky left-4 max-w-[min(60rem,calc(100vw-4.5rem))] space-y-3"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) router.replace(closeHref);
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <SegmentedControl
          label="What to put right"
          name="amend-mode"
          value={mode}
          onChange={(event) => setMode(event.target.value as Mode)}
          choices={CHOICES}
        />
        <LinkButton href={closeHref} className="ml-auto">
          Close
        </LinkButton>
      </div>
      {onDevice ? null : <Skeleton className="h-96" />}
      {onDevice && mode === "values" ? (
        <CorrectionForm
          key={`${target.corrected.entry} ${String(begun)}`}
          sheet={sheet}
          animal={animal}
          target={target}
          signer={signer}
          onSaved={onSaved}
          kept={kept}
          onAgain={() => {
            setKept(null);
            setBegun(begun + 1);
          }}
          onShow={(typed) => {
            setKept({ typed, was: target.values });
            router.refresh();
          }}
        />
      ) : null}
      {mode === "animal" ? <MoveForm key={target.corrected.entry} {...whole} /> : null}
      {mode === "void" ? <VoidForm key={target.corrected.entry} {...whole} /> : null}
    </div>
  );
};
