import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Subject } from "./support/study-copies";
import { record } from "./support/study-data";
import { expect, test } from "./support/test";

const onDose = ({ history }: Subject): boolean => history.status === "ON_DOSE" && history.dose.gt(0);

/** The command that anybody runs who has the file and the source: it knows nothing of this server or its database. */
const verify = (file: string) => {
  const { DATABASE_URL: _database, DATABASE_OWNER_URL: _owner, ...env } = process.env;
  return spawnSync(process.execPath, ["scripts/verify.mjs", file], { encoding: "utf8", env });
};

const bundleWithProof = z.looseObject({
  proof: z.looseObject({ events: z.array(z.looseObject({ entryId: z.string().nullable(), sequence: z.number() })) }),
});

test("the auditor's bundle verifies without the server; one changed byte is found and named", async ({
  pageOf,
  studies,
  apiOf,
}, testInfo) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const stored = await record(await apiOf("technician"), code, { kind: "weight", animal: tag, grams: 21.25 });
  const { id } = z.looseObject({ id: z.string() }).parse(stored.entries[0]);

  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/histories`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download bundle" }).click();
  const good = join(testInfo.outputDir, "bundle.json");
  await (await downloading).saveAs(good);
  const checked = verify(good);
  expect(checked.stderr).toBe("");
  expect(checked.stdout).toContain("everything is as it was recorded");
  expect(checked.status).toBe(0);

  const text = readFileSync(good, "utf8");
  const { events } = bundleWithProof.parse(JSON.parse(text)).proof;
  const sequence = events.find(({ entryId }) => entryId === id)?.sequence;
  expect(text).toContain('"grams":21.25');
  const changed = join(testInfo.outputDir, "changed.json");
  writeFileSync(changed, text.replace('"grams":21.25', '"grams":21.35'));
  const found = verify(changed);
  expect(found.status).toBe(1);
  expect(found.stdout + found.stderr).toContain(`animal ${tag}: sequence ${String(sequence)}: changed`);
});
