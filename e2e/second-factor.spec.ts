import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import * as z from "zod";
import { begunFactor, setFactor } from "@/lib/contracts/accounts";
import { recordScreen } from "./pages/record-screen";
import { answered, type Api, openApi, openSession } from "./support/api";
import { expectAccessible } from "./support/expect-accessible";
import { person } from "./support/people";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

type Director = { readonly name: string; readonly email: string; readonly password: string };

/** A director of their own: the demonstration's signs in other tests, which know of no code. */
const newDirector = async (administrator: Api): Promise<Director> => {
  const id = randomUUID().slice(0, 8);
  const director = { name: `Dana ${id}`, email: `dana.${id}@e2e.test`, password: randomUUID() };
  const made = await administrator.post("/api/v1/users", { ...director, everyStudyRoles: ["study_director"] });
  await answered(made, 201, z.unknown());
  return director;
};

const STEP_MS = 30_000;

/** An authenticator app: the earliest code that still counts, and none twice. */
const appWith = (secret: string): (() => string) => {
  const totp = new TOTP({ secret });
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(Date.now() / STEP_MS) - 1);
    return totp.generate({ timestamp: last * STEP_MS });
  };
};

const typePassword = async (page: Page, { email, password }: Pick<Director, "email" | "password">): Promise<void> => {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
};

/** Sets a second factor as a program does, and answers the app that it is in. */
const setByApi = async (api: Api, { password }: Director) => {
  const address = "/api/v1/account/second-factor";
  const { secret } = await answered(await api.post(address, { password }), 200, begunFactor);
  const app = appWith(secret);
  const { recoveryCodes } = await answered(await api.put(address, { code: app() }), 200, setFactor);
  return { app, recoveryCodes };
};

type Looking = (page: Page) => Promise<void>;
const notLooking: Looking = () => Promise.resolve();

/** Sets a second factor on the page of one's account, and answers the app that it is in. */
const setOnPage = async (page: Page, { password }: Director, look = notLooking): Promise<() => string> => {
  const panel = page.getByRole("region", { name: "Second factor" });
  await panel.getByLabel("Your password, again").fill("not the password");
  await panel.getByRole("button", { name: "Set it up" }).click();
  await expect(panel.getByRole("alert")).toContainText("The password is not right");
  await panel.getByLabel("Your password, again").fill(password);
  await panel.getByRole("button", { name: "Set it up" }).click();
  await expect(panel.getByRole("img", { name: /^QR code/ })).toBeVisible();
  const app = appWith((await panel.getByRole("code").innerText()).replaceAll(" ", ""));
  await panel.getByRole("button", { name: "Set the second factor" }).click();
  await expect(panel.getByRole("alert")).toContainText("Type the code that the app shows");
  await look(page);
  await panel.getByLabel("Code of your app").fill(app());
  await panel.getByRole("button", { name: "Set the second factor" }).click();
  await expect(panel.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await look(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  return app;
};

const onDose = ({ history }: Subject): boolean => history.status === "ON_DOSE" && history.openToxicities.length === 0;

test("a director sets a second factor, signs in with a code, and signs an order with the next", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const director = await newDirector(await apiOf("administrator"));
  const { code, subject } = await studies.withSubject(onDose);
  const page = await pageOf(null);
  await page.goto("/account");
  await typePassword(page, director);
  await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  const app = await setOnPage(page, director);

  await page.getByRole("button", { name: new RegExp(director.name, "u") }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await typePassword(page, { ...director, password: "not the password" });
  await expect(page.getByRole("alert").filter({ hasText: "Not signed in" })).toContainText("do not match");
  await expect(page.getByLabel("Code of your app")).toHaveCount(0);
  await typePassword(page, director);
  await expect(page.getByLabel("Code of your app")).toBeFocused();
  await page.getByLabel("Code of your app").fill("12345");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The code is not right" })).toBeFocused();
  await page.getByLabel("Code of your app").fill(app());
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Studies" })).toBeVisible();

  const screen = recordScreen(page, code);
  await screen.open("order", subject.tag);
  await page.getByRole("radio", { name: /^Discontinue/ }).check();
  await page.getByRole("textbox", { name: "Why" }).fill("Tried out");
  await page.getByLabel("Your password, again").fill(director.password);
  await screen.save.click();
  const field = page.getByLabel("Code of your app");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  const typed = app();
  await field.fill(typed);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).toContain("Tried out");
  expect(kept).not.toContain(typed);
  expect(kept).not.toContain(director.password);
  await screen.save.click();
  await expect(screen.receipt(subject.tag)).toBeVisible();
  await page.goto(`/studies/${code}/signatures`);
  await expect(page.getByRole("region", { name: /^Signatures/u }).getByRole("listitem")).toContainText(
    `Signed by ${director.name}`,
  );
});

test("who lost the device gets in by a recovery code, and by an administrator, who says why", async ({
  pageOf,
  apiOf,
  baseURL,
}) => {
  const director = await newDirector(await apiOf("administrator"));
  const api = await openApi(baseURL ?? "", await openSession(baseURL ?? "", director));
  const { recoveryCodes } = await setByApi(api, director);
  await api.dispose();

  const page = await pageOf(null);
  await page.goto("/account");
  await typePassword(page, director);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recoveryCodes[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();

  const desk = await pageOf("administrator");
  await desk.goto("/accounts");
  const row = desk.getByRole("row", { name: new RegExp(director.name, "u") });
  await expect(row.getByRole("cell", { name: "set", exact: true })).toBeVisible();
  await row.getByRole("button", { name: `Help ${director.name}` }).click();
  const form = desk.getByRole("form", { name: "Take the second factor off" });
  await form.getByRole("button").click();
  await expect(form.getByRole("alert")).toContainText("Say why it is taken off");
  await form.getByRole("textbox", { name: "Why it is taken off" }).fill("The phone fell into the autoclave");
  await form.getByRole("button").click();
  await expect(row.getByRole("cell", { name: "not set" })).toBeVisible();

  // What was open has ended, and the password is enough.
  await page.reload();
  await typePassword(page, director);
  await expect(page.getByRole("region", { name: "Second factor" })).toContainText("not set");
  const trail = await pageOf("auditor");
  await trail.goto(`/audit?person=${encodeURIComponent(person("administrator").email)}&kind=SECOND_FACTOR_REMOVED`);
  await expect(trail.getByRole("row").filter({ hasText: director.email })).toContainText(
    "The phone fell into the autoclave",
  );
});

test("each state of setting it and taking it off, on the desk and on the tablet", async ({
  pageOf,
  apiOf,
  baseURL,
}) => {
  const director = await newDirector(await apiOf("administrator"));
  const page = await pageOf(null, { storageState: await openSession(baseURL ?? "", director) });
  await page.goto("/account");
  await setOnPage(page, director, expectAccessible);
  await page.getByText("Take it off…").click();
  await page.getByRole("button", { name: "Take the second factor off" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Type the code" })).toBeVisible();
  await expectAccessible(page);
});

test("where its code is asked for, on the desk and on the tablet", async ({ pageOf, apiOf, studies, baseURL }) => {
  const director = await newDirector(await apiOf("administrator"));
  const { code, subject } = await studies.withSubject(onDose);
  const session = await openSession(baseURL ?? "", director);
  const api = await openApi(baseURL ?? "", session);
  await setByApi(api, director);
  await api.dispose();

  const stranger = await pageOf(null);
  await stranger.goto("/sign-in");
  await typePassword(stranger, director);
  await stranger.getByLabel("Code of your app").fill("12345");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByRole("alert").filter({ hasText: "The code is not right" })).toBeVisible();
  await expectAccessible(stranger);

  const page = await pageOf(null, { storageState: session });
  const screen = recordScreen(page, code);
  await screen.open("order", subject.tag);
  await page.getByRole("radio", { name: /^Discontinue/ }).check();
  await page.getByRole("textbox", { name: "Why" }).fill("Tried out");
  await screen.save.click();
  await expect(page.getByLabel("Code of your app")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.goto(`/studies/${code}/signatures`);
  await page.getByText("Lock the study…").click();
  await expectAccessible(page);
});

test("an administrator looks at an account that has one", async ({ pageOf, apiOf, baseURL }) => {
  const director = await newDirector(await apiOf("administrator"));
  const api = await openApi(baseURL ?? "", await openSession(baseURL ?? "", director));
  await setByApi(api, director);
  await api.dispose();
  const page = await pageOf("administrator");
  await page.goto("/accounts");
  await page.getByRole("button", { name: `Help ${director.name}` }).click();
  const form = page.getByRole("form", { name: "Take the second factor off" });
  await form.getByRole("button").click();
  await expect(form.getByRole("alert")).toContainText("Say why it is taken off");
  await expectAccessible(page);
});
