import type { Locator } from "@playwright/test";
import { person } from "./support/people";
import { storedEntries } from "./support/study-data";
import type { Subject } from "./support/study-copies";
import { expect, test } from "./support/test";

const onDose = ({ history, group }: Subject): boolean => group === "G2" && history.status === "ON_DOSE";

/** More would be reachable in name only. */
const MOST_PRESSES = 40;

test("a weight from sign-in to receipt without a mouse", async ({ pageOf, studies, apiOf }) => {
  const { code, subject } = await studies.withSubject(onDose);
  const { tag, lastGrams } = subject;
  const { email, password } = person("technician");
  const page = await pageOf(null);
  const { keyboard } = page;
  const reach = async (target: Locator, key: "Tab" | "Shift+Tab"): Promise<void> => {
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      await keyboard.press(key);
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`${key} never reaches ${String(target)}`);
  };

  await page.goto(`/studies/${code}/board`);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  await keyboard.press("Tab");
  await keyboard.type(email);
  await keyboard.press("Tab");
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Board" })).toBeVisible();

  const keys = page.getByRole("dialog", { name: "Keys" });
  // The page takes keys once its script runs, which may be after its heading is seen.
  await expect(async () => {
    await keyboard.press("?");
    await expect(keys).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(keys).toContainText("Find an animal");
  await keyboard.press("Escape");
  await expect(keys).toBeHidden();

  await keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Find an animal" })).toBeFocused();
  await keyboard.type(tag);
  await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option", { selected: true })).toContainText(tag);
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();

  await reach(page.getByRole("link", { name: "Record…" }), "Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Neutrophils" })).toBeFocused();
  const kinds = page.getByRole("navigation", { name: "What to record" });
  await reach(kinds.getByRole("link", { name: "Weight" }), "Shift+Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Body weight" })).toBeFocused();
  await keyboard.type(lastGrams.toFixed(2));
  await keyboard.press("Control+Enter");
  await expect(page.getByRole("status", { name: `Saved: ${tag}` })).toContainText(`${lastGrams.toFixed(2)} g`);
  // Enter in the empty tag field is the next animal.
  await expect(page.getByRole("textbox", { name: "Scan or type a tag" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Body weight" })).toBeFocused();
  await expect(page.getByRole("heading", { level: 1, name: tag })).toHaveCount(0);

  const stored = await storedEntries(await apiOf("auditor"), code, tag);
  expect(stored.at(-1)).toMatchObject({ kind: "weight", reported: { grams: { text: lastGrams.toFixed(2) } } });
});
