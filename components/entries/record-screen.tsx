"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Glyph } from "@/components/ui/glyph";
import type { KeyLine } from "@/components/ui/keyboard-help";
import { Notice } from "@/components/ui/notice";
import { PageKeys } from "@/components/ui/page-keys";
import { Skeleton } from "@/components/ui/skeleton";
import { deviceStore } from "@/lib/client/device-store";
import { waitingDrafts } from "@/lib/client/entry-drafts";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/entries/log-entry";
import { filtered, inRoundOrder, matching, nextOnRound, previousOnRound } from "./animal-choice";
import { AnimalList } from "./animal-list";
import { AnimalStrip } from "./animal-strip";
import { EntryForm, type FormGuard } from "./entry-form";
import { KIND_LABELS } from "./entered-words";
import { KindTabs } from "./kind-tabs";
import { Receipt } from "./receipt";
import { TagField } from "./tag-field";
import type { SavedEntry } from "./use-entry-form";
import { useRecordPlace } from "./use-record-place";
import { useSavedEntries } from "./use-saved-entries";
import { useScans } from "./use-scans";

type RecordScreenProps = {
  readonly sheet: RecordingSheet;
  /** Whose drafts these are: a shared tablet keeps them apart. */
  readonly person: string;
};

/** On a narrow screen, while a tag is typed: the list lies over the form, and goes when an animal is chosen. */
const OVER_THE_FORM =
  "max-lg:absolute max-lg:inset-x-0 max-lg:top-16 max-lg:z-30 max-lg:max-h-[70dvh] max-lg:overflow-y-auto max-lg:rounded-panel max-lg:border max-lg:border-edge";

const CLINICAL: readonly EntryKind[] = ["weight", "cbc", "lft", "observation"];
const KEYS: readonly KeyLine[] = [
  { keys: ["Enter"], does: "Next field; in the last one, save; after saving, the next animal" },
  { keys: ["Ctrl Enter", "⌘ Enter"], does: "Save from anywhere" },
  { keys: ["<", ">"], does: "Before a number: the result is below, or above" },
  { keys: ["-"], does: "In an empty number: not done. Then 1, 2, 3: why" },
  { keys: ["n", "1", "2 …"], does: "In an observation: normal, or a sign" },
  { keys: ["↓", "↑"], does: "From the tag field into the list, and back" },
];

const noSubscription = (): (() => void) => () => undefined;

/** False while the page is made on the server: what is kept on the device is not known there. */
const useOnDevice = (): boolean => useSyncExternalStore(noSubscription, () => true, () => false);

/** The technician's screen: whose entry, of which kind, the form, and what it did. */
export const RecordScreen = ({ sheet: read, person }: RecordScreenProps) => {
  const router = useRouter();
  const onDevice = useOnDevice();
  const saved = useSavedEntries(read);
  const { sheet } = saved;
  const { place, hrefOf, go } = useRecordPlace(sheet.kinds);
  const [typed, setTyped] = useState("");
  /** The entry that was just saved and is looked at, until the next animal or another entry is asked for. */
  const [justSaved, setJustSaved] = useState(false);
  const [began, setBegan] = useState(0);
  const tagInput = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const guard = useRef<FormGuard | null>(null);

  const round = inRoundOrder(filtered(sheet.animals, place.filter));
  const shown = matching(round, typed);
  const animal = sheet.animals.find(({ tag }) => tag === place.animal) ?? null;
  const next = animal === null ? null : nextOnRound(round, animal.tag);
  const previous = animal === null ? null : previousOnRound(round, animal.tag);

  useFreshSheet(() => router.refresh());

  const choose = (tag: string): void => {
    setTyped("");
    setJustSaved(false);
    setBegan((count) => count + 1);
    go({ animal: tag });
  };
  useScans({ tags: sheet.animals.map(({ tag }) => tag), guard, onScan: choose });

  const onSaved = (entry: SavedEntry): void => {
    saved.add(entry);
    setJustSaved(true);
    router.refresh();
    requestAnimationFrame(() => tagInput.current?.focus());
  };

  const drafts = onDevice ? waitingDrafts(deviceStore(), { person, study: sheet.study.code }, Date.now()) : [];
  const elsewhere = drafts.filter(({ place: draft }) => draft.animal !== animal?.tag || draft.kind !== place.kind);
  const waiting = new Set(drafts.filter(({ place: draft }) => draft.kind === place.kind).map(({ place: draft }) => draft.animal));
  const isPast = saved.latest !== null && (saved.latest.before.tag !== animal?.tag || saved.latest.kind !== place.kind || !justSaved);
  const receipt = saved.latest === null ? null : <Receipt saved={saved.latest} timeZone={sheet.study.timeZone} past={isPast} />;

  return (
    <div className="gloves">
      <PageKeys lines={KEYS} />
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <KindTabs
          kinds={sheet.kinds}
          current={place.kind}
          hrefOf={(kind) => hrefOf({ kind })}
          onChoose={(kind) => {
            setJustSaved(false);
            go({ kind });
          }}
        />
      </div>
      <StudyNotice sheet={sheet} kind={place.kind} />
      <Elsewhere drafts={elsewhere.map(({ place: draft }) => draft)} onGo={(tag, kind) => {
        setJustSaved(false);
        go({ animal: tag, kind });
      }} kinds={sheet.kinds} />
      <div className="relative grid gap-3 lg:grid-cols-[22rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:gap-x-5 lg:gap-y-2">
        <div className="lg:col-start-1">
          <div className="flex items-start gap-2">
            <TagField
              input={tagInput}
              animals={sheet.animals}
              typed={typed}
              onType={setTyped}
              onChoose={choose}
              next={justSaved ? next : null}
              onDown={() => list.current?.querySelector<HTMLElement>("a")?.focus()}
            />
            <Steps previous={previous} next={next} onChoose={choose} />
          </div>
        </div>
        <div className={`lg:sticky lg:top-16 lg:col-start-1 lg:row-start-2 lg:self-start ${animal === null ? "" : typed === "" ? "max-lg:order-last" : OVER_THE_FORM}`}>
            <AnimalList
              sheet={sheet}
              kind={place.kind}
              shown={shown}
              current={animal?.tag ?? null}
              filter={place.filter}
              list={list}
              waiting={waiting}
              saved={saved.ofKind(place.kind)}
              hrefOf={(tag) => hrefOf({ animal: tag })}
              onFilter={(filter) => go({ filter })}
              onChoose={choose}
              onUp={() => tagInput.current?.focus()}
            />
        </div>
        <div className="min-w-0 space-y-3 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          {isPast ? receipt : null}
          {animal === null ? <NobodyChosen wanted={place.animal} /> : <AnimalStrip sheet={sheet} animal={animal} />}
          {isPast ? null : receipt}
          {animal === null ? null : justSaved ? (
            <AfterSaving animal={animal} kind={place.kind} next={next} onNext={choose} onAnother={() => setJustSaved(false)} />
          ) : onDevice ? (
            <EntryForm
              key={[animal.tag, place.kind, String(saved.count), String(began), place.kind === "dose" ? `${animal.status} ${animal.dose}` : ""].join(" ")}
              sheet={sheet}
              animal={animal}
              kind={place.kind}
              person={person}
              guard={guard}
              onSaved={onSaved}
              goTo={choose}
            />
          ) : (
            <Skeleton className="h-96" />
          )}
        </div>
      </div>
    </div>
  );
};

/** The sheet is read anew when one comes back to the page: others have gone on in the meantime. */
const useFreshSheet = (refresh: () => void): void => {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const onVisible = (): void => {
      if (document.visibilityState === "visible") latest.current();
    };
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", onVisible);
    };
  }, []);
};

type StepsProps = { readonly previous: AnimalOnSheet | null; readonly next: AnimalOnSheet | null; readonly onChoose: (tag: string) => void };

const Steps = ({ previous, next, onChoose }: StepsProps) => (
  <span className="flex gap-1.5 lg:hidden">
    {previous === null ? null : (
      <Button onClick={() => onChoose(previous.tag)} aria-label={`Back to ${previous.tag}`}>
        <Glyph name="chevron" className="rotate-180 text-[0.75em]" />
        {previous.tag}
      </Button>
    )}
    {next === null ? null : (
      <Button onClick={() => onChoose(next.tag)} aria-label={`On to ${next.tag}`}>
        {next.tag}
        <Glyph name="chevron" className="text-[0.75em]" />
      </Button>
    )}
  </span>
);

const NobodyChosen = ({ wanted }: { readonly wanted: string | null }) => (
  <div>
    <h1 className="sr-only">Record</h1>
    {wanted === null ? (
      <div className="max-lg:hidden">
        <EmptyState title="Whose entry?">Scan an animal&apos;s tag, type its last figures and press Enter, or choose it from the list.</EmptyState>
      </div>
    ) : (
      <EmptyState title={`There is no animal ${wanted} in this study`}>Check the tag and the study, or choose from the list.</EmptyState>
    )}
  </div>
);

const StudyNotice = ({ sheet, kind }: { readonly sheet: RecordingSheet; readonly kind: EntryKind }) =>
  sheet.active ? null : (
    <div className="mb-3">
      <Notice tone="waiting" title="The protocol has not been signed.">
        {CLINICAL.includes(kind)
          ? "Baseline weights, counts, chemistry and observations can be recorded; nothing is judged yet."
          : `${KIND_LABELS[kind]}: not before the study director has signed it.`}
      </Notice>
    </div>
  );

type ElsewhereProps = {
  readonly drafts: readonly { readonly animal: string; readonly kind: string }[];
  readonly kinds: readonly EntryKind[];
  readonly onGo: (tag: string, kind: EntryKind) => void;
};

/** Nothing typed is lost: what waits on this device is one tap away. */
const Elsewhere = ({ drafts, kinds, onGo }: ElsewhereProps) => {
  const known = drafts.flatMap(({ animal, kind }) => {
    const own = kinds.find((candidate) => candidate === kind);
    return own === undefined ? [] : [{ animal, kind: own }];
  });
  if (known.length === 0) return null;
  return (
    <div className="mb-3">
      <Notice
        tone="waiting"
        title={`${String(known.length)} typed and not saved:`}
        actions={known.slice(0, 4).map(({ animal, kind }) => (
          <button
            key={`${animal} ${kind}`}
            type="button"
            onClick={() => onGo(animal, kind)}
            className="min-h-11 font-semibold underline underline-offset-2"
          >
            {animal} {KIND_LABELS[kind].toLowerCase().replace("cbc", "CBC")}
          </button>
        ))}
      >
        {known.length > 4 ? `and ${String(known.length - 4)} more` : undefined}
      </Notice>
    </div>
  );
};

type AfterSavingProps = {
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly next: AnimalOnSheet | null;
  readonly onNext: (tag: string) => void;
  readonly onAnother: () => void;
};

/** After saving: the next animal is one key away, and what was saved stays in sight. */
const AfterSaving = ({ animal, kind, next, onNext, onAnother }: AfterSavingProps) => (
  <div className="flex flex-wrap gap-2">
    {next === null ? (
      <p className="self-center text-lg text-ink-soft">That was the last one on this list.</p>
    ) : (
      <Button tone="primary" onClick={() => onNext(next.tag)} className="min-w-56 text-lg">
        {next.cage !== null && next.cage === animal.cage ? "Next in cage" : next.cage === null ? "Next" : `Next, cage ${next.cage}`}: {next.tag}
      </Button>
    )}
    <Button onClick={onAnother}>
      Another {KIND_LABELS[kind].toLowerCase().replace("cbc", "CBC")} of {animal.tag}
    </Button>
  </div>
);
