import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { writeInstant } from "@/lib/domain/time/instant";
import type { KnownAt } from "./known-at";
import { atInstant } from "./known-at-address";

/** Another instant of the same page. */
export type KnownAtStep = { readonly label: string; readonly href: string };

const MS_PER_DAY = 86_400_000;

/** A day back, and where the past is shown a day on. The address may hold filters. */
export const daySteps = (address: string, { atMs }: KnownAt, nowMs: number): readonly KnownAtStep[] => {
  const shownMs = atMs ?? nowMs;
  const step = (label: string, ms: number): KnownAtStep => ({ label, href: atInstant(address, writeInstant(ms)) });
  return [
    step("1 day earlier", shownMs - MS_PER_DAY),
    ...(atMs !== null && atMs + MS_PER_DAY < nowMs ? [step("1 day later", atMs + MS_PER_DAY)] : []),
  ];
};

/**
 * To just before what became known last, and to what became known next: from one piece of knowledge to the other. `learntMs`
 * are the instants at which something did, in any order.
 */
export const knowledgeSteps = (
  address: string,
  { atMs }: KnownAt,
  learntMs: readonly number[],
  timeZone: string,
): readonly KnownAtStep[] => {
  const shownMs = atMs ?? Infinity;
  const last = learntMs.reduce((found, ms) => (ms <= shownMs ? Math.max(found, ms) : found), -Infinity);
  const next = learntMs.reduce((found, ms) => (ms > shownMs ? Math.min(found, ms) : found), Infinity);
  const said = (ms: number): string => `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}`;
  return [
    ...(Number.isFinite(last)
      ? [{ label: `Before ${said(last)}`, href: atInstant(address, writeInstant(last - 1)) }]
      : []),
    ...(Number.isFinite(next) ? [{ label: `Next: ${said(next)}`, href: atInstant(address, writeInstant(next)) }] : []),
  ];
};
