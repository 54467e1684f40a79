/** Tests what is said where no browser is found. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noBrowserFound } from "./browser.ts";
import { root } from "./run.ts";

test("without a browser, the version of Playwright is named whose browser is looked for", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  const version = lock.packages["node_modules/playwright"]?.version;
  expect(noBrowserFound()).toBe(
    `No Chrome or Chromium was found: install one, set CHROME_PATH to its executable, or run: npx playwright@${version} install chromium`,
  );
});
