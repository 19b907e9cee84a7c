import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/server/command/actor";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { setMembership } from "@/lib/server/operations/accounts/set-membership";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";

import { type BenchDatabase, onBenchDatabase } from "./bench-database";
import type { Figure } from "./figure";
import { studyLog } from "./study-log";
import { startWebServer, type Visitor, visit } from "./web-server";

const DAYS = 180;
const ROUNDS = 7;
/** A page of so many rows, however large its study, costs at most so many times as much in the larger one. */
const AIM_FIXED = 1.5;
const KB = 1000;

type Size = { readonly code: string; readonly animals: number };
const SMALL: Size = { code: "S50", animals: 50 };
const LARGE: Size = { code: "S500", animals: 500 };

/** Animals of the one study for each of the other: what a page that shows them all may grow by. */
const AIM_LINEAR = LARGE.animals / SMALL.animals;

const CONSOLE: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "console",
  name: "Bench",
  administrator: true,
  auditor: false,
  via: "console",
};

const makeAccount = async (
  code: string,
  role: "study_director" | "auditor",
): Promise<{ readonly email: string; readonly password: string }> => {
  const account = { email: `${role}-${code.toLowerCase()}@example.org`, password: randomUUID() };
  const standing = { administrator: false, auditor: false, everyStudyRoles: [] };
  const made = await createUser(CONSOLE, { ...account, name: role, ...standing });
  if (!made.ok) throw new Error(made.fault.detail);
  const joined = await setMembership(CONSOLE, code, { email: account.email, roles: [role] });
  if (!joined.ok) throw new Error(joined.fault.detail);
  return account;
};

type Visited = Size & { readonly director: Visitor; readonly auditor: Visitor };

const makeStudy = async ({ code, animals }: Size): Promise<void> => {
  const imported = await importBundle(null, code, studyLog({ animals, days: DAYS, late: 0.03, corrected: 0.01 }));
  if (!imported.ok) throw new Error(imported.fault.detail);
};

const visited = async (address: string, size: Size): Promise<Visited> => ({
  ...size,
  director: await visit(address, await makeAccount(size.code, "study_director")),
  auditor: await visit(address, await makeAccount(size.code, "auditor")),
});

type Page = {
  readonly name: string;
  readonly ask: (study: Visited) => Promise<string>;
  /** Whether it shows every animal of the study, or as many rows of any. */
  readonly grows: "with the animals" | "not";
  /** At most so many bytes: an animal where it grows with them, in all otherwise. */
  readonly mostBytes?: number;
};

const weight = (animal: string) => ({
  id: randomUUID(),
  animal,
  kind: "weight",
  observedAt: new Date().toISOString(),
  grams: { text: "23.40", unit: "g" },
});

const PAGES: readonly Page[] = [
  {
    name: "save with the animal's row of the sheet",
    ask: ({ code, director }) => director.post(`/api/v1/studies/${code}/entries`, weight("M007")),
    grows: "not",
  },
  {
    name: "recording sheet",
    ask: ({ code, director }) => director.get(`/api/v1/studies/${code}/recording-sheet`),
    grows: "with the animals",
  },
  {
    name: "board",
    ask: ({ code, director }) => director.get(`/studies/${code}/board`),
    grows: "with the animals",
    mostBytes: 1.5 * KB,
  },
  { name: "histories", ask: ({ code, director }) => director.get(`/studies/${code}/histories`), grows: "not" },
  { name: "exceptions", ask: ({ code, auditor }) => auditor.get(`/studies/${code}/audit/exceptions`), grows: "not" },
  { name: "list of studies", ask: ({ director }) => director.get("/studies"), grows: "not" },
  {
    name: "animal's page",
    ask: ({ code, director }) => director.get(`/studies/${code}/animals/M007`),
    grows: "not",
    mostBytes: 250 * KB,
  },
  {
    name: "page of the trail",
    ask: ({ code, auditor }) => auditor.get(`/studies/${code}/audit`),
    grows: "not",
    mostBytes: 120 * KB,
  },
];

type Cost = { readonly ms: number; readonly bytes: number };

/** Both studies in turn, so that what else the machine does meets both alike; the fastest of each, and the last bytes. */
const costs = async ({ ask }: Page, studies: readonly Visited[]): Promise<readonly Cost[]> => {
  const found = studies.map(() => ({ ms: Infinity, bytes: 0 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, study] of studies.entries()) {
      const start = performance.now();
      const text = await ask(study);
      found[index] = {
        ms: Math.min(found[index]?.ms ?? Infinity, performance.now() - start),
        bytes: Buffer.byteLength(text),
      };
    }
  }
  return found;
};

const figures = ({ name, grows, mostBytes }: Page, [small, large]: readonly Cost[]): readonly Figure[] => {
  if (small === undefined || large === undefined) throw new Error("two studies are compared");
  const aim = grows === "not" ? AIM_FIXED : AIM_LINEAR;
  const of = `${name}, ${String(LARGE.animals)} ÷ ${String(SMALL.animals)} animals × ${String(DAYS)} days`;
  const [time, bytes] = [large.ms / small.ms, large.bytes / small.bytes];
  const line = (what: string, ratio: number, shown: string): Figure => ({
    name: `${of}: ${what}`,
    value: `${ratio.toFixed(2)} (${shown})`,
    aim: `≤ ${String(aim)}`,
    reached: ratio <= aim,
  });
  const kB = (count: number): string => (count / KB).toFixed(1);
  const shown = large.bytes / (grows === "not" ? 1 : LARGE.animals);
  return [
    line("time", time, `${small.ms.toFixed(0)} and ${large.ms.toFixed(0)} ms`),
    line("bytes", bytes, `${kB(small.bytes)} and ${kB(large.bytes)} kB`),
    ...(mostBytes === undefined
      ? []
      : [
          {
            name: `${name}: bytes${grows === "not" ? "" : " an animal"}`,
            value: `${kB(shown)} kB`,
            aim: `≤ ${kB(mostBytes)} kB`,
            reached: shown <= mostBytes,
          },
        ]),
  ];
};

/** What a page costs; one that does not answer has missed every aim. */
const measure = async (page: Page, studies: readonly Visited[]): Promise<readonly Figure[]> => {
  try {
    return figures(page, await costs(page, studies));
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    return [{ name: page.name, value, aim: "an answer", reached: false }];
  }
};

const onServer = async (bench: BenchDatabase): Promise<readonly Figure[]> => {
  for (const size of [SMALL, LARGE]) await makeStudy(size);
  const server = await startWebServer(bench);
  try {
    const studies = [await visited(server.address, SMALL), await visited(server.address, LARGE)];
    const measured: Figure[] = [];
    for (const page of PAGES) measured.push(...(await measure(page, studies)));
    return measured;
  } finally {
    await server.stop();
  }
};

/**
 * What a browser waits for and is sent, by HTTP from the built pages, of a small study and one ten times as large; before
 * compression, and without styles, scripts and fonts, which every page shares.
 */
export const pageFigures = (): Promise<readonly Figure[]> => onBenchDatabase(onServer);
