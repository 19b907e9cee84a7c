import { type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";
import type { Role } from "@/lib/domain/access/permissions";
import { type Api, openApi, openSession, type Session } from "./api";
import { person } from "./people";
import { type StudyCopies, studyCopies } from "./study-copies";

type WorkerFixtures = {
  /** Signs in once for each role, and not again for each test. */
  readonly sessionOf: (role: Role) => Promise<Session>;
  readonly apiOf: (role: Role) => Promise<Api>;
  /** Studies of one's own, so that no test sees what another one records. */
  readonly studies: StudyCopies;
};

type TestFixtures = {
  /** A page of its own browser session for each person (null: nobody is signed in); several can be there at once. */
  readonly pageOf: (role: Role | null, options?: BrowserContextOptions) => Promise<Page>;
  /** What the pages of this test said went wrong: errors on the console and uncaught ones. */
  readonly faultsOnPages: string[];
};

/** A refusal or a lost network is also a line on the console, which the browser writes itself; tests provoke both. */
const isOfTheBrowser = (text: string): boolean => text.startsWith("Failed to load resource:");

export const test = base.extend<TestFixtures, WorkerFixtures>({
  sessionOf: [
    async ({}, use, { project }) => {
      const address = project.use.baseURL ?? "";
      const sessions = new Map<Role, Promise<Session>>();
      await use((role) => {
        const session = sessions.get(role) ?? openSession(address, person(role));
        sessions.set(role, session);
        return session;
      });
    },
    { scope: "worker" },
  ],

  apiOf: [
    async ({ sessionOf }, use, { project }) => {
      const apis = new Map<Role, Promise<Api>>();
      await use((role) => {
        const api = apis.get(role) ?? sessionOf(role).then((session) => openApi(project.use.baseURL ?? "", session));
        apis.set(role, api);
        return api;
      });
      for (const api of apis.values()) await (await api).dispose();
    },
    { scope: "worker" },
  ],

  studies: [async ({ apiOf }, use) => use(studyCopies(apiOf)), { scope: "worker" }],

  faultsOnPages: async ({}, use) => {
    const faults: string[] = [];
    await use(faults);
    expect(faults, "what the pages reported").toEqual([]);
  },

  pageOf: async ({ browser, contextOptions, sessionOf, faultsOnPages }, use) => {
    const opened: Page[] = [];
    await use(async (role, options = {}) => {
      const session = role === null ? {} : { storageState: await sessionOf(role) };
      const context = await browser.newContext({ ...contextOptions, ...session, ...options });
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error" && !isOfTheBrowser(message.text())) faultsOnPages.push(message.text());
      });
      page.on("pageerror", (error) => faultsOnPages.push(String(error)));
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});

export { expect } from "@playwright/test";
