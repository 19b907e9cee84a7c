import { type BrowserContextOptions, expect, type Page } from "@playwright/test";

type View = { readonly name: string; readonly options: BrowserContextOptions };

/** The desk and the tablet, as far as a page can tell them apart. */
export const VIEWS: readonly View[] = [
  { name: "desk", options: { viewport: { width: 1440, height: 900 } } },
  { name: "tablet", options: { viewport: { width: 820, height: 1180 }, hasTouch: true } },
];

/** Tables and drawings scroll in their own frames, never the page. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const width = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(width.content, `${page.url()} is wider than its window`).toBeLessThanOrEqual(width.window);
};
