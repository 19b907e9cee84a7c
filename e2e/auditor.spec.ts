import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { problem } from "@/lib/contracts/problem";
import { answered } from "./support/api";
import { record } from "./support/study-data";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

const reduced = ({ history }: Subject): boolean => history.events.some(({ action }) => action === "RESUME");

test("filters the dose-modification history and downloads exactly these rows", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(reduced);
  const { tag } = subject;
  // One of today, so that the file is not only what was imported.
  await record(await apiOf("technician"), code, {
    kind: "observation",
    animal: tag,
    findings: [{ term: "ANAPHYLAXIS", grade: 2 }],
  });
  const decisions = subject.history.events.length + 1;

  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/board`);
  await page.getByRole("navigation", { name: "Study" }).getByRole("link", { name: "Histories" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dose-modification history" })).toBeVisible();
  const table = page.getByRole("table", { name: "Dose-modification history" });
  expect(await table.getByRole("row").count()).toBeGreaterThan(decisions + 1);

  const filters = page.getByRole("search", { name: "Filter decisions" });
  await filters.getByRole("combobox", { name: "Animal" }).fill(tag);
  await filters.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(new RegExp(`animal=${tag}`));
  await expect(table.getByRole("row")).toHaveCount(decisions + 1);
  await expect(table.getByRole("row").last()).toContainText("DISCONTINUE");
  const head = page.getByRole("region", { name: "These rows" });
  await expect(head).toContainText(`Rows${String(decisions)}`);
  const sha256 = await head.getByRole("code").innerText();

  const downloading = page.waitForEvent("download");
  await head.getByRole("link", { name: "Download CSV" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${code}-dose-modifications-.*\\.csv$`));
  const file = readFileSync(await download.path(), "utf8");
  const tableText = file.slice(file.indexOf("\r\n\r\n") + 4);
  expect(createHash("sha256").update(tableText, "utf8").digest("hex")).toBe(sha256);
  const above = z
    .array(z.array(z.string()))
    .parse(parse(file.slice(0, file.indexOf("\r\n\r\n")), { relax_column_count: true }));
  expect(new Map(above.map(([name, value]) => [name, value])).get("Rows")).toBe(String(decisions));
  const rows = z.array(z.record(z.string(), z.string())).parse(parse(tableText, { columns: true }));
  expect(rows.map((row) => [row["Animal"], row["Action"]])).toEqual([
    ...subject.history.events.map(({ action }) => [tag, action]),
    [tag, "DISCONTINUE"],
  ]);
  // What the screen shows is what the file says, by heading.
  const linesOf = async (row: Locator): Promise<readonly string[]> =>
    (await row.locator("th, td").allInnerTexts()).flatMap((cell) => cell.split("\n").filter((line) => line !== ""));
  const [headings, lines] = await Promise.all([
    linesOf(table.getByRole("row").first()),
    linesOf(table.getByRole("row").last()),
  ]);
  const shown = headings.map((heading, index) => [heading, (lines[index] ?? "").replace("−", "-").replace(/^·$/, "")]);
  expect(lines).toHaveLength(headings.length);
  expect(Object.fromEntries(shown)).toEqual(rows.at(-1));
});

test("reads everything and records nothing", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(reduced);
  const { tag } = subject;
  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();
  await expect(page.getByRole("link", { name: /^(Record|Order)…$/ })).toHaveCount(0);
  await page.goto(`/studies/${code}/record?kind=weight&animal=${tag}`);
  await expect(page.getByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();

  const entry = { id: randomUUID(), kind: "weight", animal: tag, observedAt: new Date().toISOString(), grams: 20 };
  const auditor = await apiOf("auditor");
  for (const path of ["entries", "entries/preview"]) {
    const refusal = await answered(await auditor.post(`/api/v1/studies/${code}/${path}`, entry), 403, problem);
    expect(refusal.code).toBe("FORBIDDEN");
  }
});
