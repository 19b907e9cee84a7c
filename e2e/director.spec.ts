import { recordScreen } from "./pages/record-screen";
import { person } from "./support/people";
import { record } from "./support/study-data";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

const onDose = ({ history, group }: Subject): boolean =>
  group === "G2" && history.status === "ON_DOSE" && history.dose.eq(5) && history.openToxicities.length === 0;

test("sees a newly withheld animal first, and why; its recovery resumes it one level lower", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const technician = await apiOf("technician");
  await record(technician, code, { kind: "cbc", animal: tag, neutrophils: { text: "0.80", unit: "K/µL" } });

  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/board`);
  const needs = page.getByRole("region", { name: "Needs you" }).getByRole("listitem");
  await expect(needs.first()).toContainText(tag);
  await expect(needs.first()).toContainText("neutrophils 0.8 × 10⁹/L, below 1.0");
  const rows = page.getByRole("table", { name: "Animals of the study" }).getByRole("row");
  await expect(rows.filter({ has: page.getByRole("rowheader") }).nth(1)).toContainText(tag);

  await needs.first().getByRole("link", { name: "Why" }).click();
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();
  await expect(page.getByRole("img", { name: `Dose timeline of ${tag}` })).toBeVisible();
  const decision = page.getByRole("region", { name: "Decisions" }).getByRole("listitem").first();
  await expect(decision).toContainText("Withheld");
  // The condition, its value and its cut-off; and a rule that was not met.
  await expect(decision.getByText("neutrophils 0.8 × 10⁹/L below 1.0 × 10⁹/L").first()).toBeVisible();
  await expect(
    decision.getByText(/Neutropenia, grade 4: neutrophils 0\.8 × 10⁹\/L not below 0\.5 × 10⁹\/L/),
  ).toBeVisible();

  await record(technician, code, { kind: "cbc", animal: tag, neutrophils: { text: "1.42", unit: "K/µL" } });
  await page.reload();
  await expect(decision).toContainText("Resumed at 3.75 mg/kg");
  await expect(decision).toContainText("Dose before hold: 5 mg/kg.");
  await expect(page.getByRole("img", { name: `Dose timeline of ${tag}` })).toContainText("resumed 3.75, was 5");

  await page.goto(`/studies/${code}/board?text=${tag}`);
  await expect(page.getByRole("row", { name: new RegExp(`^${tag}\\b`) })).toContainText("3.75 mg/kg");
});

test("orders a hold and ends it, each with a reason that stays with the decision", async ({ pageOf, studies }) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const page = await pageOf("study_director");
  const screen = recordScreen(page, code);

  await screen.open("order", tag);
  await page.getByRole("radio", { name: /^Withhold/ }).check();
  await expect(screen.consequence).toContainText(`This withholds ${tag}`);
  await screen.save.click();
  const reason = page.getByRole("textbox", { name: /reason|why/i });
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  await reason.fill("Wound at the tail, veterinarian asked");
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText(`This withholds ${tag}`);

  await screen.open("order", tag);
  await page.getByRole("radio", { name: /^Resume/ }).check();
  await page.getByRole("textbox", { name: /or another amount/ }).fill("2.5");
  await page.getByRole("textbox", { name: /reason|why/i }).fill("Wound closed");
  await expect(screen.consequence).toContainText(`This resumes ${tag} at 2.5 mg/kg.`);
  // Ordered and signed in one step; without the password nothing is saved.
  await screen.save.click();
  const password = page.getByLabel("Your password, again");
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await password.fill("not the password");
  await screen.save.click();
  await expect(page.getByText("The password is not right. Type it again.")).toBeVisible();
  await password.fill(person("study_director").password);
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText("2.5 mg/kg");

  await page.goto(`/studies/${code}/animals/${tag}`);
  const decisions = page.getByRole("region", { name: "Decisions" }).locator("> div > ol > li");
  await expect(decisions.nth(0)).toContainText("Resumed at 2.5 mg/kg");
  await expect(decisions.nth(0)).toContainText("by order");
  await expect(decisions.nth(1)).toContainText("Withheld");
  const entries = page.getByRole("region", { name: "Entries" });
  await expect(entries.getByRole("row", { name: /Wound closed/ })).toBeVisible();
  await expect(entries.getByRole("row", { name: /Wound at the tail/ })).toBeVisible();
});
