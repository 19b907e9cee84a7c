import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Action } from "@/lib/domain/access/permissions";

/** A study and one of its animals, for the addresses that need them. */
export type Place = { readonly code: string; readonly tag: string };

export type SitePage = {
  /** What the permission table must give; null: every signed-in person, "nobody": open to all. */
  readonly needs: Action | "nobody" | null;
  readonly address: (place: Place) => string;
  readonly heading: RegExp;
};

const inStudy = ({ code }: Place, path: string): string => `/studies/${encodeURIComponent(code)}/${path}`;

/** Every page there is, by its file below app/. What is visited, and by whom, follows from this table. */
export const PAGES: Readonly<Record<string, SitePage>> = {
  "(auth)/sign-in/page.tsx": { needs: "nobody", address: () => "/sign-in", heading: /^Sign in$/ },
  "page.tsx": { needs: null, address: () => "/", heading: /^Studies$/ },
  "(workspace)/studies/page.tsx": { needs: null, address: () => "/studies", heading: /^Studies$/ },
  "(workspace)/studies/new/page.tsx": {
    needs: "study.create",
    address: () => "/studies/new",
    heading: /^New study$/,
  },
  "(workspace)/studies/[code]/page.tsx": {
    needs: "study.read",
    address: ({ code }) => `/studies/${encodeURIComponent(code)}`,
    heading: /^Board$/,
  },
  "(workspace)/studies/[code]/board/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "board"),
    heading: /^Board$/,
  },
  "(workspace)/studies/[code]/animals/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "animals"),
    heading: /^Animals$/,
  },
  "(workspace)/studies/[code]/animals/new/page.tsx": {
    needs: "animal.register",
    address: (place) => inStudy(place, "animals/new"),
    heading: /^Register animals$/,
  },
  "(workspace)/studies/[code]/animals/[tag]/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, `animals/${encodeURIComponent(place.tag)}`),
    heading: /./,
  },
  "(workspace)/studies/[code]/record/page.tsx": {
    needs: "entry.record.weight",
    address: (place) => inStudy(place, `record?kind=weight&animal=${encodeURIComponent(place.tag)}`),
    heading: /./,
  },
  "(workspace)/studies/[code]/protocol/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "protocol"),
    heading: /^Protocol$/,
  },
  "(workspace)/studies/[code]/protocol/amend/page.tsx": {
    needs: "protocol.draft",
    address: (place) => inStudy(place, "protocol/amend"),
    heading: /^Amendment: version \d+$/,
  },
  "(workspace)/account/page.tsx": { needs: null, address: () => "/account", heading: /^Your account$/ },
  "(workspace)/accounts/page.tsx": { needs: "user.manage", address: () => "/accounts", heading: /^Accounts$/ },
  "(workspace)/audit/page.tsx": {
    needs: "audit.read-installation",
    address: () => "/audit",
    heading: /^Audit trail of accounts$/,
  },
  "(workspace)/studies/[code]/audit/page.tsx": {
    needs: "audit.read",
    address: (place) => inStudy(place, "audit"),
    heading: /^Audit trail$/,
  },
  "(workspace)/studies/[code]/audit/exceptions/page.tsx": {
    needs: "audit.read",
    address: (place) => inStudy(place, "audit/exceptions"),
    heading: /^Review by exception$/,
  },
  "(workspace)/studies/[code]/changes/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "changes?from=2020-01-01T00:00:00Z"),
    heading: /^What changed$/,
  },
  "(workspace)/studies/[code]/reviews/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "reviews"),
    heading: /^Reviews$/,
  },
  "(workspace)/studies/[code]/histories/page.tsx": {
    needs: "history.export",
    address: (place) => inStudy(place, "histories"),
    heading: /^Dose-modification history$/,
  },
  "(workspace)/studies/[code]/signatures/page.tsx": {
    needs: "study.read",
    address: (place) => inStudy(place, "signatures"),
    heading: /^Signatures$/,
  },
  "(workspace)/studies/[code]/members/page.tsx": {
    needs: "membership.manage",
    address: (place) => inStudy(place, "members"),
    heading: /^People$/,
  },
};

/** The files of all pages, as they stand below app/. */
export const pageFiles = (): readonly string[] =>
  readdirSync(join(import.meta.dirname, "..", "..", "app"), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)page\.tsx$/u.test(file))
    .sort();
