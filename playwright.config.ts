import { defineConfig } from "@playwright/test";
import type { TestOptions } from "./e2e/support/test.ts";
import { findBrowser, testFlags } from "./tools/browser.ts";

/** Another one where this port is taken, or where two checkouts are tested at once. */
const PORT = Number(process.env.REGIONSCOPE_E2E_PORT ?? 4179);
const url = `http://127.0.0.1:${PORT}/`;
const browser = await findBrowser();

/**
 * What measures times, by the names of its files or by a tag: nothing else may run beside it. What Playwright
 * compares has project, file, title and tags.
 */
const ALONE = /\b(edit-time|frames|timing)\.spec\.ts|@alone/;

/** The built application (`npm run build` first) in a real browser with WebGPU. */
export default defineConfig<TestOptions>({
  testDir: "e2e",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // One test at a time for whoever runs Playwright itself; `npm test` asks for more where nothing is
  // measured.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    baseURL: url,
    browserName: "chromium",
    // Emptied between tests; scripts that the browser has compiled stay compiled.
    reuseContext: true,
    // Files come from the build under test; specs of the service worker allow it for themselves.
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser ? { executablePath: browser.executablePath } : {}),
      args: testFlags(browser),
    },
  },
  projects: [
    // What is large runs on its own: playwright.large.config.ts.
    {
      name: "gpu as it is",
      testIgnore: ["large/**", "default-limits.spec.ts", "stock-clocks.spec.ts"],
      grepInvert: ALONE,
    },
    {
      name: "alone",
      testIgnore: ["large/**", "default-limits.spec.ts", "stock-clocks.spec.ts"],
      grep: ALONE,
    },
    // What opens a case and what computes, on a device with the limits that WebGPU promises everywhere.
    {
      name: "default limits",
      testMatch: ["opening.spec.ts", "timing.spec.ts", "default-limits.spec.ts"],
      use: { defaultGpu: true },
      // Results are computed there, as eight attachments are not promised: on a software adapter that takes
      // two to three times as long.
      timeout: 300_000,
      expect: { timeout: 90_000 },
    },
    // What measures, by the clocks that Chrome gives to a page of a user.
    {
      name: "stock clocks",
      testMatch: ["timing.spec.ts", "stock-clocks.spec.ts"],
      grepInvert: /@machine-clocks/,
      use: { stockClocks: 20 },
    },
  ],
  webServer: {
    command: `node --import tsx tools/preview.ts ${PORT}`,
    url,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
