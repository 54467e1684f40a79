/**
 * Finds a working browser, or else installs one: Playwright's download, or Debian's package if run as root.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type FoundBrowser, findBrowser } from "./browser.ts";
import { Failure, isMain, main, run } from "./run.ts";

const WHAT_TO_DO =
  "No Chrome or Chromium was found and none could be installed: install Google Chrome (https://www.google.com/chrome), " +
  "or set CHROME_PATH to the executable of one.";

/** @throws Failure with one sentence that says what to do */
export async function ensureBrowser(announce: (text: string) => void): Promise<FoundBrowser> {
  const found = await findBrowser();
  if (found && (await runs(found))) return found;
  if (found) {
    if (found.from === "CHROME_PATH") {
      throw new Failure(
        `CHROME_PATH is ${found.executablePath}, which does not run: point it to another browser.`,
      );
    }
    announce(`${found.executablePath} does not run.`);
  }
  for (const [name, install] of INSTALLERS) {
    announce(`Installing a browser: ${name}`);
    if (!(await install())) continue;
    const installed = await findBrowser();
    if (installed && (await runs(installed))) return installed;
  }
  throw new Failure(WHAT_TO_DO);
}

const INSTALLERS: readonly (readonly [string, () => Promise<boolean>])[] = [
  ["npx playwright install chromium", async () => (await playwright(["install", "chromium"])) === 0],
  ["apt-get install chromium", installFromDebian],
];

function playwright(args: readonly string[]): Promise<number> {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve("playwright/package.json")), "cli.js");
  return run(process.execPath, [cli, ...args]);
}

/** Unlike Playwright's download, this also installs the shared libraries. */
async function installFromDebian(): Promise<boolean> {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !isDebian()) return false;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if ((await run("apt-get", ["update", "-q"], { env })) !== 0) return false;
  return (
    (await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { env })) === 0
  );
}

function isDebian(): boolean {
  if (!existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync("/etc/os-release", "utf8"));
}

/**
 * Tries to start the browser, as a download may lack shared libraries. Linux only: Chrome on Windows ignores
 * `--version`.
 */
async function runs(browser: FoundBrowser): Promise<boolean> {
  if (process.platform !== "linux") return true;
  return (await run(browser.executablePath, ["--version"], { quiet: true })) === 0;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const browser = await ensureBrowser((text) => process.stdout.write(`${text}\n`));
    process.stdout.write(`Browser: ${browser.executablePath}\n`);
    return 0;
  });
}
