/**
 * Tests `check` as a process with its workers: parts, and runs killed at random moments and continued.
 *
 * `REGIONSCOPE_KILLS=20` kills more often than a quick test does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { randomFrom } from "../../src/base/random.ts";
import { root } from "../run.ts";
import { filesOf } from "./testing/dataset.ts";
import { writeSmallCases } from "./testing/small-cases.ts";

const CASES = 30;
const KILLS = Number(process.env.REGIONSCOPE_KILLS ?? 4);
const SEED = 20_240_506;
const LONGEST_MS = 120_000;

let folder = "";
const children = new Set<ChildProcess>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-check-process-"));
  await writeSmallCases(join(folder, "D"), CASES);
  // Every other run is compared with this one.
  const whole = start("whole");
  expect(await whole.ended).toEqual({ code: 0, signal: null });
}, LONGEST_MS);
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: readonly string[]) => join(folder, ...names);
const recordsIn = (out: string) =>
  existsSync(at(out, "cases")) ? readdirSync(at(out, "cases")).filter((name) => !name.startsWith(".")) : [];

function start(out: string, ...options: readonly string[]) {
  const args = ["--import", "tsx", join(root, "tools/cli.ts"), "check", at("D"), at(out), "--grid", "stored"];
  const child = spawn(process.execPath, [...args, "--workers", "2", ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    // Its own process group, which can be killed as a whole.
    detached: true,
  });
  children.add(child);
  let err = "";
  child.stderr?.on("data", (data: Buffer) => {
    err += data.toString();
  });
  const ended = once(child, "close").then(([code, signal]) => {
    children.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  return { pid: child.pid ?? 0, child, ended, err: () => err };
}

/** The process's children and theirs, with their command lines, as Linux lists them. */
function descendants(pid: number): { pid: number; command: string }[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(/\) \S (\d+) /.exec(status)?.[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent, command }];
      } catch {
        // Ended meanwhile.
        return [];
      }
    });
  const below = (of: number): typeof all =>
    all.filter(({ parent }) => parent === of).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

const isThere = (pid: number) => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

test.runIf(process.platform === "linux")(
  "three parts at once write what one run writes",
  async () => {
    const parts = [0, 1, 2].map((i) => start("parts", "--num_parts", "3", "--part_id", String(i)));
    for (const { ended } of parts) expect(await ended).toEqual({ code: 0, signal: null });
    expect(filesOf(at("parts"))).toEqual(filesOf(at("whole")));
    expect(recordsIn("parts")).toHaveLength(CASES);
  },
  2 * LONGEST_MS,
);

/** What is killed, in turn. */
const VICTIMS = ["worker", "all workers", "whole"] as const;

test.runIf(process.platform === "linux")(
  `killed ${KILLS} times at random moments and continued, it writes what an undisturbed run writes`,
  async () => {
    const whole = filesOf(at("whole"));
    const random = randomFrom(SEED);
    for (let kill = 0; kill < KILLS; ) {
      const victim = VICTIMS[kill % VICTIMS.length];
      // A complete run leaves nothing to kill.
      if (recordsIn("killed").length === CASES) rmSync(at("killed"), { recursive: true });
      const run = start("killed", "--continue");
      const least = recordsIn("killed").length + Math.floor(random() * (CASES - recordsIn("killed").length));
      await vi.waitFor(
        () => expect(run.child.exitCode ?? recordsIn("killed").length).toBeGreaterThanOrEqual(least),
        {
          timeout: LONGEST_MS,
          interval: 2,
        },
      );
      await wait(random() * 20);
      const workers = descendants(run.pid)
        .filter(({ command }) => command.includes("case-worker"))
        .map(({ pid }) => pid);
      const targets = { worker: workers.slice(0, 1), "all workers": workers, whole: [-run.pid] }[
        victim ?? "whole"
      ];
      const before = recordsIn("killed").length;
      // The run may have ended first.
      if (targets.length > 0 && run.child.exitCode === null) {
        for (const pid of targets) killed(pid);
        kill++;
      }
      const { code, signal } = await run.ended;
      const place = `${kill}. ${victim} at ${before} of ${CASES}: exit code ${code ?? signal}`;
      if (process.env.REGIONSCOPE_KILLS) console.log(`${place}; ${run.err().split("\n").at(-2) ?? ""}`);
      expect([code, signal], `${place}\n${run.err()}`).toEqual(
        victim === "whole" && signal ? [null, "SIGKILL"] : [0, null],
      );
      await vi.waitFor(() => expect(workers.filter(isThere)).toEqual([]), { timeout: 20_000 });
      if (recordsIn("killed").length === CASES) expect(filesOf(at("killed"))).toEqual(whole);
    }
    expect(await start("killed", "--continue").ended).toEqual({ code: 0, signal: null });
    expect(filesOf(at("killed"))).toEqual(whole);
  },
  (KILLS + 2) * LONGEST_MS,
);
