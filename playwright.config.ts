/**
 * Configures the browser tests: the built application (`npm run build` first) in a real browser with WebGPU.
 */
import { defineConfig } from "@playwright/test";
import type { TestOptions } from "./e2e/support/test.ts";
import { findBrowser, testFlags } from "./tools/browser.ts";

/** Set REGIONSCOPE_E2E_PORT if the default port is taken or two checkouts run their tests at once. */
const PORT = Number(process.env.REGIONSCOPE_E2E_PORT ?? 4179);
const url = `http://127.0.0.1:${PORT}/`;
const browser = await findBrowser();

/**
 * Tests that measure times, by file name or tag: nothing else may run beside them. Playwright matches this
 * against project, file, title and tags.
 */
const ALONE = /\b(edit-time|frames|timing)\.spec\.ts|@alone/;

export default defineConfig<TestOptions>({
  testDir: "e2e",
  // They end tests that hang. What has a time limit measures it, as a machine may be several times slower
  // than another.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  // The default for running Playwright directly; `npm test` sets more workers for suites that do not measure.
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
    // The large tests run separately: playwright.large.config.ts.
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
    // Specs that open a case or compute, on a device with the default WebGPU limits.
    {
      name: "default limits",
      testMatch: ["opening.spec.ts", "timing.spec.ts", "default-limits.spec.ts"],
      use: { defaultGpu: true },
      // This device computes results with compute shaders, as the default limits do not guarantee eight
      // attachments; a software adapter then takes two to three times as long.
      timeout: 600_000,
    },
    // Specs that measure, on the clocks that stock Chrome gives to pages.
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
