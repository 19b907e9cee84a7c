// @ts-check
// A Chromium for the browser tests: the one that is named, one that is installed, or one that is installed now.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { installDebianPackage, isRoot, succeeds } from "./install-package.mjs";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const PLAYWRIGHT = join(CHECKOUT, "node_modules", "playwright", "cli.js");

/** The browser that Playwright itself has fetched before, if it has. */
const playwrightsOwn = async () => {
  const { chromium } = await import("playwright");
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
};

/** Playwright's own browser where its host answers, else Debian's. */
const install = async () => {
  const withSystemLibraries = isRoot ? ["--with-deps"] : [];
  if (succeeds(process.execPath, [PLAYWRIGHT, "install", ...withSystemLibraries, "chromium"])) return playwrightsOwn();
  return installDebianPackage("chromium") ? "/usr/bin/chromium" : null;
};

/**
 * @param {string | undefined} named by PLAYWRIGHT_CHROMIUM_PATH @param {(line: string) => void} say
 * @returns {Promise<string>} the path of its program
 */
export const findChromium = async (named, say) => {
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new PlainFault(`PLAYWRIGHT_CHROMIUM_PATH names ${named}, which is not there.`, 2);
  }
  const found = USUAL_PLACES.find((place) => existsSync(place)) ?? (await playwrightsOwn());
  if (found !== null) return found;
  say("Installing Chromium for the browser tests");
  const installed = await install();
  if (installed !== null && existsSync(installed)) return installed;
  throw new PlainFault(
    "There is no Chromium, and none could be installed. Install one, and name it in PLAYWRIGHT_CHROMIUM_PATH.",
  );
};
