import * as z from "zod";
import { protocolVersion } from "@/lib/contracts/protocol";
import { answered } from "./support/api";
import { person } from "./support/people";
import type { Subject } from "./support/study-copies";
import { record } from "./support/study-data";
import { expect, test } from "./support/test";

const wasHeldAndIsDosed = ({ history }: Subject): boolean =>
  history.status === "ON_DOSE" &&
  history.openToxicities.length === 0 &&
  history.events.some(({ rules }) => rules.includes("NEUTROPENIA_G3"));

test("an amendment: drafted, checked, tried on what is recorded, signed; from then on it decides", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(wasHeldAndIsDosed);
  const { tag } = subject;
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/protocol`);
  await expect(page.getByText("imported, not signed here").first()).toBeVisible();
  await page.getByRole("link", { name: "Amend the protocol" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amendment: version 2" })).toBeVisible();
  await expect(page.getByText("New groups are not a matter of an amendment.")).toBeVisible();

  // What differs is said while it is typed.
  await expect(page.getByText("Nothing differs from version 1 yet.")).toBeVisible();
  const neutropenia = page.getByRole("region", { name: "Neutropenia" });
  await neutropenia.getByRole("textbox", { name: "Grade 3 below" }).fill("0.2");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The draft was not saved" })).toContainText(
    "neutrophils.grade4Below",
  );
  await neutropenia.getByRole("textbox", { name: "Grade 3 below" }).fill("0.5");
  await expect(page.getByText("1 setting differs from version 1")).toBeVisible();
  await page.getByRole("button", { name: "Save the draft" }).click();

  // What it changes, in words; what stands against it; no signature before it has a reason.
  await expect(page.getByRole("table", { name: "Differences to version 1" })).toContainText(
    "Neutrophils from 0.5 to below 1 × 10⁹/L no longer withhold.",
  );
  const checks = page.getByRole("region", { name: "Checks" });
  await expect(checks).toContainText("The reason is missing");
  await expect(checks).toContainText("the row of grade 3 is never reached");
  await expect(page.getByRole("button", { name: "Sign the amendment" })).toHaveCount(0);
  await page.getByRole("textbox", { name: "Reason" }).fill("Healthy mice of this strain have counts below 1.0");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("button", { name: "Sign the amendment" })).toBeVisible();

  // Before anybody signs: the days that would differ, of this animal too.
  const whatIf = page.getByRole("region", { name: "What if" });
  await whatIf.getByRole("button", { name: "Show the days that would differ" }).click();
  await expect(whatIf.getByText(/animal-days would differ, in \d+ of \d+ animals/)).toBeVisible();
  await expect(whatIf.getByText("Nothing was stored.")).toBeVisible();
  await expect(whatIf.getByRole("row", { name: new RegExp(`^${tag}\\b`) }).first()).toContainText("withheld");

  const signature = page.getByLabel("Your password, again");
  await signature.fill("not the password");
  await page.getByRole("button", { name: "Sign the amendment" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not signed" })).toBeVisible();
  await signature.fill(person("study_director").password);
  await page.getByRole("button", { name: "Sign the amendment" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amendment: version 3" })).toBeVisible();
  await page.goto(`/studies/${code}/protocol`);
  await expect(page.getByText(`Version 2, signed by ${person("study_director").name}`)).toBeVisible();
  await expect(page.getByText("Healthy mice of this strain").first()).toBeVisible();

  // 0.8 held by version 1; by version 2, no more. Each decision opens the version that made it.
  await record(await apiOf("technician"), code, {
    kind: "cbc",
    animal: tag,
    observedAt: new Date().toISOString(),
    neutrophils: { text: "0.80", unit: "K/µL" },
  });
  await page.goto(`/studies/${code}/animals/${tag}`);
  await expect(page.getByText("on dose").first()).toBeVisible();
  await page.getByRole("region", { name: "Decisions" }).getByRole("link", { name: "protocol 1" }).first().click();
  await expect(page).toHaveURL(/\/protocol\?version=1$/);
  await expect(page.getByText(/^Version 1, imported, not signed here; no longer in force/)).toBeVisible();
});

test("a draft that is discarded leaves the version in force; an auditor reads drafts and asks what if", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code } = await studies.withSubject(wasHeldAndIsDosed);
  const director = await apiOf("study_director");
  const inForce = await answered(await director.get(`/api/v1/studies/${code}/protocol`), 200, protocolVersion);
  const draft = { doseUnit: inForce.doseUnit, feverCelsius: 39, resumePolicy: "automatic", reason: "Tried" };
  await answered(await director.put(`/api/v1/studies/${code}/protocol`, draft), 200, z.unknown());

  const auditor = await pageOf("auditor");
  await auditor.goto(`/studies/${code}/protocol?version=2`);
  await expect(auditor.getByText("Not signed: it judges nothing yet.")).toBeVisible();
  await auditor.getByRole("radio", { name: /^CTCAE v6\.0/ }).check();
  await auditor.getByRole("button", { name: "Show the days that would differ" }).click();
  await expect(auditor.getByText("Nothing was stored.")).toBeVisible();
  await auditor.goto(`/studies/${code}/protocol/amend`);
  await expect(auditor.getByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();

  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/protocol`);
  await page.getByRole("link", { name: "Go on with the amendment" }).click();
  await page.getByRole("button", { name: "Discard this draft…" }).click();
  await page.getByRole("button", { name: "Discard the draft", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Protocol" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Version 2" })).toHaveCount(0);
});
