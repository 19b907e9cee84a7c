import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import * as z from "zod";
import { problem } from "@/lib/contracts/problem";
import { signatureList } from "@/lib/contracts/signatures";
import { answered } from "./support/api";
import { person } from "./support/people";
import { record } from "./support/study-data";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

const onDose = ({ history, group }: Subject): boolean =>
  group === "G2" && history.status === "ON_DOSE" && history.dose.eq(5) && history.openToxicities.length === 0;

const { name: director, password } = person("study_director");

const openSignatures = (page: Page, code: string) => page.goto(`/studies/${code}/signatures`);

const weightEntry = (animal: string) => ({
  id: randomUUID(),
  animal,
  kind: "weight",
  observedAt: new Date(Date.now() - 1000).toISOString(),
  grams: 21,
});

test("reads what waits as one list and signs it with one password; a correction breaks that signature", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const api = await apiOf("study_director");
  const technician = await apiOf("technician");
  const reason = "Tumour ulcerated, veterinarian asked";
  await record(technician, code, {
    kind: "dose",
    animal: tag,
    amount: 2.5,
    deviation: { reason: "Half of the syringe was lost" },
  });
  const set = { id: randomUUID(), kind: "order", animal: tag, action: "SET_DOSE", dose: 3.75, reason };
  await record(api, code, set);

  // Who does not sign reads the same list without boxes.
  const reader = await pageOf("auditor");
  await openSignatures(reader, code);
  const waiting = reader.getByRole("form", { name: "What waits for a signature" });
  await expect(waiting.getByRole("row", { name: new RegExp(reason, "u") })).toContainText("set dose to 3.75 mg/kg");
  await expect(waiting.getByRole("checkbox")).toHaveCount(0);

  const page = await pageOf("study_director");
  await openSignatures(page, code);
  const form = page.getByRole("form", { name: "What waits for a signature" });
  await expect(form).toContainText("2.5 mg/kg given: dose differs from prescribed dose");
  await form.getByRole("button", { name: "Sign what is chosen" }).click();
  await expect(form.getByRole("alert")).toContainText("Choose what you sign");
  await form.getByRole("checkbox", { name: "All of dosing deviations" }).check();
  await form.getByRole("checkbox", { name: `Sign ${tag}: set dose to 3.75 mg/kg` }).check();
  await form.getByLabel("Your password, again").fill("not the password");
  await form.getByRole("button", { name: "Sign 2 items" }).click();
  await expect(form.getByRole("alert")).toContainText("The password is not right");
  await form.getByLabel("Your password, again").fill(password);
  await form.getByRole("button", { name: "Sign 2 items" }).click();
  await expect(page.getByText("Nothing waits for a signature")).toBeVisible();
  const signed = page.getByRole("region", { name: /^Signatures/u }).getByRole("listitem");
  await expect(signed.filter({ hasText: reason })).toContainText(`Signed by ${director}`);
  await expect(signed.filter({ hasText: reason })).toContainText("signed in a list");
  await expect(signed.filter({ hasText: "Half of the syringe" })).toContainText("Reviewed; reason accepted");

  const corrected = { ...set, id: randomUUID(), dose: 2.5, corrects: set.id, reasonCode: "TRANSCRIPTION" };
  await record(api, code, corrected);
  await page.reload();
  const broken = signed.filter({ hasText: "Signature broken by a later change" });
  await expect(broken).toHaveCount(1);
  await expect(broken).toContainText(corrected.id);
  // Where the entry stands, the signature stands with it.
  await page.goto(`/studies/${code}/animals/${tag}`);
  const entries = page.getByRole("region", { name: "Entries" });
  await expect(entries).toContainText("Signature broken by a later change");
  await expect(entries).toContainText("to be signed");
});

test("locks a study: nobody enters anything, on any way, until it is unlocked with a reason", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const page = await pageOf("study_director");
  const technician = await apiOf("technician");
  await openSignatures(page, code);
  const life = page.getByRole("region", { name: "Life of the study" });
  await life.getByText("Lock the study…").click();
  await life.getByLabel("Your password, again").fill(password);
  await life.getByRole("button", { name: "Sign and lock the study" }).click();
  await expect(life.getByRole("alert")).toContainText("Why it is locked is missing");
  await life.getByRole("textbox", { name: "Why it is locked" }).fill("Last animal off study, data reviewed");
  await life.getByLabel("Your password, again").fill(password);
  await life.getByRole("button", { name: "Sign and lock the study" }).click();
  await expect(life).toContainText("Locked.");
  await expect(life).toContainText("Last animal off study, data reviewed");

  for (const path of ["board", "animals", "animals/new", `animals/${tag}`, "protocol", "record"]) {
    await page.goto(`/studies/${code}/${path}`);
    await expect(page.getByRole("banner").getByText("This study is locked."), path).toBeVisible();
    const offers = /^(?:Order…|Record…|Correct |Change…|Register animals|Amend the protocol)/u;
    await expect(page.getByRole("main").getByRole("link", { name: offers }), path).toHaveCount(0);
  }
  await expect(page.getByRole("form", { name: /of/ })).toHaveCount(0);
  const address = `/api/v1/studies/${code}`;
  const refused = await answered(await technician.post(`${address}/entries`, weightEntry(tag)), 409, problem);
  expect(refused.code).toBe("STUDY_LOCKED");
  expect(refused.detail).toContain("unlock it, with a reason");
  const members = { email: person("technician").email, roles: ["technician"] };
  expect(
    (await answered(await (await apiOf("administrator")).put(`${address}/members`, members), 409, problem)).code,
  ).toBe("STUDY_LOCKED");
  // It is read and exported as before.
  await answered(await (await apiOf("auditor")).get(`${address}/bundle`), 200, z.unknown());

  await openSignatures(page, code);
  await life.getByText("Unlock the study…").click();
  await life.getByRole("textbox", { name: "Why it is opened again" }).fill("A late histology result");
  await life.getByLabel("Your password, again").first().fill(password);
  await life.getByRole("button", { name: "Sign and unlock the study" }).click();
  await expect(life).toContainText("Active.");
  await expect(page.getByText("This study is locked.")).toHaveCount(0);
  await record(technician, code, weightEntry(tag));
  const { signatures } = await answered(await technician.get(`${address}/signatures`), 200, signatureList);
  expect(signatures.map(({ subjectKind, intact }) => [subjectKind, intact])).toEqual([
    ["lock", false],
    ["unlock", true],
  ]);
});
