import { defineConfig } from "@playwright/test";
import { findBrowser, webgpuFlags } from "./tools/browser.ts";

/** Another one where this port is taken, or where two checkouts are tested at once. */
const PORT = Number(process.env.REGIONSCOPE_E2E_PORT ?? 4179);
const url = `http://127.0.0.1:${PORT}/`;
const browser = await findBrowser();

/** The built application (`npm run build` first) in a real browser with WebGPU. */
export default defineConfig({
  testDir: "e2e",
  // Runs on its own: playwright.large.config.ts.
  testIgnore: "large/**",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // One tab at a time: a software adapter uses every core.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    baseURL: url,
    browserName: "chromium",
    // Files come from the build under test; e2e/offline.spec.ts allows it for itself.
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser ? { executablePath: browser.executablePath } : {}),
      args: webgpuFlags(browser),
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${PORT} --strictPort`,
    url,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
