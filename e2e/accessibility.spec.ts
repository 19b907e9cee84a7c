import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Role } from "@/lib/domain/access/permissions";
import { answered } from "./support/api";
import { pageFiles, PAGES } from "./support/pages";
import { person } from "./support/people";
import { record } from "./support/study-data";
import { type LookedAt, newCode } from "./support/study-copies";
import { expectAccessible } from "./support/expect-accessible";
import { expect, test } from "./support/test";
import * as z from "zod";

type Visit = {
  readonly name: string;
  /** Below app/; null: a state of a page that is visited as well, or none of ours. */
  readonly file: string | null;
  readonly role: Role | null;
  readonly address: (place: LookedAt) => string;
  /** What is done there before looking. */
  readonly then?: (page: Page) => Promise<void>;
};

const pageVisit = (file: string, role: Role | null): Visit => {
  const page = PAGES[file];
  if (page === undefined) throw new Error(`There is no page ${file}`);
  return { name: file, file, role, address: page.address };
};

type Then = NonNullable<Visit["then"]>;

/** A state of a page of the study. */
const stateVisit = (name: string, role: Role, path: (place: LookedAt) => string, then?: Then): Visit => ({
  name,
  file: null,
  role,
  address: (place) => `/studies/${place.code}/${path(place)}`,
  ...(then === undefined ? {} : { then }),
});

const recording =
  (kind: string) =>
  ({ onDose }: LookedAt): string =>
    `record?kind=${kind}&animal=${onDose}`;

/** Types a value and waits for what saving it would do. */
const typed =
  (label: string, value: string): Then =>
  async (page) => {
    await page.getByRole("textbox", { name: label }).fill(value);
    await expect(page.getByRole("form").getByRole("status").first()).toContainText(/This |Changes |Is recorded/);
  };

const openReason: Then = async (page) => {
  await page.getByText("Why", { exact: true }).first().click();
  await expect(page.getByText(/^Protocol version \d+ · Rule set \S+ · CTCAE v/).first()).toBeVisible();
};
const openFinder: Then = async (page) => {
  await page.getByRole("button", { name: /^Find an animal/ }).click();
  await page.getByRole("combobox", { name: "Find an animal" }).fill("M0");
};
const askWhatIf: Then = async (page) => {
  await page.getByRole("button", { name: "Show the days that would differ" }).click();
  await expect(page.getByText("Nothing was stored.")).toBeVisible();
};
const signInWithNothing: Then = async (page) => {
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveAttribute("aria-invalid", "true");
};

const FORTY_DAYS_MS = 40 * 86_400_000;
const fortyDaysAgo = (): string => new Date(Date.now() - FORTY_DAYS_MS).toISOString();

const VISITS: readonly Visit[] = [
  pageVisit("(auth)/sign-in/page.tsx", null),
  pageVisit("page.tsx", "study_director"),
  pageVisit("(workspace)/studies/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/new/page.tsx", "administrator"),
  pageVisit("(workspace)/studies/[code]/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/board/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/animals/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/animals/new/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/animals/[tag]/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/reviews/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/record/page.tsx", "technician"),
  pageVisit("(workspace)/studies/[code]/protocol/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/protocol/amend/page.tsx", "study_director"),
  pageVisit("(workspace)/account/page.tsx", "technician"),
  pageVisit("(workspace)/accounts/page.tsx", "administrator"),
  {
    name: "somebody who cannot get in",
    file: null,
    role: "administrator",
    address: () => "/accounts",
    then: async (page) => {
      await page.getByRole("button", { name: `Help ${person("technician").name}` }).click();
      await page.getByRole("button", { name: "Give this password" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "Type the new password" })).toBeVisible();
    },
  },
  {
    name: "another password that is not typed alike",
    file: null,
    role: "technician",
    address: () => "/account",
    then: async (page) => {
      await page.getByRole("textbox", { name: "New password", exact: true }).fill("sixty grams of vole");
      await page.getByRole("button", { name: "Change the password" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "not typed alike twice" })).toBeVisible();
    },
  },
  pageVisit("(workspace)/audit/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/audit/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/audit/exceptions/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/changes/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/histories/page.tsx", "auditor"),
  pageVisit("(workspace)/studies/[code]/signatures/page.tsx", "study_director"),
  pageVisit("(workspace)/studies/[code]/members/page.tsx", "administrator"),
  { name: "sign-in, refused", file: null, role: null, address: () => "/sign-in", then: signInWithNothing },
  stateVisit("days that would differ", "auditor", () => "protocol", askWhatIf),
  stateVisit("a page that is not there", "auditor", () => "nothing"),
  stateVisit("a page of another role", "technician", () => "members"),
  stateVisit("a board without a fitting animal", "auditor", () => "board?text=zzz"),
  stateVisit(
    "an animal as it was known, with a reason opened",
    "auditor",
    ({ tag }) => `animals/${tag}?asKnownAt=${fortyDaysAgo()}`,
    openReason,
  ),
  stateVisit("a board as it was known", "study_director", () => `board?asKnownAt=${fortyDaysAgo()}`),
  stateVisit("animals as they were known", "auditor", () => `animals?asKnownAt=${fortyDaysAgo()}`),
  stateVisit("histories as they were known", "auditor", () => `histories?asKnownAt=${fortyDaysAgo()}`),
  stateVisit("nothing is recorded in the past", "technician", () => `record?asKnownAt=${fortyDaysAgo()}`),
  stateVisit(
    "what changed of an animal",
    "auditor",
    ({ tag }) => `changes?animal=${tag}&from=2020-01-01T00:00:00Z&to=${fortyDaysAgo()}`,
  ),
  stateVisit("a trail that is filtered by nothing that is", "auditor", () => "audit?kind=NOTHING&from=soon"),
  stateVisit(
    "a review to be signed",
    "auditor",
    () => "audit/exceptions",
    async (page) => {
      await page.getByRole("checkbox").first().check();
      await expect(page.getByRole("button", { name: "Sign the review" })).toBeVisible();
    },
  ),
  stateVisit("a page of today while the past is looked at", "auditor", () => `protocol?asKnownAt=${fortyDaysAgo()}`),
  stateVisit("an instant that is none", "auditor", () => "changes?from=yesterday"),
  stateVisit("the finder", "technician", () => "record", openFinder),
  stateVisit(
    "one's own menu",
    "technician",
    () => "record",
    (page) => page.getByRole("button", { name: /^Technician/ }).click(),
  ),
  stateVisit("a count that withholds", "technician", recording("cbc"), typed("Neutrophils", "0.4")),
  stateVisit("a weight that cannot be", "technician", recording("weight"), (page) =>
    page.getByRole("textbox", { name: "Body weight" }).fill("0.1"),
  ),
  stateVisit("a chemistry", "technician", recording("lft"), typed("ALT", "300")),
  stateVisit("an observation", "technician", recording("observation"), typed("Temperature", "38.9")),
  stateVisit("a dose that is off", "technician", recording("dose"), typed("Dose given", "4")),
  stateVisit("a disposition", "technician", recording("disposition")),
  stateVisit("an order", "study_director", recording("order"), (page) =>
    page.getByRole("radio", { name: /^Set dose/ }).check(),
  ),
];

test("every page is visited", () => {
  expect(VISITS.flatMap(({ file }) => file ?? []).sort()).toEqual([...pageFiles()]);
});

for (const { name, role, address, then } of VISITS) {
  test(name, async ({ pageOf, studies }) => {
    const place = await studies.toLookAt();
    const page = await pageOf(role);
    await page.goto(address(place));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await then?.(page);
    await expectAccessible(page);
  });
}

test("a study that is being set up", async ({ pageOf, apiOf }) => {
  const code = newCode();
  const made = { code, title: "Set up", species: "mouse", strain: null, timeZone: "UTC" };
  await answered(await (await apiOf("administrator")).post("/api/v1/studies", made), 201, z.unknown());
  const director = await apiOf("study_director");
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/protocol`);
  await page.getByRole("textbox", { name: "Starting dose" }).fill("ten");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The draft was not saved" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/studies/${code}/board`);
  await expect(page.getByText("No animals yet")).toBeVisible();
  await expectAccessible(page);
  const group = { code: "G1", doseLevels: [10], startingDose: 10 };
  const draft = { doseUnit: "mg/kg", resumePolicy: "on-order", groups: [group] };
  await answered(await director.put(`/api/v1/studies/${code}/protocol`, draft), 200, z.unknown());
  await page.goto(`/studies/${code}/protocol`);
  await expect(page.getByText("One level: the first toxicity of an animal discontinues it for good.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign the protocol" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/studies/${code}/animals/new`);
  await page.getByRole("textbox", { name: /^One animal a line/ }).fill("N01\tF\tG1\nN02\tM\tG1");
  await expect(page.getByRole("table", { name: "Animals to be registered" })).toBeVisible();
  await expectAccessible(page);
});

test("what waits for a signature, and nothing chosen to sign", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(({ history }) => history.status === "ON_DOSE");
  const order = { kind: "order", animal: subject.tag, action: "DISCONTINUE", reason: "Tried out" };
  await record(await apiOf("study_director"), code, order);
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/signatures`);
  await expect(page.getByRole("checkbox", { name: `Sign ${subject.tag}: discontinue` })).toBeVisible();
  await page.getByRole("button", { name: "Sign what is chosen" }).click();
  await page.getByText("Lock the study…").click();
  await page.getByRole("button", { name: "Sign and lock the study" }).click();
  await expect(page.getByText("Not signed")).toHaveCount(2);
  await expectAccessible(page);
});

test("a study that is locked", async ({ pageOf, studies, apiOf }) => {
  const { code } = await studies.withSubject(({ history }) => history.status === "ON_DOSE");
  const director = await apiOf("study_director");
  const signature = { id: randomUUID(), meaning: "DATA_COMPLETE", password: person("study_director").password };
  const locked = await director.post(`/api/v1/studies/${code}/lock`, { reason: "Looked at", signature });
  await answered(locked, 200, z.unknown());
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/record`);
  await expect(page.getByText("This study is locked.").first()).toBeVisible();
  await expectAccessible(page);
});

test("an amendment that is being drafted, and what it would have decided", async ({ pageOf, apiOf, studies }) => {
  const { code } = await studies.withSubject(() => true);
  const director = await apiOf("study_director");
  const neutrophils = { grade3Below: 0.5, grade4Below: 0.5 };
  const draft = { doseUnit: "mg/kg", resumePolicy: "automatic", neutrophils };
  await answered(await director.put(`/api/v1/studies/${code}/protocol`, draft), 200, z.unknown());
  const page = await pageOf("study_director");
  await page.goto(`/studies/${code}/protocol/amend`);
  await expect(page.getByRole("region", { name: "Checks" })).toContainText("The reason is missing");
  await askWhatIf(page);
  await expectAccessible(page);
});
