import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { answered } from "./support/api";
import { person } from "./support/people";
import type { Subject } from "./support/study-copies";
import { record } from "./support/study-data";
import { expect, test } from "./support/test";
import * as z from "zod";

const onDose = ({ history }: Subject): boolean =>
  history.status === "ON_DOSE" && history.dose.gt(0) && history.openToxicities.length === 0;

/** A count that withholds, and its correction by the same hand: what two instants tell apart, and an auditor looks at. */
const misread = async (
  technician: Parameters<typeof record>[0],
  code: string,
  animal: string,
): Promise<{ readonly heldAt: string; readonly correctedId: string }> => {
  const observedAt = new Date(Date.now() - 60_000).toISOString();
  const low = await record(technician, code, { kind: "cbc", animal, observedAt, neutrophils: 0.4, platelets: 900 });
  const held = z.looseObject({ id: z.string(), recordedAt: z.string() }).parse(low.entries[0]);
  const corrected = await record(technician, code, {
    kind: "cbc",
    animal,
    observedAt,
    neutrophils: 2.4,
    platelets: 900,
    corrects: held.id,
    reasonCode: "TRANSCRIPTION",
    reason: "2.4 read as 0.4",
  });
  return { heldAt: held.recordedAt, correctedId: z.looseObject({ id: z.string() }).parse(corrected.entries[0]).id };
};

test("an auditor sees both stories: as known then, now, and what one entry changed", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const { heldAt } = await misread(await apiOf("technician"), code, tag);

  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/animals/${tag}?asKnownAt=${encodeURIComponent(heldAt)}`);
  const band = page.getByRole("note", { name: "As known" });
  await expect(band).toContainText(/^As known on .+ · today's data are not shown/u);
  await expect(page.getByText(/^withheld since day \d+, 0 d$/u)).toBeVisible();

  // The instant stays in the address over the pages of the study.
  await page.getByRole("navigation", { name: "Study" }).getByRole("link", { name: "Board" }).click();
  await expect(page).toHaveURL(/\/board\?asKnownAt=/u);
  await expect(band).toBeVisible();
  await expect(page.getByRole("link", { name: "Order…" })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Study" }).getByRole("link", { name: "Histories" }).click();
  await expect(band).toBeVisible();
  const sha256 = await page.getByRole("region", { name: "These rows" }).getByRole("code").innerText();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = readFileSync(await (await downloading).path(), "utf8");
  expect(
    createHash("sha256")
      .update(file.slice(file.indexOf("\r\n\r\n") + 4))
      .digest("hex"),
  ).toBe(sha256);
  expect(file).toContain("As known at");

  await band.getByRole("link", { name: "Back to now" }).click();
  await expect(page).not.toHaveURL(/asKnownAt/u);
  await expect(band).toHaveCount(0);

  await page.goto(`/studies/${code}/animals/${tag}`);
  const corrected = page
    .getByRole("table", { name: "Entries" })
    .getByRole("row")
    .filter({ hasText: "2.4 read as 0.4" });
  await corrected
    .getByText("corrected", { exact: false })
    .getByRole("link", { name: "What did it change?" })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "What changed" })).toBeVisible();
  const decisions = page.getByRole("table", { name: `Decisions of ${tag} that differ` });
  await expect(decisions.locator("s")).toContainText("Withheld");
  await expect(decisions).toContainText("Correction of a CBC");
  await expect(page.getByRole("table", { name: `Records of ${tag} that differ` })).toContainText("2.4 read as 0.4");
});

test("nothing is recorded from a page of the past", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { heldAt } = await misread(await apiOf("technician"), code, subject.tag);
  const past = `asKnownAt=${encodeURIComponent(heldAt)}`;
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/animals/${subject.tag}?${past}`);
  await expect(page.getByRole("note", { name: "As known" })).toBeVisible();
  for (const name of [/^Record…$/u, /^Order…$/u, /^Correct/u, /^Void/u, /^Change/u])
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Study" }).getByRole("link", { name: "Record" }).click();
  await expect(page.getByText("Nothing can be recorded in the past")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

test("the trail says who changed what; the auditor reviews the exception and signs", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const { correctedId } = await misread(await apiOf("technician"), code, tag);

  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/board`);
  await page.getByRole("navigation", { name: "Study" }).getByRole("link", { name: "Audit" }).click();
  const filters = page.getByRole("search", { name: "Filter events" });
  await filters.getByRole("combobox", { name: "Animal" }).fill(tag);
  await filters.getByRole("combobox", { name: "Kind" }).selectOption("ENTRY_CORRECTED");
  await filters.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/kind=ENTRY_CORRECTED/u);
  const event = page.getByRole("table", { name: "Audit trail" }).getByRole("row").nth(1);
  await expect(event).toContainText(correctedId);
  await expect(event).toContainText(person("technician").email);
  await expect(event.getByText("Neutrophils", { exact: true }).locator("xpath=..")).toContainText(
    "0.4 × 10⁹/L → 2.4 × 10⁹/L",
  );
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = readFileSync(await (await downloading).path(), "utf8");
  const table = file.slice(file.indexOf("\r\n\r\n") + 4);
  const above = new Map(
    z
      .array(z.array(z.string()))
      .parse(parse(file.slice(0, file.indexOf("\r\n\r\n"))))
      .map(([name, value]) => [name, value]),
  );
  expect(above.get("Filters")).toBe(`Animal ${tag}; Kind ENTRY_CORRECTED`);
  expect(above.get("SHA-256 of the table below")).toBe(createHash("sha256").update(table).digest("hex"));

  await page.goto(`/studies/${code}/audit`);
  await page.getByRole("link", { name: "Review by exception" }).click();
  const first = page
    .getByRole("table", { name: "Exceptions" })
    .getByRole("row")
    .filter({ hasText: "neutropenia grade 4 was corrected" });
  await first.getByRole("checkbox").check();
  await page.getByRole("textbox", { name: "What you found" }).fill("The analyser's print-out says 2.4");
  await page.getByRole("textbox", { name: "Your password, again" }).fill(person("auditor").password);
  await page.getByRole("button", { name: "Sign the review" }).click();
  await expect(first).toHaveCount(0);
  const shown = page.getByRole("search", { name: "Filter exceptions" });
  await shown.getByRole("combobox", { name: "Show" }).selectOption("Reviewed");
  await shown.getByRole("button", { name: "Filter" }).click();
  await expect(first).toContainText(person("auditor").name);
  const coverage = page
    .getByRole("table", { name: "Coverage" })
    .getByRole("row", { name: /^Corrected after grade 3/u });
  await expect(coverage).toContainText("1 of 1");
  await expect(coverage).toContainText(`${person("auditor").name} 1`);
  const reviewed = await answered(
    await (await apiOf("auditor")).get(`/api/v1/studies/${code}/audit?kind=AUDIT_REVIEWED`),
    200,
    z.looseObject({ events: z.array(z.looseObject({ reason: z.string().nullable() })) }),
  );
  expect(reviewed.events.map(({ reason }) => reason)).toEqual(["The analyser's print-out says 2.4"]);
});

test("who an animal was: its cage and tag of then on its page, the board and in the histories, by the picker's steps", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const director = await apiOf("study_director");
  const change = (of: string, fields: object) =>
    director.post(`/api/v1/studies/${code}/animals/${of}/changes`, {
      id: randomUUID(),
      reason: "Read from the cage card",
      ...fields,
    });
  await answered(await change(tag, { cage: "Z9", room: "9" }), 201, z.unknown());
  await answered(await change(tag, { tag: "X999" }), 201, z.unknown());

  const page = await pageOf("auditor");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await expect(page).toHaveURL(/\/animals\/X999$/u);
  await expect(page.getByRole("heading", { level: 1, name: "X999" })).toBeVisible();
  const asked = page.getByRole("form", { name: "What was known" });
  await asked.getByRole("link", { name: /^Before / }).click();
  await expect(page).toHaveURL(new RegExp(`/animals/${tag}\\?asKnownAt=`, "u"));
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();
  await expect(page.getByText(/cage Z9 · room 9/u)).toBeVisible();
  await asked.getByRole("link", { name: /^Before / }).click();
  await expect(page.getByText(/cage Z9/u)).toHaveCount(0);
  await asked.getByRole("link", { name: /^Next: / }).click();
  await expect(page.getByText(/cage Z9 · room 9/u)).toBeVisible();

  const study = page.getByRole("navigation", { name: "Study" });
  await study.getByRole("link", { name: "Board" }).click();
  const board = page.getByRole("table", { name: "Animals of the study" });
  await expect(board).toContainText(tag);
  await expect(board).not.toContainText("X999");
  await study.getByRole("link", { name: "Animals" }).click();
  await expect(page.getByRole("row").filter({ hasText: tag })).toContainText("Z9");
  await study.getByRole("link", { name: "Histories" }).click();
  const history = page.getByRole("table", { name: "Dose-modification history" });
  await expect(history).toContainText(tag);
  await expect(history).not.toContainText("X999");

  await page.getByRole("note", { name: "As known" }).getByRole("link", { name: "Back to now" }).click();
  await expect(history).toContainText("X999");
  await page.goto(`/studies/${code}/histories?animal=${tag}`);
  await expect(history).toContainText("X999");

  const from = new Date(Date.now() - 3_600_000).toISOString();
  await page.goto(`/studies/${code}/changes?from=${encodeURIComponent(from)}`);
  const own = page.getByRole("table", { name: "Values of the own record of X999 that differ" });
  await expect(own.getByRole("row", { name: /^Tag /u })).toContainText(tag);
  await expect(own.getByRole("row", { name: /^Cage /u })).toContainText("Read from the cage card");
});

test("an instant that is still to come, or no time, is said; the page shows now", async ({ pageOf, studies }) => {
  const { code } = await studies.toLookAt();
  const page = await pageOf("auditor");
  const band = page.getByRole("note", { name: "As known" });
  await page.goto(`/studies/${code}/board?asKnownAt=2999-01-01T00:00:00Z`);
  await expect(band).toContainText("still to come");
  await expect(page.getByRole("table", { name: "Animals of the study" })).toBeVisible();
  await page.goto(`/studies/${code}/board?asKnownAt=yesterday`);
  await expect(band).toContainText("is no date and time on the clock of");
  const refused = await page.request.get(`/api/v1/studies/${code}/bundle?asKnownAt=2999-01-01T00:00:00Z`);
  expect(refused.status()).toBe(422);
  expect(await refused.text()).toContain("still to come");
  await page.goto(`/studies/${code}/board?asKnownAt=1999-01-01T00:00:00Z`);
  await expect(band).toContainText("As known on 1 Jan 1999");
});
