import type { Page } from "@playwright/test";
import { recordScreen } from "./pages/record-screen";
import { person } from "./support/people";
import { storedEntries } from "./support/study-data";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

const onDose = ({ history, group }: Subject): boolean =>
  group === "G2" && history.status === "ON_DOSE" && history.dose.eq(5) && history.openToxicities.length === 0;
const withheld = ({ history, group }: Subject): boolean => group === "G4" && history.status === "WITHHELD";

const RECORDING = (url: URL): boolean => url.pathname.endsWith("/entries");

/** How often the page asked the server to record. */
const countRecordings = (page: Page): (() => number) => {
  let count = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && RECORDING(new URL(request.url()))) count += 1;
  });
  return () => count;
};

test("signs in where the work is, and is told what a grade 3 count does before saving it", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const page = await pageOf(null);
  const { email, password } = person("technician");

  await page.goto(`/studies/${code}/record?kind=cbc&animal=${tag}`);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Email and password do not match")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();

  const screen = recordScreen(page, code);
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();
  await screen.value("Neutrophils").fill("0.80");
  await screen.value("Platelets").fill("790");
  await expect(screen.consequence).toContainText(`This withholds ${tag}, now on 5 mg/kg.`);
  await expect(screen.consequence).toContainText("neutrophils 0.8 × 10⁹/L, below 1.0 (grade 3, CTCAE v5.0");
  await expect(screen.consequence).toContainText("Resumes at 3.75 mg/kg when neutrophils ≥ 1.0.");

  const before = await storedEntries(await apiOf("auditor"), code, tag);
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText(`This withholds ${tag}`);
  await expect(page.getByRole("link", { name: new RegExp(`^${tag}\\b.*withheld`) })).toBeVisible();

  const after = await storedEntries(await apiOf("auditor"), code, tag);
  expect(after.length).toBe(before.length + 1);
  expect(after.at(-1)).toMatchObject({
    kind: "cbc",
    recordedBy: email,
    neutrophils: 0.8,
    reported: { neutrophils: { text: "0.80" } },
  });
});

test("what is sent twice, or whose answer is lost, is stored once", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag, lastGrams } = subject;
  const page = await pageOf("technician");
  const screen = recordScreen(page, code);
  const recordings = countRecordings(page);
  const before = await storedEntries(await apiOf("auditor"), code, tag);

  await screen.open("weight", tag);
  await screen.value("Body weight").fill(String(lastGrams));
  await screen.save.dblclick();
  await expect(screen.receipt(tag)).toContainText(`${String(lastGrams)} g`);
  expect(recordings()).toBe(1);

  await screen.open("cbc", tag);
  await screen.value("Neutrophils").fill("2.31");
  await expect(screen.consequence).toContainText(`stays on 5 mg/kg`);
  // The network is gone; then it is there, and the answer gets lost on its way back.
  await page.route(RECORDING, (route) => route.abort());
  await screen.save.click();
  await expect(page.getByText("No answer from the server.")).toBeVisible();
  await expect(screen.value("Neutrophils")).toHaveValue("2.31");
  await page.unroute(RECORDING);
  await page.route(RECORDING, async (route) => {
    expect((await route.fetch()).status()).toBe(201);
    await route.abort();
  });
  await screen.save.click();
  await expect(page.getByText("No answer from the server.")).toBeVisible();
  await page.unroute(RECORDING);

  // Not even a closed tab loses it, nor makes it a second one.
  await screen.open("cbc", tag);
  await expect(screen.value("Neutrophils")).toHaveValue("2.31");
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText("2.31");
  expect(recordings()).toBe(4);

  const after = await storedEntries(await apiOf("auditor"), code, tag);
  expect(after.slice(before.length).map(({ kind }) => kind)).toEqual(["weight", "cbc"]);
});

test("what arrives late does not bring back the animal that was left", async ({ pageOf, studies }) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag, lastGrams } = subject;
  const page = await pageOf("technician");
  const screen = recordScreen(page, code);
  await screen.open("weight", tag);

  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/recording-sheet", async (route) => {
    await held;
    await route.continue();
  });
  await screen.value("Body weight").fill(String(lastGrams));
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText(`${String(lastGrams)} g`);
  await page.getByRole("textbox", { name: "Scan or type a tag" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: tag })).toHaveCount(0);
  const arrived = page.waitForResponse(/recording-sheet$/);
  letThrough();
  await (await arrived).finished();
  await expect(page.getByRole("heading", { level: 1, name: tag })).toHaveCount(0);
  expect(new URL(page.url()).searchParams.get("animal")).not.toBe(tag);
});

test("an unlikely weight asks for a second reading, an impossible one is refused", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag, lastGrams } = subject;
  const page = await pageOf("technician");
  const screen = recordScreen(page, code);
  const recordings = countRecordings(page);
  await screen.open("weight", tag);
  const weight = screen.value("Body weight");

  await weight.fill("0.2");
  await screen.save.click();
  await expect(weight).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Body weight 0.2 g is not possible in a mouse").first()).toBeVisible();
  expect(recordings()).toBe(0);

  const slip = (lastGrams / 10).toFixed(2);
  await weight.fill(slip);
  await weight.press("Enter");
  await expect(page.getByText("Weigh again and enter the second reading.")).toBeVisible();
  await expect(weight).toHaveValue("");
  await weight.fill(lastGrams.toFixed(1));
  await expect(page.getByText(`First reading ${slip} g, kept.`)).toBeVisible();
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText(`${lastGrams.toFixed(1)} g`);
  expect(recordings()).toBe(1);

  const stored = await storedEntries(await apiOf("auditor"), code, tag);
  expect(stored.at(-1)).toMatchObject({ kind: "weight", grams: Number(lastGrams.toFixed(1)) });
  expect(JSON.stringify(stored.at(-1))).toContain(slip);
});

test("a withheld animal is not dosed by accident; a dose that was given needs its reason", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(withheld);
  const { tag } = subject;
  const page = await pageOf("technician");
  const screen = recordScreen(page, code);
  const recordings = countRecordings(page);
  await screen.open("dose", tag);

  await expect(page.getByText(`${tag} is not to be dosed.`)).toBeVisible();
  await page.getByRole("button", { name: "A dose was given…" }).click();
  await page.getByRole("textbox", { name: "Dose given" }).fill("10");
  await expect(page.getByText(`This dose is a deviation: ${tag} is withheld.`)).toBeVisible();
  await screen.save.click();
  const reason = page.getByRole("textbox", { name: /^Why was it given/ });
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  expect(recordings()).toBe(0);

  await reason.fill("Syringe of the neighbouring cage");
  await screen.save.click();
  await expect(screen.receipt(tag)).toContainText("Recorded as a deviation");
  expect((await storedEntries(await apiOf("auditor"), code, tag)).at(-1)).toMatchObject({
    kind: "dose",
    amount: 10,
    deviation: { reason: "Syringe of the neighbouring cage" },
  });

  const director = await pageOf("study_director");
  await director.goto(`/studies/${code}/animals/${tag}`);
  const entries = director.getByRole("region", { name: "Entries" });
  await expect(entries.getByRole("row", { name: /Syringe of the neighbouring cage/ })).toBeVisible();
});
