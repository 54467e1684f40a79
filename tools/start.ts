/** `npm start`: builds if necessary, serves on this machine only and opens the bundled abdomen case. */
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { errorMessage } from "../src/base/errors.ts";
import { type FoundBrowser, findBrowser, webgpuFlags } from "./browser.ts";
import { ensureBuilt } from "./build.ts";
import { Failure, main } from "./run.ts";
import { serve } from "./serve.ts";

const PREFERRED_PORT = 4173;
const FIRST_PAGE = "?sample=abdomen-regions";

await main(async () => {
  const { values } = readOptions();
  await ensureBuilt((text) => process.stdout.write(`${text}\n`));
  const served = await serve(PREFERRED_PORT);
  const url = `${served.url}${FIRST_PAGE}`;
  process.stdout.write(`Regionscope: ${url}\n`);
  if (!values["no-open"] && !(await openBrowser(url))) {
    process.stdout.write("No browser could be opened here: open that address in Chrome.\n");
  }
  process.stdout.write("Ctrl-C ends it.\n");
  await new Promise<void>((done) => {
    process.once("SIGINT", () => done());
    process.once("SIGTERM", () => done());
  });
  // Open connections of the page would delay the server's close.
  await Promise.race([served.close(), new Promise((done) => setTimeout(done, 500))]);
  process.exit(0);
});

function readOptions() {
  try {
    return parseArgs({ options: { "no-open": { type: "boolean", default: false } } });
  } catch (error) {
    throw new Failure(errorMessage(error), 2);
  }
}

/** @returns false if nothing could be opened */
async function openBrowser(url: string): Promise<boolean> {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const found = await findBrowser().catch(() => undefined);
  if (found && (await stays(found.executablePath, [...chromeFlags(found), url]))) return true;
  if (process.platform === "darwin") return stays("open", [url]);
  if (process.platform === "win32") return stays("cmd", ["/c", "start", "", url]);
  return stays("xdg-open", [url]);
}

/**
 * Chrome on Linux may need flags for WebGPU, and a running Chrome ignores new flags, so Linux gets a separate
 * profile. Elsewhere the user's own browser window is better.
 */
function chromeFlags(found: FoundBrowser): string[] {
  if (process.platform !== "linux" || found.executablePath.startsWith("/snap/")) return [];
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return [...webgpuFlags(found), `--user-data-dir=${join(cache, "regionscope", "chrome")}`];
}

/** Starts a program that outlives this one. @returns false if it cannot start or fails immediately */
function stays(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
    setTimeout(() => done(true), 2000).unref();
    child.unref();
  });
}
