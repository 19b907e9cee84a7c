import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import * as z from "zod";
import { recordingAnswer } from "@/lib/contracts/entries/answer";
import { signatureList } from "@/lib/contracts/signatures";
import { answered } from "./support/api";
import { person } from "./support/people";
import type { Subject } from "./support/study-copies";
import { record } from "./support/study-data";
import { expect, test } from "./support/test";

/** What A4 and Letter both leave between the margins, in CSS pixels: the narrower of the two. */
const SHEET = { portrait: 702, landscape: 965 };

const onPaper = async (page: Page, address: string): Promise<void> => {
  await page.emulateMedia({ media: "print" });
  await page.goto(address);
  await page.setViewportSize({ width: (await isLandscape(page)) ? SHEET.landscape : SHEET.portrait, height: 900 });
};

/** The text of the page's rules for paper: size, margins, and what stands in the margins. */
const paperRules = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSPageRule)
      .map((rule) => rule.cssText),
  );

const isLandscape = async (page: Page): Promise<boolean> =>
  (await paperRules(page)).some((rule) => /^@page\s*\{[^@]*size: landscape/u.test(rule));

/** What would be cut off at the sheet's edge, or is cut off already; and what only a screen can do. */
const misprints = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const named = (element: Element, what: string): string =>
      `${what}: ${element.tagName.toLowerCase()} “${(element.textContent ?? "").trim().slice(0, 40)}”`;
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && element.closest(".sr-only, [popover], dialog") === null;
    const found: string[] = [];
    for (const element of document.querySelectorAll("body *")) {
      if (!isSeen(element)) continue;
      if (element.matches("button, input, select, textarea, header nav"))
        found.push(named(element, "for the screen only"));
      // What lies across is on a sheet of its own.
      if (element.closest(".print-wide") === null && element.getBoundingClientRect().right > width + 1)
        found.push(named(element, "beyond the sheet"));
      if (getComputedStyle(element).textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth)
        found.push(named(element, "cut off"));
    }
    return found.slice(0, 5);
  });

test("every page of a study goes on paper whole: nothing cut off, nothing to click, named on each sheet", async ({
  pageOf,
  studies,
}) => {
  test.slow();
  const { code, tag } = await studies.toLookAt();
  const reader = person("auditor");
  const page = await pageOf("auditor", { colorScheme: "dark" });
  const past = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const addresses: readonly (readonly [address: string, of: string, asKnown?: true])[] = [
    ["board", "Board"],
    ["animals", "Animals"],
    [`animals/${tag}?entries=all`, `Animal ${tag}`],
    ["histories", "Dose-modification history"],
    [`histories?animal=${tag}`, `Dose-modification history of animal ${tag}`],
    ["signatures", "Signatures"],
    ["protocol?version=1", "Protocol, version 1"],
    ["reviews", "Reviews"],
    ["audit", "Audit trail"],
    ["audit/exceptions?all=1", "Review by exception"],
    [`changes?from=${past}`, "What changed"],
    [`board?asKnownAt=${past}`, "Board", true],
    [`animals/${tag}?asKnownAt=${past}`, `Animal ${tag}`, true],
    [`histories?asKnownAt=${past}`, "Dose-modification history", true],
    [`reviews?asKnownAt=${past}`, "Reviews", true],
  ];
  for (const [path, of, asKnown] of addresses) {
    await onPaper(page, `/studies/${code}/${path}`);
    expect(await misprints(page), path).toEqual([]);
    const rules = (await paperRules(page)).join(" ").replaceAll("\\b7 ", "·");
    expect(rules, path).toContain(`Study ${code} · ${of}`);
    expect(rules, path).toContain("counter(page)");
    expect(rules.includes("As known on"), path).toBe(asKnown === true);
    await expect(page.getByRole("note", { name: "As known" }), path).toHaveCount(asKnown === true ? 1 : 0);
    await expect(page.getByText(`Printed for ${reader.name} <${reader.email}> on`), path).toBeVisible();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), path).toBe("rgb(255, 255, 255)");
  }
  // The wide table on its own sheets, across.
  await onPaper(page, `/studies/${code}/animals/${tag}`);
  await page.setViewportSize({ width: SHEET.landscape, height: 900 });
  const measurements = page.getByRole("table", { name: "Measurements by study day" });
  expect(await measurements.evaluate((table) => table.getBoundingClientRect().right)).toBeLessThanOrEqual(
    SHEET.landscape,
  );
});

test("a page that lay open says when it was printed, and from when it is", async ({ pageOf, studies }) => {
  const { code } = await studies.toLookAt();
  const page = await pageOf("study_director");
  await page.clock.install();
  await page.goto(`/studies/${code}/signatures`);
  await page.emulateMedia({ media: "print" });
  const line = page.getByText(/^Printed for/u);
  await expect(line).not.toContainText("as it was read on");
  await page.clock.fastForward("03:00:00");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(line).toContainText("; as it was read on");
});

const onDose = ({ history, group }: Subject): boolean =>
  group === "G2" && history.status === "ON_DOSE" && history.dose.eq(5) && history.openToxicities.length === 0;

test("a signature is printed with name, instant, zone, meaning and hash; a broken one says what broke it", async ({
  pageOf,
  studies,
  apiOf,
}) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag } = subject;
  const director = await apiOf("study_director");
  const { name, password } = person("study_director");
  const order = { id: randomUUID(), kind: "order", animal: tag, action: "SET_DOSE", dose: 3.75, reason: "Pale" };
  const signature = { id: randomUUID(), meaning: "DECIDED_AGAINST_RULES", password };
  const sent = { observedAt: new Date(Date.now() - 1000).toISOString(), ...order };
  await answered(await director.post(`/api/v1/studies/${code}/entries`, { ...sent, signature }), 201, recordingAnswer);
  const list = await answered(await director.get(`/api/v1/studies/${code}/signatures`), 200, signatureList);
  const hash = z.string().parse(list.signatures.at(-1)?.contentHash);

  const page = await pageOf("auditor");
  await onPaper(page, `/studies/${code}/signatures`);
  const item = page.locator(`[data-signature="${signature.id}"]`);
  await expect(item).toContainText(`Signed by ${name}`);
  await expect(item).toContainText(/\d{1,2} \w{3} \d{4}, \d{2}:\d{2} Europe\/London: Override authorized/u);
  await expect(item.getByText(hash)).toBeVisible();
  await expect(
    page.getByText(/^Checkpoint of the audit trail: \d+ of .*Z, SHA-256 [0-9a-f]{64}, signed with key/u),
  ).toBeVisible();

  const correction = { ...order, id: randomUUID(), dose: 2.5, corrects: order.id, reasonCode: "TRANSCRIPTION" };
  await record(director, code, { ...correction, observedAt: sent.observedAt });
  for (const path of ["signatures", `animals/${tag}`]) {
    await onPaper(page, `/studies/${code}/${path}`);
    await expect(page.getByText("Signature broken by a later change").first(), path).toBeVisible();
    await expect(page.getByText(correction.id).first(), path).toBeVisible();
    expect(await misprints(page), path).toEqual([]);
  }
  await onPaper(page, `/studies/${code}/histories`);
  await expect(page.getByText(`broken by ${correction.id}`)).toBeVisible();
  expect(await misprints(page)).toEqual([]);
});
