/** Runs `npm run report` in its own process, as users do, or in this process with an open browser. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Report } from "../../src/domain/report/report.ts";
import type { Headless } from "../../tools/headless.ts";
import { reportCommand } from "../../tools/report-command.ts";
import { Failure } from "../../tools/run.ts";

export const ROOT = new URL("../..", import.meta.url).pathname;

export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param env added to this process's environment */
export function runReport(
  args: readonly string[],
  cwd = ROOT,
  env: Readonly<Record<string, string>> = {},
): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const loader = join(ROOT, "node_modules/tsx/dist/loader.mjs");
    const child = spawn(
      process.execPath,
      ["--import", loader, join(ROOT, "tools/cli.ts"), "report", ...args],
      { cwd, env: { ...process.env, ...env } },
    );
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Makes a report and expects no output on stderr. @param app from the fixture `reportPage` */
export async function reportBy(app: Headless, args: readonly string[], base = ROOT): Promise<Report> {
  const { stdout, stderr } = await reportCommand(args, base, async () => app);
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

/** What a report of bad input would exit with. @param app from the fixture `reportPage` */
export async function refusalBy(app: Headless, args: readonly string[], base = ROOT): Promise<Exit> {
  try {
    return { code: 0, ...(await reportCommand(args, base, async () => app)) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, stdout: "", stderr: error.message };
  }
}
