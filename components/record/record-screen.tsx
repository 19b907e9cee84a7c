"use client";

import { useRef } from "react";
import { type KeyLine, PageKeys } from "@/components/ui/page-keys";
import { Skeleton } from "@/components/ui/skeleton";
import type { Signer } from "@/lib/contracts/confirmation";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { AnimalList } from "./animal-list";
import { AnimalStrip } from "./animal-strip";
import { EntryForm } from "./entry-form";
import { KindTabs } from "./kind-tabs";
import { Receipt } from "./receipt";
import { AfterSaving, Elsewhere, NobodyChosen, Steps, UnsignedNotice } from "./record-parts";
import { TagField } from "./tag-field";
import { useOnDevice } from "./use-on-device";
import { type RecordScreenState, useRecordScreen } from "./use-record-screen";

type RecordScreenProps = {
  readonly sheet: RecordingSheet;
  /** Whose drafts these are: a shared tablet keeps them apart. */
  readonly person: string;
  /** As an order's signature is printed. */
  readonly signer: Signer;
};

const KEYS: readonly KeyLine[] = [
  { keys: ["Enter"], does: "Next field; in the last one, save; after saving, the next animal" },
  { keys: ["Ctrl Enter", "⌘ Enter"], does: "Save from anywhere" },
  { keys: ["<", ">"], does: "Before a number: the result is below, or above" },
  { keys: ["-"], does: "In an empty number: not done. Then 1, 2, 3: why" },
  { keys: ["n", "1", "2 …"], does: "In an observation: normal, or a sign" },
  { keys: ["↓", "↑"], does: "From the tag field into the list, and back" },
];

/** The technician's screen: whose entry, of which kind, the form, and what it did. */
export const RecordScreen = ({ sheet, person, signer }: RecordScreenProps) => {
  const screen = useRecordScreen(sheet, person);
  const { place, animal, drafts, chooseKind } = screen;
  return (
    <div className="gloves">
      <PageKeys lines={KEYS} />
      <div className="mb-3">
        <KindTabs
          kinds={screen.sheet.kinds}
          current={place.kind}
          hrefOf={(kind) => screen.hrefOf({ kind })}
          onChoose={(kind) => chooseKind(kind)}
        />
      </div>
      <UnsignedNotice sheet={screen.sheet} kind={place.kind} />
      <Elsewhere
        drafts={drafts.filter((draft) => draft.animal !== animal?.tag || draft.kind !== place.kind)}
        kinds={screen.sheet.kinds}
        onGo={chooseKind}
      />
      <div className="relative grid gap-3 lg:grid-cols-[22rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:gap-x-5 lg:gap-y-2">
        <Choosing screen={screen} />
        <Recording screen={screen} person={person} signer={signer} />
      </div>
    </div>
  );
};

type PartProps = { readonly screen: RecordScreenState };

/** On a narrow screen, while a tag is typed: the list lies over the form, and goes when an animal is chosen. */
const OVER_THE_FORM =
  "max-lg:absolute max-lg:inset-x-0 max-lg:top-16 max-lg:z-30 max-lg:max-h-[70dvh] max-lg:overflow-y-auto max-lg:rounded-panel max-lg:border max-lg:border-edge";

const Choosing = ({ screen }: PartProps) => {
  const { sheet, place, animal, typed, tagInput, choose } = screen;
  const list = useRef<HTMLUListElement>(null);
  const belowTheForm = typed === "" ? "max-lg:order-last" : OVER_THE_FORM;
  return (
    <>
      <div className="flex items-start gap-2 lg:col-start-1">
        <TagField
          input={tagInput}
          animals={sheet.animals}
          typed={typed}
          onType={screen.type}
          onChoose={choose}
          next={screen.justSaved ? screen.next : null}
          onDown={() => list.current?.querySelector<HTMLElement>("a")?.focus()}
        />
        <Steps previous={screen.previous} next={screen.next} onChoose={choose} />
      </div>
      <div
        className={`lg:sticky lg:top-16 lg:col-start-1 lg:row-start-2 lg:self-start ${animal === null ? "" : belowTheForm}`}
      >
        <AnimalList
          sheet={sheet}
          kind={place.kind}
          shown={screen.shown}
          current={animal?.tag ?? null}
          filter={place.filter}
          list={list}
          waiting={new Set(screen.drafts.filter(({ kind }) => kind === place.kind).map((draft) => draft.animal))}
          saved={screen.savedOfKind}
          hrefOf={(tag) => screen.hrefOf({ animal: tag })}
          onFilter={screen.narrow}
          onChoose={choose}
          onUp={() => tagInput.current?.focus()}
        />
      </div>
    </>
  );
};

const Recording = ({ screen, person, signer }: PartProps & Pick<RecordScreenProps, "person" | "signer">) => {
  const { sheet, place, animal, latest, justSaved } = screen;
  const onDevice = useOnDevice();
  const isPast = latest !== null && !(justSaved && latest.before.tag === animal?.tag);
  const receipt = latest === null ? null : <Receipt saved={latest} timeZone={sheet.study.timeZone} past={isPast} />;
  return (
    <div className="min-w-0 space-y-3 lg:col-start-2 lg:row-span-2 lg:row-start-1">
      {isPast ? receipt : null}
      {animal === null ? <NobodyChosen wanted={place.animal} /> : <AnimalStrip sheet={sheet} animal={animal} />}
      {isPast ? null : receipt}
      {animal !== null && justSaved ? (
        <AfterSaving
          animal={animal}
          kind={place.kind}
          next={screen.next}
          onNext={screen.choose}
          onAnother={screen.another}
        />
      ) : null}
      {animal !== null && !justSaved && onDevice ? (
        <EntryForm
          key={screen.formKey}
          sheet={sheet}
          animal={animal}
          kind={place.kind}
          person={person}
          signer={signer}
          holdGuard={screen.holdGuard}
          onSaved={screen.onSaved}
          goTo={screen.choose}
        />
      ) : null}
      {animal !== null && !onDevice ? <Skeleton className="h-96" /> : null}
    </div>
  );
};
