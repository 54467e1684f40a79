/** Drives the built application in a headless browser through a typed handle on its interface for tools. */
import { type Browser, chromium, type Page } from "playwright";
import { errorMessage } from "../src/base/errors.ts";
import type { BenchmarkResult } from "../src/benchmark/result.ts";
import type { Automation, ReportAnswer } from "../src/shell/automation.ts";
import type { ReportRequest } from "../src/shell/for-tools.ts";
import { type FoundBrowser, findBrowser, noBrowserFound, webgpuFlags } from "./browser.ts";
import { ensureBuilt } from "./build.ts";
import { Ending } from "./ending.ts";
import { Failure } from "./run.ts";
import { type Served, serve, type ToolScripts } from "./serve.ts";

/** The hidden file input (multiple) for the files of a report. */
const FILES_SELECTOR = "[data-automation-files]";
const START_TIMEOUT_MS = 120_000;

interface HeadlessOptions {
  /** The tool's scripts, served beside the page. */
  readonly scripts?: ToolScripts;
  /**
   * Opens the page without its interface and its own device: `report` and `bench` work, but nothing is drawn.
   */
  readonly unattended?: boolean;
}

export class Headless {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly served: Served,
    private readonly crashed: Ending,
  ) {}

  /**
   * Builds if necessary, serves, launches and waits until the page offers `window.regionscope`.
   * @throws Failure
   */
  static async open(
    announce: (text: string) => void = () => {},
    { scripts = {}, unattended = false }: HeadlessOptions = {},
  ): Promise<Headless> {
    const found = await browserToStart();
    await ensureBuilt(announce);
    announce("Starting the browser…");
    const served = await serve(0, scripts);
    let browser: Browser | undefined;
    try {
      browser = await chromium.launch({
        executablePath: found.executablePath,
        args: webgpuFlags(found),
      });
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
        serviceWorkers: "block",
      });
      // A software adapter is slow, and slower still beside other work.
      page.setDefaultTimeout(START_TIMEOUT_MS);
      const crashed = failures(page, found.executablePath);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      // The code below waits for the page's interface.
      await page.goto(unattended ? `${served.url}?unattended` : served.url, { waitUntil: "commit" });
      try {
        const started = page.waitForFunction(() => window.regionscope !== undefined, undefined, {
          timeout: START_TIMEOUT_MS,
        });
        await crashed.orEnd(started);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure(
          `The application did not start in ${found.executablePath}: ${errors[0] ?? "no error was reported"}.`,
        );
      }
      return new Headless(page, browser, served, crashed);
    } catch (error) {
      await browser?.close();
      await served.close();
      throw error;
    }
  }

  /** Name and version, for tables. */
  get browserName(): string {
    return `Chromium ${this.browser.version()}`;
  }

  /** @param paths absolute paths; the request uses their base names */
  async report(paths: readonly string[], request: ReportRequest): Promise<ReportAnswer> {
    await this.page.setInputFiles(FILES_SELECTOR, [...paths]);
    return this.#guard(
      this.page.evaluate((asked) => {
        if (!window.regionscope) throw new Error("The page offers nothing to tools.");
        return window.regionscope.report(asked);
      }, request),
    );
  }

  bench(request: Parameters<Automation["bench"]>[0]): Promise<BenchmarkResult> {
    return this.#guard(
      this.page.evaluate((asked) => {
        if (!window.regionscope) throw new Error("The page offers nothing to tools.");
        return window.regionscope.bench(asked);
      }, request),
    );
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.served.close();
  }

  /**
   * Fails the call when the tab crashes, and turns an error of the page into its message, without
   * Playwright's prefix.
   */
  async #guard<T>(call: Promise<T>): Promise<T> {
    try {
      return await this.crashed.orEnd(call);
    } catch (error) {
      if (error instanceof Failure) throw error;
      const message = errorMessage(error);
      throw new Failure((message.split("\n")[0] ?? message).replace(/^page\.evaluate: (Error: )?/, ""));
    }
  }
}

/** The browser that {@link Headless.open} starts. @throws Failure without one */
async function browserToStart(): Promise<FoundBrowser> {
  const found = await findBrowser().catch((error: unknown) => {
    throw new Failure(errorMessage(error));
  });
  if (found) return found;
  throw new Failure(noBrowserFound());
}

/** Ends when the tab crashes. */
function failures(page: Page, executable: string): Ending {
  const crashed = new Ending();
  page.on("crash", () =>
    crashed.end(new Failure(`The page crashed in ${executable}: most often, memory ran out.`)),
  );
  return crashed;
}
