/** `serve`, and `npm start`: serves the built page on this machine only, and opens it if asked to. */
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { errorMessage } from "../src/base/errors.ts";
import { type FoundBrowser, findBrowser, webgpuFlags } from "./browser.ts";
import { ensureBuilt } from "./build.ts";
import { Failure, print } from "./run.ts";
import { serve } from "./serve.ts";
import { helpText, SERVE_USAGE, usageLine } from "./usage.ts";

const PREFERRED_PORT = 4173;
const MAX_PORT = 65_535;

/**
 * Serves until a signal ends it.
 * @param args those after the command's name
 * @returns the exit code
 * @throws Failure, with exit code 2 for an invalid command line
 */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const { values } = readServeOptions(args);
  if (values.help) {
    await print(helpText(SERVE_USAGE));
    return 0;
  }
  const port = values.port === undefined ? null : portOf(values.port);
  return servePage({ port, query: "", open: values.open });
}

interface PageOptions {
  /** Exactly this port (0: any); null for the preferred port, or the next free one. */
  readonly port: number | null;
  /** What follows the page's address, such as `?sample=…`. */
  readonly query: string;
  /** Whether to open the page in a browser. */
  readonly open: boolean;
}

/** Builds if necessary and serves until a signal ends it. @returns the exit code @throws Failure */
export async function servePage({ port, query, open }: PageOptions): Promise<number> {
  await ensureBuilt((text) => process.stdout.write(`${text}\n`));
  const served = await serve(port ?? PREFERRED_PORT);
  if (port && new URL(served.url).port !== `${port}`) {
    await served.close();
    throw new Failure(`--port ${port}: another program uses this port. Choose another, or leave it out.`);
  }
  const url = `${served.url}${query}`;
  process.stdout.write(`Regionscope: ${url}\n`);
  if (open && !(await openBrowser(url))) {
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
}

function readServeOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        open: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new Failure(`${errorMessage(error)} ${usageLine(SERVE_USAGE)}`, 2);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > MAX_PORT)
    throw new Failure(`--port is a whole number from 0 to ${MAX_PORT}, not ${text}.`, 2);
  return port;
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
