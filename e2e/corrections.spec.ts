import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { person } from "./support/people";
import type { Subject } from "./support/study-copies";
import { record, storedEntries } from "./support/study-data";
import { settled } from "./support/views";
import { expect, test } from "./support/test";

const onDose = ({ history, group }: Subject): boolean =>
  group === "G2" && history.status === "ON_DOSE" && history.dose.eq(5) && history.openToxicities.length === 0;

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** The row of an entry in the animal's list, by what it says. */
const entryRow = (page: Page, kind: string, says: string) =>
  page.getByRole("table", { name: "Entries" }).getByRole("row").filter({ hasText: kind }).filter({ hasText: says });

const correct = async (page: Page, kind: string, says: string): Promise<void> => {
  await entryRow(page, kind, says)
    .getByRole("link", { name: /^Correct/ })
    .click();
  await expect(page.getByRole("radiogroup", { name: "What to put right" })).toBeVisible();
};

/** A part of a screen that only a written study shows; everything else is in accessibility.spec.ts. */
const expectAccessible = async (page: Page, part: string): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settled(page);
    const axe = new AxeBuilder({ page }).include(part).options({ resultTypes: ["violations"] });
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules(["color-contrast"])).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
      `${colorScheme} ${page.url()}`,
    ).toEqual([]);
  }
};

test("a technician corrects a count, the impact is said first, the director reviews and signs", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  // Three people and two looks by axe: the whole story in one test.
  test.slow();
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const technician = await apiOf("technician");
  const typed = { text: "1.93", unit: "K/µL" };
  await record(technician, code, { kind: "cbc", animal: tag, observedAt: minutesAgo(9), neutrophils: typed });
  await record(technician, code, { kind: "dose", animal: tag, observedAt: minutesAgo(5), amount: 5 });

  const page = await pageOf("technician");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await correct(page, "CBC", "1.93");
  const form = page.getByRole("form", { name: "Correction" });
  await expect(form.getByRole("textbox", { name: "Neutrophils" })).toHaveValue("1.93");
  await form.getByRole("textbox", { name: "Neutrophils" }).fill("0.93");
  const impact = form.getByRole("status").filter({ hasText: "This changes what was decided" });
  await expect(impact).toContainText("No such decision stood.");
  await expect(impact).toContainText("neutrophils 0.93 × 10⁹/L, below 1.0");
  await expect(impact).toContainText("One dose was given meanwhile");
  await expect(impact).toContainText("In force by what was decided then: 5 mg/kg; by what stands now: 0 mg/kg.");

  await expectAccessible(page, "form[aria-label=Correction]");
  const before = await storedEntries(await apiOf("auditor"), code, tag);
  await form.getByRole("button", { name: "Save the correction" }).click();
  await expect(form.getByLabel("What was wrong")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("What was wrong").selectOption({ label: "Written down wrongly" });
  await form.getByLabel("Note").fill("1.93 was read for 0.93");
  await form.getByRole("button", { name: "Save the correction" }).click();
  await expect(form).toHaveCount(0);
  const row = entryRow(page, "CBC", "0.93");
  await expect(row.locator("s")).toContainText("1.93");
  await expect(row).toContainText("Written down wrongly: 1.93 was read for 0.93");
  await expect(row).toContainText(`by ${person("technician").name}`);
  const after = await storedEntries(await apiOf("auditor"), code, tag);
  expect(after.length).toBe(before.length + 1);
  expect(after.at(-1)).toMatchObject({ kind: "cbc", neutrophils: 0.93, reasonCode: "TRANSCRIPTION" });

  const director = await pageOf("study_director");
  await director.goto(`/studies/${code}/board`);
  const needs = director.getByRole("region", { name: "Needs you" });
  await expect(needs).toContainText("1 review waits");
  await needs.getByRole("link", { name: "Review", exact: true }).click();
  const waiting = director.getByRole("region", { name: "Waiting for the study director" });
  await expect(waiting).toContainText("This changed what was decided");
  await expect(waiting).toContainText("One dose was given meanwhile; what was given stays as it is.");
  await waiting.getByRole("checkbox", { name: new RegExp(`^Decide ${tag}`) }).check();
  await expectAccessible(director, "#content");
  await waiting.getByRole("button", { name: "Sign 1 decision" }).click();
  await expect(waiting.getByText(`Say what you decide about ${tag}`)).toBeVisible();
  await waiting
    .getByRole("textbox", { name: /^Your decision about/ })
    .fill("The dose stands as given; withheld from now on");
  await waiting.getByLabel("Your password, again").fill(person("study_director").password);
  await waiting.getByRole("button", { name: "Sign 1 decision" }).click();
  await expect(director.getByText("Nothing waits for a decision")).toBeVisible();
  const decided = director.getByRole("region", { name: "Decided" });
  await expect(decided).toContainText("The dose stands as given; withheld from now on");
  await expect(decided).toContainText(`Signed by ${person("study_director").name}`);
  await director.goto(`/studies/${code}/board`);
  await expect(director.getByRole("region", { name: "Needs you" })).not.toContainText("review waits");
});

test("a count of another animal is voided here and recorded there in one step; a void takes its decision back", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  // With two looks by axe.
  test.slow();
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const technician = await apiOf("technician");
  const low = { text: "0.71", unit: "K/µL" };
  await record(technician, code, { kind: "cbc", animal: tag, observedAt: minutesAgo(9), neutrophils: low });
  const page = await pageOf("technician");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await correct(page, "CBC", "0.71");
  await page.getByRole("radio", { name: "Another animal" }).check();
  const form = page.getByRole("form", { name: "Another animal" });
  const other = (await form.getByLabel("It belongs to").locator("option").nth(1).getAttribute("value")) ?? "";
  await form.getByLabel("It belongs to").selectOption(other);
  const impacts = form.getByRole("status");
  await expect(impacts).toContainText("This changes what was decided");
  await expect(impacts).toContainText(other);
  await expectAccessible(page, "form[aria-label='Another animal']");
  await form.getByLabel("Note").fill("Tubes were exchanged");
  await form.getByRole("button", { name: `Void here, record for ${other}` }).click();
  await expect(entryRow(page, "CBC", "0.71")).toContainText("voided");
  await expect(entryRow(page, "CBC", "0.71")).toContainText(`Belongs to ${other}: Tubes were exchanged`);
  const there = await storedEntries(await apiOf("auditor"), code, other);
  expect(there.at(-1)).toMatchObject({ kind: "cbc", neutrophils: 0.71, reasonCode: "WRONG_ANIMAL" });
});

test("two correct the same count: the second sees what stands, and what was typed is kept; what was taken back says so", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  // With two looks by axe.
  test.slow();
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const technician = await apiOf("technician");
  const observedAt = minutesAgo(9);
  const count = (text: string) => ({ kind: "cbc", animal: tag, observedAt, neutrophils: { text, unit: "K/µL" } });
  const why = { reasonCode: "TRANSCRIPTION", reason: "Misread" };
  const [first] = (await record(technician, code, count("1.93"))).entries;

  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await correct(page, "CBC", "1.93");
  const form = page.getByRole("form", { name: "Correction" });
  await expect(form).toContainText("stands: 1.93 K/µL");
  await form.getByLabel("What was wrong").selectOption({ label: "Instrument or laboratory was wrong" });
  await form.getByLabel("Note").fill("Repeated in duplicate");
  await form.getByRole("button", { name: "Save the correction" }).click();
  await expect(form.getByRole("alert")).toContainText("Nothing differs from what stands");

  const [second] = (await record(technician, code, { ...count("1.54"), corrects: first?.id, ...why })).entries;
  await form.getByRole("textbox", { name: "Neutrophils" }).fill("0.93");
  await form.getByRole("button", { name: "Save the correction" }).click();
  await expect(form.getByRole("alert").first()).toContainText("corrected or voided since it was opened here");
  await form.getByRole("button", { name: "Show what stands now" }).click();
  await expect(form).toContainText("stands: 1.54 K/µL");
  await expect(form.getByRole("textbox", { name: "Neutrophils" })).toHaveValue("0.93");
  await expect(form.getByLabel("Note")).toHaveValue("Repeated in duplicate");
  await form.getByRole("button", { name: "Save the correction" }).click();
  await expect(form).toHaveCount(0);
  await expect(entryRow(page, "CBC", "0.93").locator("s")).toContainText(["1.54", "1.93"]);
  const day = page
    .getByRole("table", { name: "Measurements by study day" })
    .getByRole("row")
    .filter({ hasText: "0.93" });
  await expect(day.locator("s").first()).toHaveAttribute(
    "title",
    new RegExp(`^corrected .* by ${person("study_director").name}`),
  );

  const [third] = (await storedEntries(await apiOf("auditor"), code, tag)).slice(-1);
  expect(third).toMatchObject({ neutrophils: 0.93, corrects: second?.id });
  await record(await apiOf("study_director"), code, { ...count("1.54"), corrects: third?.id, ...why });
  await page.goto(`/studies/${code}/reviews`);
  const waiting = page.getByRole("region", { name: "Waiting for the study director" });
  await expect(waiting).toContainText("Taken back since.");
  await expect(waiting).toContainText("together the changes leave every decision as it was");
  await expectAccessible(page, "#content");
});

test("a technician corrects nobody else's entry; a wrong tag is put right, and its old address leads on", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag, lastGrams } = subject;
  await record(await apiOf("study_director"), code, { kind: "weight", animal: tag, grams: lastGrams });
  const technician = await pageOf("technician");
  await technician.goto(`/studies/${code}/animals/${tag}`);
  const table = technician.getByRole("table", { name: "Entries" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  await expect(table.getByRole("link", { name: /^Correct/ })).toHaveCount(0);

  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/animals/${tag}`);
  await expect(
    page
      .getByRole("table", { name: "Entries" })
      .getByRole("link", { name: /^Correct/ })
      .first(),
  ).toBeVisible();
  await page.getByRole("region", { name: "The animal's own record" }).getByRole("link", { name: "Change…" }).click();
  const form = page.getByRole("form", { name: "Change the record" });
  await expectAccessible(page, "#own-record");
  await form.getByRole("textbox", { name: "Tag" }).fill(`${tag}-R`);
  await form.getByRole("textbox", { name: "Cage" }).fill("C99");
  await form.getByRole("textbox", { name: "Why it is changed" }).fill("Ear mark read again");
  await form.getByRole("button", { name: "Change the record" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${tag}-R` })).toBeVisible();
  const changes = page.getByRole("table", { name: "Changes of the animal's own record" });
  await expect(changes).toContainText("Ear mark read again");
  await expect(changes.locator("s").first()).toContainText(tag);
  await page.goto(`/studies/${code}/animals/${tag}`);
  await expect(page).toHaveURL(new RegExp(`/animals/${tag}-R`));
});
