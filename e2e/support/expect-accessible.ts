import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { expectNoSidewaysScroll, settled, showAs, VIEWS } from "./views";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const describeViolations = (violations: Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"]): readonly string[] =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(" ")} ${failureSummary ?? ""}`),
  );

/** Nothing that axe finds, and nothing that is wider than the window, in each view: the page is not loaded again for it. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const view of VIEWS) {
    await showAs(page, view);
    await expectAccessibleAsShown(page);
  }
  await showAs(page, VIEWS[0]);
};

const expectAccessibleAsShown = async (page: Page): Promise<void> => {
  // Scrolled down, something or other is always half below the bar that stays.
  await page.evaluate(() => window.scrollTo(0, 0));
  await settled(page);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await axe.withTags(TAGS).analyze();
  expect(describeViolations(violations), page.url()).toEqual([]);
  await expectNoSidewaysScroll(page);
};
