import type { Locator, Page } from "@playwright/test";

export type RecordKind = "weight" | "cbc" | "lft" | "observation" | "dose" | "order" | "disposition";

/** The screen on which a technician records, by what it says. */
export type RecordScreen = {
  readonly open: (kind: RecordKind, tag: string) => Promise<void>;
  /** The number of a measured value. */
  readonly value: (label: string) => Locator;
  /** What saving would do. */
  readonly consequence: Locator;
  readonly save: Locator;
  /** What was saved, and what it did. */
  readonly receipt: (tag: string) => Locator;
};

export const recordScreen = (page: Page, code: string): RecordScreen => {
  const form = page.getByRole("form", { name: /^(Weight|CBC|Chemistry|Observation|Dose|Order|Disposition) of / });
  return {
    open: async (kind, tag) => {
      await page.goto(`/studies/${code}/record?${new URLSearchParams({ kind, animal: tag }).toString()}`);
      await form.waitFor();
    },
    value: (label) => form.getByRole("textbox", { name: label }),
    consequence: form.getByRole("status").first(),
    save: form.getByRole("button", { name: /^Save/ }),
    receipt: (tag) => page.getByRole("status", { name: `Saved: ${tag}` }),
  };
};
