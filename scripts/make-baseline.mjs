// @ts-check
// npm run make:baseline: writes the first migration from prisma/schema.prisma and prisma/sql.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { BASELINE, makeBaseline } from "./database/baseline.mjs";

mkdirSync(dirname(BASELINE), { recursive: true });
writeFileSync(BASELINE, await makeBaseline());
