import { decisionAnchor } from "@/components/animal-page/anchors";
import type { Action, Role } from "@/lib/domain/access/permissions";
import { writeInstant } from "@/lib/domain/time/instant";
import { permits } from "@/lib/domain/access/permissions";

/** The addresses of a study's pages. Codes and tags may hold any character. */
export const studyAddress = (code: string, ...path: readonly string[]): string =>
  ["/studies", encodeURIComponent(code), ...path.map(encodeURIComponent)].join("/");

export const animalAddress = (code: string, tag: string): string => studyAddress(code, "animals", tag);

/** A version of the protocol, whole: where every decision says by which one it was made. */
export const versionAddress = (code: string, version: number): string =>
  `${studyAddress(code, "protocol")}?${new URLSearchParams({ version: String(version) }).toString()}`;

export const recordAddress = (code: string, animal: string, kind: string): string =>
  `${studyAddress(code, "record")}?${new URLSearchParams({ animal, kind }).toString()}`;

/** A part of an address as text; what cannot be decoded names nothing that exists. */
export const pathText = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The decision of an entry on the animal's page, opened. */
export const whyAddress = (code: string, tag: string, entry: string): string =>
  `${animalAddress(code, tag)}?${new URLSearchParams({ why: entry }).toString()}#${decisionAnchor(entry)}`;

/** What changed between two instants, of an animal or of the whole study. */
export const changesAddress = (
  code: string,
  { animal, from, to }: { readonly animal: string | null; readonly from: string | null; readonly to: string | null },
): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ animal, from, to })) if (value !== null) query.set(key, value);
  const text = query.toString();
  return `${studyAddress(code, "changes")}${text === "" ? "" : `?${text}`}`;
};

/** What became known at an instant: the one before it against it. */
export const entryChangesAddress = (code: string, animal: string, recordedMs: number): string =>
  changesAddress(code, { animal, from: writeInstant(recordedMs - 1), to: writeInstant(recordedMs) });

type StudyTab = { readonly key: string; readonly label: string; readonly action: Action };

const TABS: readonly StudyTab[] = [
  { key: "board", label: "Board", action: "study.read" },
  { key: "animals", label: "Animals", action: "study.read" },
  { key: "record", label: "Record", action: "entry.record.weight" },
  { key: "reviews", label: "Reviews", action: "study.read" },
  { key: "protocol", label: "Protocol", action: "study.read" },
  { key: "histories", label: "Histories", action: "history.export" },
  { key: "signatures", label: "Signatures", action: "study.read" },
  { key: "audit", label: "Audit", action: "audit.read" },
  { key: "members", label: "People", action: "membership.manage" },
];

/** The tabs whose pages these roles may open; each page asks again for itself. */
export const tabsFor = (
  code: string,
  roles: readonly Role[],
): readonly { readonly key: string; readonly label: string; readonly href: string }[] =>
  TABS.filter(({ action }) => permits(roles, action)).map(({ key, label }) => ({
    key,
    label,
    href: studyAddress(code, key),
  }));
