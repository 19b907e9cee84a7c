import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { expectNoSidewaysScroll, settled } from "./views";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const describeViolations = (violations: Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"]): readonly string[] =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(" ")} ${failureSummary ?? ""}`),
  );

/** Nothing that axe finds, and nothing that is wider than the window. */
export const expectAccessible = async (page: Page): Promise<void> => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  // Scrolled down, something or other is always half below the bar that stays.
  await page.evaluate(() => window.scrollTo(0, 0));
  await settled(page);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await axe.withTags(TAGS).analyze();
  expect(describeViolations(violations), page.url()).toEqual([]);
  await expectNoSidewaysScroll(page);
};
