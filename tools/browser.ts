/**
 * Chooses the browser that tests and tools drive, and its flags: the only place that knows either.
 *
 * A machine with a display adapter uses its own GPU. Without one (CI, containers), Chromium's software Vulkan
 * driver runs WebGPU. The three swiftshader/Vulkan flags belong together: with only some of them, compute
 * works but the device is lost at the first canvas frame.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { platform } from "node:os";

export interface FoundBrowser {
  /** Absolute path of the executable. */
  readonly executablePath: string;
  /** Where it was found, for messages. */
  readonly from: "CHROME_PATH" | "installed" | "playwright";
}

const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  linux: [
    "/usr/bin/google-chrome-stable",
    "/usr/bin/google-chrome",
    "/opt/google/chrome/chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ],
};

/**
 * Finds the browser to drive: `CHROME_PATH`, else an installed Chrome or Chromium, else Playwright's own
 * download.
 * @throws if CHROME_PATH names a file that does not exist.
 */
export async function findBrowser(): Promise<FoundBrowser | undefined> {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH is ${named}, and there is no such file.`);
    return { executablePath: named, from: "CHROME_PATH" };
  }
  const installed = (INSTALLED[platform()] ?? []).find((path) => existsSync(path));
  if (installed) return { executablePath: installed, from: "installed" };
  const { chromium } = await import("playwright");
  const own = chromium.executablePath();
  return existsSync(own) ? { executablePath: own, from: "playwright" } : undefined;
}

/**
 * The sentence for people where {@link findBrowser} finds none. Another version of Playwright would download
 * a browser that this one does not look for.
 */
export function noBrowserFound(): string {
  const { version } = createRequire(import.meta.url)("playwright/package.json") as { version: string };
  return `No Chrome or Chromium was found: install one, set CHROME_PATH to its executable, or run: npx playwright@${version} install chromium`;
}

const QUIET = [
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

const SOFTWARE = [
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--use-angle=swiftshader",
];

/** True if no display adapter is likely: Linux without a DRM render node, or REGIONSCOPE_SOFTWARE=1. */
function expectsSoftwareAdapter(): boolean {
  if (process.env.REGIONSCOPE_SOFTWARE) return process.env.REGIONSCOPE_SOFTWARE !== "0";
  return platform() === "linux" && !existsSync("/dev/dri/renderD128");
}

/** Command-line flags that enable WebGPU in a headless browser on this machine. */
export function webgpuFlags(_browser?: FoundBrowser): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    "--enable-unsafe-webgpu",
    ...(expectsSoftwareAdapter() ? SOFTWARE : platform() === "linux" ? ["--enable-features=Vulkan"] : []),
    ...(isRoot ? ["--no-sandbox"] : []),
    ...QUIET,
  ];
}

/**
 * Flags for tests. An emulated GPU rasterises the page around the pictures more slowly than the browser does
 * without it. WebGPU draws the pictures either way.
 */
export function testFlags(browser?: FoundBrowser): string[] {
  return [...webgpuFlags(browser), ...(expectsSoftwareAdapter() ? ["--disable-gpu-rasterization"] : [])];
}
