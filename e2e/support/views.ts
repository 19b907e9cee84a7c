import { type BrowserContextOptions, expect, type Page } from "@playwright/test";

type View = { readonly name: string; readonly options: BrowserContextOptions };

/** The desk in the light and the tablet in the dark, as far as a page can tell them apart. */
export const VIEWS: readonly View[] = [
  { name: "desk", options: { viewport: { width: 1440, height: 900 }, colorScheme: "light" } },
  { name: "tablet", options: { viewport: { width: 820, height: 1180 }, hasTouch: true, colorScheme: "dark" } },
];

/** A change of colours is drawn over frames: a colour read between two is neither the light's nor the dark's. */
export const settled = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
};

/** Tables and drawings scroll in their own frames, never the page. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const width = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(width.content, `${page.url()} is wider than its window`).toBeLessThanOrEqual(width.window);
};
