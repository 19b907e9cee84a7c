import type { Page } from "@playwright/test";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { replayAnimal } from "@/lib/domain/rules/replay";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import type { Protocol, StudyAnimal } from "@/lib/domain/study/protocol";
import { randomStudy } from "@/test/random-study/random-study";
import { expectNoSidewaysScroll, VIEWS } from "./support/views";
import { expect, test } from "./support/test";

/** Two mice under an amended protocol; thirty days of monkeys in another time zone; a handful of entries. */
const SEEDS = [7, 33, 27];

/** How many decisions ever stood: each is counted again where it comes back after an entry had changed the history. */
const everDecided = (protocols: readonly Protocol[], animal: StudyAnimal, log: readonly LogEntry[]): number => {
  let standing: readonly string[] = [];
  let decided = 0;
  for (const instant of [...new Set(log.map(({ recordedAt }) => recordedAt.ms))].sort((one, other) => one - other)) {
    const { events } = replayAnimal(protocols, animal, log, instant).history;
    const before = new Set(standing);
    standing = events.map((event) => JSON.stringify(event));
    decided += standing.filter((event) => !before.has(event)).length;
  }
  return decided;
};

/** What the engine makes of the bundle, without any server. */
const expected = (bundle: unknown) => {
  const read = readBundle(bundle);
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  const { protocols, animals, entries } = read.value;
  return animals.map((animal) => {
    const log = entries.filter((entry) => entry.animal === animal.id);
    const { status, events } = replayAnimal(protocols, animal, log).history;
    return {
      tag: animal.id,
      status: status.toLowerCase().replace("_", " "),
      events: events.length,
      everDecided: everDecided(protocols, animal, log),
    };
  });
};

const visit = async (page: Page, address: string, heading: string | RegExp): Promise<void> => {
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(200);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expectNoSidewaysScroll(page);
};

for (const seed of SEEDS) {
  test(`a random study is shown as the engine decides it (seed ${String(seed)})`, async ({ pageOf, studies }) => {
    const bundle = randomStudy({ seed, endInstant: new Date().toISOString() });
    const animals = expected(bundle);
    const code = await studies.importBundle(bundle);
    const most = animals.toSorted((one, other) => other.events - one.events)[0];
    if (most === undefined) throw new Error(`Seed ${String(seed)} has no animals`);

    for (const view of VIEWS) {
      const page = await pageOf("study_director", view.options);
      const refused: string[] = [];
      page.on("response", (answer) => {
        if (answer.status() >= 400) refused.push(`${String(answer.status())} ${answer.url()}`);
      });

      await visit(page, `/studies/${code}/animals`, "Animals");
      const register = page.getByRole("table", { name: "Registered animals" });
      for (const { tag, status } of animals) {
        const row = register.getByRole("row").filter({ has: page.getByRole("link", { name: tag, exact: true }) });
        await expect(row, tag).toContainText(status);
      }
      await visit(page, `/studies/${code}/board`, "Board");
      await visit(page, `/studies/${code}/protocol`, "Protocol");
      await visit(page, `/studies/${code}/histories`, "Dose-modification history");
      const decided = animals.reduce((sum, animal) => sum + animal.everDecided, 0);
      await expect(page.getByRole("region", { name: "These rows" })).toContainText(
        new RegExp(`Rows(?:\\d+ of )?${String(decided)}(?:\\D|$)`, "u"),
      );
      for (const tag of new Set([most.tag, animals.at(-1)?.tag ?? most.tag])) {
        await visit(page, `/studies/${code}/animals/${encodeURIComponent(tag)}`, tag);
        const drawing = await page.getByRole("img", { name: `Dose timeline of ${tag}` }).innerHTML();
        expect(drawing).not.toMatch(/NaN|Infinity|undefined|null/);
      }
      await visit(page, `/studies/${code}/record?animal=${encodeURIComponent(most.tag)}&kind=cbc`, most.tag);
      expect(refused).toEqual([]);
    }
  });
}
