/**
 * Extends Playwright's `test` for all specs: a test fails when the page requests another origin or reports an
 * error that the test did not announce.
 */
import { test as base, expect } from "@playwright/test";
import { Headless } from "../../tools/headless.ts";
import { allowDefaultsAlone } from "../../tools/simulated/default-gpu.ts";
import { simulateClocks, stockChrome } from "../../tools/simulated/stock-clocks.ts";
import { calling, printUncapturedErrors, runEarly } from "./early-scripts.ts";

// So that no spec takes Playwright's own `test` by mistake, all of Playwright comes from here.
// biome-ignore lint/performance/noBarrelFile: see above
export { type Download, expect, type Locator, type Page } from "@playwright/test";

export interface TestOptions {
  /** Gives devices the default limits and no optional features. */
  readonly defaultGpu: boolean;
  /**
   * Simulates the clocks of stock Chrome on a GPU this many times faster; null keeps the machine's clocks.
   */
  readonly stockClocks: number | null;
}

interface Fixtures extends TestOptions {
  /** Announces errors that a test provokes: matching console errors and exceptions are expected. */
  readonly announceError: (pattern: RegExp) => void;
  readonly watched: undefined;
}

interface WorkerFixtures {
  /** The page that `npm run report` opens, in its own browser. */
  readonly reportPage: Headless;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  reportPage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright takes the wanted fixtures from it.
    async ({}, use) => {
      const app = await Headless.open(undefined, { unattended: true });
      await use(app);
      await app.close();
    },
    { scope: "worker" },
  ],
  announceError: async ({ context: _ }, use) => use((pattern) => announced.push(pattern)),
  defaultGpu: [false, { option: true }],
  stockClocks: [null, { option: true }],
  watched: [
    async ({ context, baseURL, defaultGpu, stockClocks }, use) => {
      await context.addInitScript(printUncapturedErrors);
      await runEarly(context, [
        ...(defaultGpu ? [calling(allowDefaultsAlone)] : []),
        // The initial empty page, which has no address yet, has no GPU.
        ...(stockClocks === null
          ? []
          : [`globalThis.GPUBuffer && ${calling(simulateClocks, stockChrome(stockClocks))}`]),
      ]);
      announced = [];
      const errors: string[] = [];
      const elsewhere: string[] = [];
      const own = new URL(baseURL ?? "").origin;
      context.on("request", (request) => {
        const url = new URL(request.url());
        if (/^(http|ws)s?:$/.test(url.protocol) && url.origin !== own) elsewhere.push(request.url());
      });
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      context.on("weberror", (error) => errors.push(error.error().message));
      await use(undefined);
      expect(elsewhere, "requests that left the origin").toEqual([]);
      const unexpected = errors.filter((error) => !announced.some((pattern) => pattern.test(error)));
      expect(unexpected, "errors that the test did not announce").toEqual([]);
    },
    { auto: true },
  ],
});

/** A module variable is safe, as a process runs one test at a time. */
let announced: RegExp[] = [];
