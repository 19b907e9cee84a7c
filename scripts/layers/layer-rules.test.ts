// Each layer rule is proved on a violation planted in an otherwise clean tree: a rule that never fires protects nothing.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { CHECKOUT } from "../setup/environment.mjs";
import { cruiseLayers } from "./cruise-layers.mjs";

type Tree = Readonly<Record<string, string>>;

const FOUNDATION: Tree = {
  "lib/domain/grade.ts": "export const grade = 3;\n",
  "lib/contracts/entry.ts": 'import { grade } from "../domain/grade";\nexport const entry = grade;\n',
  "lib/server/db/pool.ts": 'import pg from "pg";\nexport const pool = new pg.Pool();\n',
  "lib/server/operations/entries/record-entries.ts":
    'import { pool } from "@/lib/server/db/pool";\nexport const record = pool;\n',
  "lib/client/keyboard.ts": "export const keyboard = 1;\n",
  "components/ui/button.tsx": "export const button = 1;\n",
  "components/timeline/lane.tsx": 'import { button } from "../ui/button";\nexport const lane = button;\n',
  "app/page.tsx": 'import { lane } from "@/components/timeline/lane";\nexport default lane;\n',
};

const PLANTED: Readonly<Record<string, Tree>> = {
  "domain-is-pure": { "lib/domain/clock.ts": 'import { hrtime } from "node:process";\nexport const now = hrtime;\n' },
  "contracts-carry-no-server": {
    "lib/contracts/saved.ts": 'import { pool } from "../server/db/pool";\nexport const saved = pool;\n',
  },
  "lib-knows-no-screens": {
    "lib/server/judging/draw.ts": 'import { lane } from "@/components/timeline/lane";\nexport const draw = lane;\n',
  },
  "browser-stays-out-of-the-server": {
    "components/board/row.tsx":
      'import { record } from "@/lib/server/operations/entries/record-entries";\nexport const row = record;\n',
  },
  "server-stays-out-of-the-browser": {
    "lib/server/judging/key.ts": 'import { keyboard } from "@/lib/client/keyboard";\nexport const key = keyboard;\n',
  },
  "features-do-not-import-features": {
    "components/board/row.tsx": 'import { lane } from "../timeline/lane";\nexport const row = lane;\n',
  },
  "ui-knows-no-domain": {
    "components/ui/mark.tsx": 'import { grade } from "@/lib/domain/grade";\nexport const mark = grade;\n',
  },
  "charts-know-no-domain": {
    "components/charts/band.tsx": 'import { grade } from "@/lib/domain/grade";\nexport const band = grade;\n',
  },
  "only-db-knows-the-database": {
    "lib/server/operations/entries/ask.ts": 'import pg from "pg";\nexport const ask = pg;\n',
  },
  "operations-do-not-call-operations": {
    "app/api/entries/route.ts":
      'import { record } from "@/lib/server/operations/entries/record-entries";\nexport const POST = record;\n',
    "lib/server/operations/studies/import-bundle.ts":
      'import { record } from "../entries/record-entries";\nexport const importBundle = record;\n',
  },
  "pages-reach-data-through-operations": {
    "app/studies/page.tsx": 'import { pool } from "@/lib/server/db/pool";\nexport default pool;\n',
  },
  "nothing-below-knows-operations": {
    "lib/server/judging/again.ts":
      'import { record } from "@/lib/server/operations/entries/record-entries";\nexport const again = record;\n',
  },
  "db-knows-no-other-part": {
    "lib/server/store/rows.ts": "export const rows = 1;\n",
    "lib/server/db/rows.ts": 'import { rows } from "@/lib/server/store/rows";\nexport const all = rows;\n',
  },
  "auth-knows-no-http": {
    "lib/server/http/headers.ts": "export const headers = 1;\n",
    "lib/server/auth/who.ts": 'import { headers } from "@/lib/server/http/headers";\nexport const who = headers;\n',
  },
  "only-http-and-auth-know-next": {
    "lib/server/store/page.ts": 'import { cookies } from "next/headers";\nexport const page = cookies;\n',
  },
  "commands-and-seed-draw-nothing": {
    "scripts/draw.mjs": 'import { lane } from "../components/timeline/lane";\nexport const draw = lane;\n',
  },
  "seed-makes-documents": {
    "lib/server/auth/who.ts": "export const who = 1;\n",
    "prisma/seed/people.ts": 'import { who } from "@/lib/server/auth/who";\nexport const people = who;\n',
  },
  "product-stays-out-of-tests": {
    "test/database/sample.ts": "export const sample = 1;\n",
    "lib/server/judging/use.ts": 'import { sample } from "@/test/database/sample";\nexport const use = sample;\n',
  },
  "product-uses-no-development-packages": {
    "lib/server/judging/check.ts": 'import fc from "fast-check";\nexport const check = fc;\n',
  },
  "start-needs-no-packages": { "scripts/setup/early.mjs": 'import pg from "pg";\nexport const early = pg;\n' },
  "no-cycles": {
    "lib/domain/hen.ts": 'import { egg } from "./egg";\nexport const hen = () => egg;\n',
    "lib/domain/egg.ts": 'import { hen } from "./hen";\nexport const egg = () => hen;\n',
  },
  "everything-is-found": {
    "lib/server/judging/lost.ts": 'import { gone } from "./gone";\nexport const lost = gone;\n',
  },
};

const roots: string[] = [];

afterEach(() => {
  process.chdir(CHECKOUT);
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

const plant = (...trees: readonly Tree[]): string => {
  const root = mkdtempSync(join(tmpdir(), "doseline-layers-"));
  roots.push(root);
  for (const name of ["tsconfig.json", "package.json"]) cpSync(join(CHECKOUT, name), join(root, name));
  // The cruise reads the alias "@/" from the working directory on.
  process.chdir(root);
  symlinkSync(join(CHECKOUT, "node_modules"), join(root, "node_modules"));
  for (const [file, text] of trees.flatMap((tree) => Object.entries(tree))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
};

/** The names of the rules that a tree breaks. */
const brokenRules = async (root: string): Promise<ReadonlySet<string>> => {
  const { faults } = await cruiseLayers(root);
  return new Set(faults.map((fault) => /: ([a-z-]+)\./.exec(fault)?.[1] ?? fault));
};

test("a clean tree breaks no rule, and every file of it is seen", async () => {
  const { seen, faults } = await cruiseLayers(plant(FOUNDATION));
  expect(faults).toEqual([]);
  expect(seen).toBe(Object.keys(FOUNDATION).length);
});

test.each(Object.entries(PLANTED))("%s", async (rule, violation) => {
  expect([...(await brokenRules(plant(FOUNDATION, violation)))]).toContain(rule);
});

/** Further ways to break a rule: each was seen, or is one step from what was. */
const MORE_PLANTED: readonly (readonly [rule: string, what: string, violation: Tree])[] = [
  [
    "db-knows-no-other-part",
    "db → operations",
    {
      "lib/server/db/again.ts":
        'import { record } from "@/lib/server/operations/entries/record-entries";\nexport const again = record;\n',
    },
  ],
  [
    "nothing-below-knows-operations",
    "command → operations",
    {
      "lib/server/command/again.ts":
        'import { record } from "@/lib/server/operations/entries/record-entries";\nexport const again = record;\n',
    },
  ],
  ...["judging", "signing", "verifying", "exports", "store", "command"].map(
    (folder) =>
      [
        "pages-reach-data-through-operations",
        `app → ${folder}`,
        {
          [`lib/server/${folder}/part.ts`]: "export const part = 1;\n",
          "app/studies/page.tsx": `import { part } from "@/lib/server/${folder}/part";\nexport default part;\n`,
        },
      ] as const,
  ),
  ...["react", "react-dom/server", "next/cache", "next-auth"].map(
    (name) =>
      [
        "only-http-and-auth-know-next",
        `operations → ${name}`,
        { "lib/server/operations/entries/page.ts": `import "${name}";\n` },
      ] as const,
  ),
  [
    "only-http-and-auth-know-next",
    "domain → types of react",
    { "lib/contracts/node.ts": 'import type { ReactNode } from "react";\nexport type Node = ReactNode;\n' },
  ],
  [
    "commands-and-seed-draw-nothing",
    "seed → components",
    {
      "prisma/seed/draw.ts": 'import { lane } from "@/components/timeline/lane";\nexport const draw = lane;\n',
    },
  ],
  [
    "no-cycles",
    "of types alone",
    {
      "lib/domain/hen.ts": 'import type { Egg } from "./egg";\nexport type Hen = { readonly laid: Egg };\n',
      "lib/domain/egg.ts": 'import type { Hen } from "./hen";\nexport type Egg = { readonly from: Hen };\n',
    },
  ],
];

test.each(MORE_PLANTED)("%s: %s", async (rule, _what, violation) => {
  expect([...(await brokenRules(plant(FOUNDATION, violation)))]).toContain(rule);
});

test("what operations of an area share may be imported by each of them", async () => {
  const shared = {
    "lib/server/operations/entries/entry-rows.ts": "export const rows = 1;\n",
    "lib/server/operations/studies/read-study.ts":
      'import { rows } from "../entries/entry-rows";\nexport const read = rows;\n',
    "app/studies/page.tsx":
      'import { read } from "@/lib/server/operations/studies/read-study";\nexport default read;\n',
  };
  expect([...(await brokenRules(plant(FOUNDATION, shared)))]).toEqual([]);
});

test("every rule is proved, and teaches", () => {
  const rules: unknown = createRequire(import.meta.url)(join(CHECKOUT, ".dependency-cruiser.cjs"));
  const { forbidden } = rules as { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] };
  const written = ["operations-do-not-call-operations", ...forbidden.map(({ name }) => name)];
  expect(written.toSorted()).toEqual(Object.keys(PLANTED).toSorted());
  for (const { comment } of forbidden) expect(comment.length).toBeGreaterThan(40);
});
