import { randomUUID } from "node:crypto";
import type { APIResponse } from "@playwright/test";
import * as z from "zod";
import { problem } from "@/lib/contracts/problem";
import { type Action, permits, ROLES } from "@/lib/domain/access/permissions";
import { ACCOUNT_ATTEMPTS } from "./support/account-attempts";
import { answered, type Api, openApi } from "./support/api";
import { AUDIT_ATTEMPTS } from "./support/audit-attempts";
import { pageFiles, PAGES } from "./support/pages";
import { record, storedEntries } from "./support/study-data";
import { expect, test } from "./support/test";

type Target = { readonly code: string; readonly tag: string; readonly ofDirector: string };
type Attempt = {
  readonly operationId: string;
  /** Null: everybody who is signed in may. */
  readonly needs: Action | null;
  readonly send: (api: Api, target: Target) => Promise<APIResponse>;
};

const study = ({ code }: Target, path = ""): string => `/api/v1/studies/${code}${path}`;
const entry = ({ tag }: Target, keys: Readonly<Record<string, unknown>>) => ({
  id: randomUUID(),
  animal: tag,
  observedAt: new Date().toISOString(),
  ...keys,
});
const previewing = (needs: Action, keys: Readonly<Record<string, unknown>>): Attempt => ({
  operationId: "previewEntries",
  needs,
  send: (api, target) => api.post(study(target, "/entries/preview"), entry(target, keys)),
});

/** With a meaning that it cannot have, so that it is refused before the password is looked at. */
const signing = (operationId: string, needs: Action, path: string): Attempt => ({
  operationId,
  needs,
  send: (api, target) =>
    api.post(study(target, path), {
      reason: "Tried out",
      signature: { id: randomUUID(), meaning: "ORDERED", password: "not asked" },
    }),
});

/** Every operation, asked for in a way that changes nothing even for those who may (but one weight is recorded). */
const ATTEMPTS: readonly Attempt[] = [
  { operationId: "listStudies", needs: null, send: (api) => api.get("/api/v1/studies") },
  {
    operationId: "createStudy",
    needs: "study.create",
    send: (api, { code }) =>
      api.post("/api/v1/studies", { code, title: "Taken", species: "rat", strain: null, timeZone: "UTC" }),
  },
  { operationId: "readStudy", needs: "study.read", send: (api, target) => api.get(study(target)) },
  { operationId: "readProtocol", needs: "study.read", send: (api, target) => api.get(study(target, "/protocol")) },
  {
    operationId: "draftProtocol",
    needs: "protocol.draft",
    send: (api, target) => {
      const group = { code: "G1", doseLevels: [4, 3], startingDose: 4 };
      return api.put(study(target, "/protocol"), { doseUnit: "mg/kg", groups: [group] });
    },
  },
  {
    operationId: "signProtocol",
    needs: "protocol.sign",
    send: (api, target) =>
      api.post(study(target, "/protocol/sign"), { signature: { password: "not the password", meaning: "APPROVED" } }),
  },
  {
    operationId: "discardProtocolDraft",
    needs: "protocol.draft",
    send: (api, target) => api.delete(study(target, "/protocol")),
  },
  {
    operationId: "readProtocolDifference",
    needs: "study.read",
    send: (api, target) => api.get(study(target, "/protocol/difference")),
  },
  {
    operationId: "askWhatIf",
    needs: "study.read",
    send: (api, target) => api.post(study(target, "/protocol/what-if"), { reading: "us-label" }),
  },
  {
    operationId: "checkBaselines",
    needs: "study.read",
    send: (api, target) => api.get(study(target, "/protocol/baselines")),
  },
  { operationId: "listAnimals", needs: "study.read", send: (api, target) => api.get(study(target, "/animals")) },
  {
    operationId: "registerAnimals",
    needs: "animal.register",
    send: (api, target) => api.post(study(target, "/animals"), { id: "X1", sex: "F", group: "no such group" }),
  },
  {
    operationId: "readRecordingSheet",
    needs: "entry.record.observation",
    send: (api, target) => api.get(study(target, "/recording-sheet")),
  },
  { operationId: "listMembers", needs: "membership.manage", send: (api, target) => api.get(study(target, "/members")) },
  {
    operationId: "setMembership",
    needs: "membership.manage",
    send: (api, target) => api.put(study(target, "/members"), { email: "nobody@e2e.test", roles: [] }),
  },
  {
    operationId: "recordEntries",
    needs: "entry.record.weight",
    send: (api, target) => api.post(study(target, "/entries"), entry(target, { kind: "weight", grams: 21 })),
  },
  previewing("entry.record.weight", { kind: "weight", grams: 21 }),
  previewing("entry.record.cbc", { kind: "cbc", neutrophils: 2 }),
  previewing("entry.record.lft", { kind: "lft", alt: 40 }),
  previewing("entry.record.observation", { kind: "observation", findings: [] }),
  previewing("entry.record.dose", { kind: "dose", amount: 0 }),
  previewing("entry.record.disposition", { kind: "disposition", outcome: "REMOVED" }),
  previewing("order.withhold", { kind: "order", action: "WITHHOLD", reason: "Tried out" }),
  previewing("order.any", { kind: "order", action: "SET_DOSE", dose: 2.5, reason: "Tried out" }),
  previewing("order.any", { kind: "order", action: "DISCONTINUE", reason: "Tried out" }),
  {
    operationId: "previewEntries",
    needs: "entry.correct-any",
    send: (api, { code, tag, ofDirector }) => {
      const reasons = { reasonCode: "WRONG_ANIMAL", reason: "Tried out" };
      return api.post(`/api/v1/studies/${code}/entries/preview`, {
        id: randomUUID(),
        animal: tag,
        voids: ofDirector,
        ...reasons,
      });
    },
  },
  {
    operationId: "readAnimalHistory",
    needs: "study.read",
    send: (api, target) => api.get(study(target, `/animals/${target.tag}/history`)),
  },
  {
    operationId: "exportDoseModifications",
    needs: "history.export",
    send: (api, target) => api.get(study(target, "/dose-modifications.csv")),
  },
  {
    operationId: "listAnimalChanges",
    needs: "study.read",
    send: (api, target) => api.get(study(target, `/animals/${target.tag}/changes`)),
  },
  {
    operationId: "changeAnimal",
    needs: "animal.change",
    send: (api, target) =>
      api.post(study(target, `/animals/${target.tag}/changes`), {
        id: randomUUID(),
        reason: "Tried out",
        tag: target.tag,
      }),
  },
  { operationId: "listReviews", needs: "study.read", send: (api, target) => api.get(study(target, "/reviews")) },
  {
    operationId: "signReviews",
    needs: "sign.review",
    send: (api, target) =>
      api.post(study(target, "/reviews/sign"), {
        items: [{ id: randomUUID(), review: randomUUID(), decision: "Tried out" }],
        signature: { password: "not the password", meaning: "REVIEWED" },
      }),
  },
  { operationId: "exportBundle", needs: "bundle.export", send: (api, target) => api.get(study(target, "/bundle")) },
  { operationId: "listSignatures", needs: "study.read", send: (api, target) => api.get(study(target, "/signatures")) },
  {
    operationId: "signList",
    needs: "sign.order",
    send: (api, target) => {
      const item = { subjectKind: "order", subject: "none", meaning: "REVIEWED", contentHash: "0".repeat(64) };
      return api.post(study(target, "/signatures"), { id: randomUUID(), password: "not asked", items: [item] });
    },
  },
  signing("lockStudy", "study.lock", "/lock"),
  signing("unlockStudy", "study.unlock", "/unlock"),
  signing("archiveStudy", "study.archive", "/archive"),
  ...ACCOUNT_ATTEMPTS,
  ...AUDIT_ATTEMPTS,
  {
    operationId: "importStudy",
    needs: "study.import",
    send: (api, { code }) => api.post(`/api/v1/studies/import?code=${code}`, { format: "another" }),
  },
];

const OPEN_TO_ALL = ["readHealth", "readDescription"];
const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
});

test("every page and every operation is in these tables", async ({ apiOf }) => {
  expect(Object.keys(PAGES).sort()).toEqual(pageFiles());
  const { paths } = await answered(await (await apiOf("auditor")).get("/api/v1/openapi.json"), 200, description);
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  const tried = new Set(ATTEMPTS.map(({ operationId }) => operationId));
  expect([...tried, ...OPEN_TO_ALL].sort()).toEqual(described.sort());
});

test("each role may do what its row says, and is refused the rest", async ({ studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(({ history }) => history.status === "ON_DOSE");
  const { tag } = subject;
  const auditor = await apiOf("auditor");
  await record(await apiOf("study_director"), code, { kind: "weight", animal: tag, grams: 20.5 });
  const ofDirector = (await storedEntries(auditor, code, tag)).at(-1)?.id ?? "";

  for (const role of ROLES) {
    const api = await apiOf(role);
    for (const { operationId, needs, send } of ATTEMPTS) {
      const answer = await send(api, { code, tag, ofDirector });
      const said = await answer.text();
      const what = `${role}: ${operationId} (${needs ?? "anybody"}) → ${String(answer.status())} ${said.slice(0, 300)}`;
      expect(answer.status(), what).toBeLessThan(500);
      const refusedRole = answer.status() === 403 && problem.parse(JSON.parse(said)).code === "FORBIDDEN";
      expect(refusedRole, what).toBe(needs !== null && !permits([role], needs));
      expect(answer.status(), what).not.toBe(401);
    }
  }
});

test("nobody gets anything without signing in", async ({ pageOf, baseURL }) => {
  const nobody = await openApi(baseURL ?? "", null);
  for (const { operationId, send } of ATTEMPTS) {
    const answer = await send(nobody, { code: "POM-001", tag: "M001", ofDirector: randomUUID() });
    expect((await answered(answer, 401, problem)).code, operationId).toBe("NOT_SIGNED_IN");
  }
  await nobody.dispose();

  const page = await pageOf(null);
  for (const [file, { needs, address: addressOf }] of Object.entries(PAGES)) {
    if (needs === "nobody") continue;
    await page.goto(addressOf({ code: "POM-001", tag: "M001" }));
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" }), file).toBeVisible();
  }
});

/** The headings of a page as the server sends it: what a browser without script, and anybody who looks, gets. */
const headingsIn = (page: string): readonly string[] =>
  [...page.matchAll(/<h1[^>]*>(.*?)<\/h1>/gsu)].map(([, content]) =>
    (content ?? "").replaceAll(/<[^>]*>/gu, "").trim(),
  );

for (const role of ROLES) {
  test(`${role}: pages open or say that they are not for this role, and every tab opens`, async ({
    studies,
    apiOf,
    pageOf,
  }) => {
    const { code, tag } = await studies.toLookAt();
    const api = await apiOf(role);
    for (const [file, { needs, address, heading }] of Object.entries(PAGES)) {
      if (needs === "nobody") continue;
      const headings = headingsIn(await (await api.get(address({ code, tag }))).text());
      const opens = needs === null || permits([role], needs);
      expect(headings.join(), `${role}: ${file}`).toMatch(opens ? heading : /^Not for your role$/);
      if (opens) expect(headings.join(), `${role}: ${file}`).not.toContain("Not for your role");
    }

    const page = await pageOf(role);
    await page.goto(`/studies/${code}/board`);
    const tabs = page.getByRole("navigation", { name: "Study" }).getByRole("link");
    for (const tab of await tabs.all()) {
      await tab.click();
      await expect(tab).toHaveAttribute("aria-current", "page");
      await expect(page.getByRole("heading", { level: 1, name: "Not for your role" })).toHaveCount(0);
    }
  });
}

test("a study that one has no part in looks like one that is not there", async ({ pageOf, studies, apiOf }) => {
  const { code } = await studies.withSubject(() => true);
  const name = `Outsider ${code}`;
  const outsider = { email: `outsider.${code.toLowerCase()}@e2e.test`, name, password: randomUUID() };
  expect((await (await apiOf("administrator")).post("/api/v1/users", outsider)).status()).toBe(201);
  const page = await pageOf(null);
  await page.goto(`/studies/${code}/board`);
  await page.getByRole("textbox", { name: "Email" }).fill(outsider.email);
  await page.getByRole("textbox", { name: "Password" }).fill(outsider.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const missing = page.getByRole("heading", { level: 1 });
  await expect(missing).not.toHaveText("Sign in");
  const words = await missing.innerText();
  expect((await page.goto(`/studies/${code}/board`))?.status()).toBe(404);
  expect((await page.goto("/studies/NO-SUCH-STUDY/board"))?.status()).toBe(404);
  await expect(missing).toHaveText(words);
  await page.goto("/studies");
  await expect(page.getByText("You have no part in any study")).toBeVisible();
});
