import { type BrowserContextOptions, type CDPSession, expect, type Page } from "@playwright/test";

type View = {
  readonly name: string;
  readonly options: Required<Pick<BrowserContextOptions, "colorScheme" | "hasTouch">> & {
    readonly viewport: { readonly width: number; readonly height: number };
  };
};

/** The desk in the light and the tablet in the dark, as far as a page can tell them apart. */
export const VIEWS: readonly [View, View] = [
  { name: "desk", options: { viewport: { width: 1440, height: 900 }, hasTouch: false, colorScheme: "light" } },
  { name: "tablet", options: { viewport: { width: 820, height: 1180 }, hasTouch: true, colorScheme: "dark" } },
];

/** What a session of the browser's protocol changes ends with it: each page keeps its own. */
const touchOf = new WeakMap<Page, Promise<CDPSession>>();

const setTouch = async (page: Page, enabled: boolean): Promise<void> => {
  const session = touchOf.get(page) ?? page.context().newCDPSession(page);
  touchOf.set(page, session);
  await (await session).send("Emulation.setTouchEmulationEnabled", { enabled });
  expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches), "a finger points").toBe(enabled);
};

/** Shows a page that is open as another view has it. */
export const showAs = async (page: Page, { options }: View): Promise<void> => {
  await page.emulateMedia({ colorScheme: options.colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize(options.viewport);
  await setTouch(page, options.hasTouch);
};

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
