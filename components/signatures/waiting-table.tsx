"use client";

import { Badge } from "@/components/ui/badge";
import { LateMark } from "@/components/ui/late-mark";
import { SelectField } from "@/components/ui/select-field";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { WaitingItem } from "@/lib/contracts/signatures";
import { lateText } from "@/lib/domain/record/late";
import { type Meaning, type SubjectKind } from "@/lib/domain/signatures/signing";
import { meaningChoices } from "@/lib/domain/language/signature-words";
import { instantText } from "./instant-text";

export type WaitingKind = WaitingItem["subjectKind"];

export const KIND_TITLES: Readonly<Record<WaitingKind, string>> = {
  order: "Orders",
  override: "Overrides",
  deviation: "Dosing deviations",
};

/** What it usually means to sign something after it was recorded. */
export const LATER_MEANING: Readonly<Record<WaitingKind, Meaning>> = {
  order: "CONFIRMED",
  override: "CONFIRMED",
  deviation: "ACCEPTED",
};

type WaitingTableProps = {
  readonly kind: WaitingKind;
  readonly items: readonly WaitingItem[];
  readonly timeZone: string;
  readonly hrefs: Readonly<Record<string, string>>;
  /** Null for who reads and does not sign. */
  readonly signing: {
    readonly chosen: ReadonlySet<string>;
    readonly onChoose: (subjects: readonly string[], chosen: boolean) => void;
    readonly meaning: Meaning;
    readonly onMeaning: (meaning: Meaning) => void;
  } | null;
};

const BOX = "size-5 accent-accent pointer-coarse:size-6";

const ChooseAll = ({ kind, items, signing }: Pick<WaitingTableProps, "kind" | "items" | "signing">) => {
  if (signing === null) return null;
  const subjects = items.map(({ subject }) => subject);
  const all = subjects.every((subject) => signing.chosen.has(subject));
  return (
    <HeadCell className="w-10 print:hidden">
      <label className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className={BOX}
          checked={all}
          onChange={(event) => signing.onChoose(subjects, event.target.checked)}
        />
        <span className="sr-only">All of {KIND_TITLES[kind].toLowerCase()}</span>
      </label>
    </HeadCell>
  );
};

const Row = ({
  item,
  timeZone,
  href,
  signing,
}: Pick<WaitingTableProps, "timeZone" | "signing"> & { readonly item: WaitingItem; readonly href: string }) => {
  const late = lateText(Date.parse(item.observedAt), Date.parse(item.recordedAt));
  return (
    <tr>
      {signing === null ? null : (
        <Cell className="print:hidden">
          <label className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className={BOX}
              checked={signing.chosen.has(item.subject)}
              onChange={(event) => signing.onChoose([item.subject], event.target.checked)}
            />
            <span className="sr-only">
              Sign {item.animal}: {item.says}
            </span>
          </label>
        </Cell>
      )}
      <IdentityCell>
        <a href={href} className="underline-offset-2 hover:underline">
          {item.animal}
        </a>
      </IdentityCell>
      <Cell className="min-w-48">
        {item.says}
        {item.decision === null ? null : <span className="block text-sm text-ink-soft">{item.decision}</span>}
      </Cell>
      <Cell className="min-w-40">{item.reason ?? <Badge>no reason given</Badge>}</Cell>
      <Cell className="min-w-40 text-sm">
        <span className="flex flex-wrap items-center gap-x-2">
          {instantText(item.observedAt, timeZone)}
          {late === null ? null : <LateMark late={late} />}
        </span>
        <span className="text-ink-soft">
          by {item.recordedBy}, recorded {instantText(item.recordedAt, timeZone)}
        </span>
      </Cell>
    </tr>
  );
};

/** What of one kind waits, to be read line by line; with a box before each for who may sign. */
export const WaitingTable = ({ kind, items, timeZone, hrefs, signing }: WaitingTableProps) => (
  <div className="pb-2">
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 px-4 pt-3 pb-1">
      <h3 className="font-semibold">
        {KIND_TITLES[kind]} <span className="text-sm font-normal text-ink-soft">{items.length}</span>
      </h3>
      {signing === null ? null : (
        <SelectField
          className="ml-auto w-full max-w-md print:hidden"
          label={`Signing ${KIND_TITLES[kind].toLowerCase()} means`}
          value={signing.meaning}
          onChange={(event) => signing.onMeaning(event.target.value as Meaning)}
        >
          {meaningChoices(kind satisfies SubjectKind).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
    </div>
    <Table caption={`${KIND_TITLES[kind]} that wait for a signature`}>
      <thead>
        <tr>
          <ChooseAll kind={kind} items={items} signing={signing} />
          <HeadCell identity>Animal</HeadCell>
          <HeadCell className="w-2/5">What, and what followed</HeadCell>
          <HeadCell className="w-1/4">Reason</HeadCell>
          <HeadCell className="w-1/4">Observed, recorded</HeadCell>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.subject} item={item} timeZone={timeZone} href={hrefs[item.subject] ?? "#"} signing={signing} />
        ))}
      </tbody>
    </Table>
  </div>
);
