/**
 * Runs the examples for clusters with a stand-in for `regionscope`: the Slurm script's arithmetic and signals
 * with bash alone, then on a Slurm of this test's own, and the Snakefile with Snakemake, where these are
 * installed. Reads the Containerfile, which only a container engine could run.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./run.ts";
import { ended } from "./testing/ended.ts";

const EXAMPLES = join(root, "examples");
const CHECK = join(EXAMPLES, "slurm/check.sbatch");

/** Records its arguments; part 2 loses its browser once. */
const STAND_IN = `#!/bin/bash
echo "$*" >>"$CALLS"
if [ "$1" = summary ]; then
  for name in summary.json summary.html cases.tsv folds.tsv; do touch "$2/$name"; done
  exit 0
fi
mkdir -p "$3"
case "$* " in *"--part_id 2 "*) [ -e "$3/lost" ] || { touch "$3/lost"; exit 3; } ;; esac
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-examples-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Workplace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Lines of arguments that the stand-in got. */
  calls(): string[];
}

/** A folder with programs that come first on the PATH. */
function workplace(name: string, programs: Readonly<Record<string, string>>): Workplace {
  // A space, as in a user's folder.
  const cwd = join(folder, `${name} folder`);
  const bin = join(folder, `${name}-bin`);
  for (const path of [cwd, bin]) mkdirSync(path);
  for (const [program, text] of Object.entries(programs)) {
    writeFileSync(join(bin, program), text);
    chmodSync(join(bin, program), 0o755);
  }
  const calls = join(cwd, "calls");
  return {
    cwd,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, CALLS: calls },
    calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : []),
  };
}

function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

const NO_BASH = isInstalled("bash") ? null : "bash is not installed";

describe("a task of check.sbatch", () => {
  /** Variables of task `id` in the array from `min` to `max` by `step`. */
  const task = (id: number, min: number, max: number, step = 1, count = (max - min) / step + 1) => ({
    SLURM_ARRAY_JOB_ID: "7",
    SLURM_ARRAY_TASK_ID: `${id}`,
    SLURM_ARRAY_TASK_MIN: `${min}`,
    SLURM_ARRAY_TASK_MAX: `${max}`,
    SLURM_ARRAY_TASK_STEP: `${step}`,
    SLURM_ARRAY_TASK_COUNT: `${count}`,
    SLURM_CPUS_PER_TASK: "4",
  });
  const SCONTROL = `#!/bin/bash\necho "scontrol $*" >>"$CALLS"\nexit 1\n`;
  const place = (name: string, program: string) =>
    workplace(name, { regionscope: program, scontrol: SCONTROL });

  function runTask({ cwd, env }: Workplace, variables: NodeJS.ProcessEnv, args = ["my data", "out"]) {
    const { SLURM_RESTART_COUNT: _, NUM_PARTS: __, ...rest } = env;
    const { status, stderr } = spawnSync("bash", [CHECK, ...args], {
      cwd,
      env: { ...rest, ...variables },
      encoding: "utf8",
    });
    return { status, stderr };
  }

  test("counts parts from 0, wherever the array starts and however it counts", (context) => {
    context.skip(NO_BASH !== null, NO_BASH ?? "");
    const at = place("parts", `#!/bin/sh\necho "$*" >>"$CALLS"\n`);
    for (const variables of [task(0, 0, 3), task(4, 1, 4), task(15, 5, 15, 5)])
      expect(runTask(at, variables, ["my data", "out", "--grid", "stored"]).status).toBe(0);
    const again = { ...task(1, 1, 1), NUM_PARTS: "8" };
    expect(runTask(at, again)).toEqual({ status: 0, stderr: "" });
    const line = (count: number, id: number) =>
      `check my data out --num_parts ${count} --part_id ${id} --workers 4 --continue`;
    expect(at.calls()).toEqual([
      `${line(4, 0)} --grid stored`,
      `${line(4, 3)} --grid stored`,
      `${line(3, 2)} --grid stored`,
      line(8, 1),
    ]);
  });

  test("refuses an array with gaps, and a call without folders", (context) => {
    context.skip(NO_BASH !== null, NO_BASH ?? "");
    const at = place("gaps", STAND_IN);
    const gaps = runTask(at, task(3, 0, 3, 1, 2));
    expect(gaps.status).toBe(2);
    expect(gaps.stderr).toMatch(/^The array has gaps: set NUM_PARTS /);
    expect(runTask(at, task(0, 0, 3), ["my data"]).status).toBe(2);
    expect(at.calls()).toEqual([]);
  });

  test("starts again only for a lost browser, and not for ever", (context) => {
    context.skip(NO_BASH !== null, NO_BASH ?? "");
    const requeued = (name: string, code: number, restarts?: string) => {
      const at = place(name, `#!/bin/sh\nexit ${code}\n`);
      const { status } = runTask(at, {
        ...task(1, 0, 3),
        ...(restarts === undefined ? {} : { SLURM_RESTART_COUNT: restarts }),
      });
      expect(status).toBe(code);
      return at.calls();
    };
    expect(requeued("lost", 3)).toEqual(["scontrol requeue 7_1"]);
    expect(requeued("lost-again", 3, "4")).toEqual(["scontrol requeue 7_1"]);
    expect(requeued("lost-too-often", 3, "5")).toEqual([]);
    for (const code of [0, 1, 2]) expect(requeued(`ended-${code}`, code)).toEqual([]);
  });

  test.skipIf(NO_BASH !== null).each([
    ["USR1", "starts again when its time is over", ["stopped", "scontrol requeue 7_0"]],
    ["TERM", "ends when it is cancelled", ["stopped"]],
  ] as const)("%s reaches the program; the task %s", async (signal, _, calls) => {
    const at = place(
      signal,
      `#!/bin/bash
trap 'sleep 0.3; echo stopped >>"$CALLS"; trap - TERM; kill -TERM $$' TERM
touch started
while :; do sleep 0.1; done
`,
    );
    const child = spawn("bash", [CHECK, "my data", "out"], {
      cwd: at.cwd,
      env: { ...at.env, ...task(0, 0, 3) },
      stdio: "ignore",
    });
    const end = ended(child);
    await until(() => existsSync(join(at.cwd, "started")));
    child.kill(`SIG${signal}`);
    expect((await end).code).toBe(128 + 15);
    expect(at.calls()).toEqual(calls);
  });
});

async function until(isSo: () => boolean, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !isSo(); await delay(200))
    if (Date.now() > end) throw new Error(`It did not happen within ${ms} ms.`);
}

describe("on a Slurm of this test's own", () => {
  const PROGRAMS = ["slurmctld", "slurmd", "munged", "sbatch"];
  const missing =
    process.getuid?.() !== 0
      ? "only root can start Slurm"
      : PROGRAMS.some((program) => !isInstalled(program))
        ? "slurm-wlm and munge are not installed"
        : null;
  const started: string[] = [];
  afterAll(() => {
    for (const file of started.toReversed())
      if (existsSync(file)) process.kill(Number(readFileSync(file, "utf8")));
  });

  /** Starts one node. @returns the path of its slurm.conf */
  async function startSlurm(): Promise<string> {
    const at = (name: string) => join(folder, name);
    writeFileSync(at("munge.key"), crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o400 });
    const munge = ["key-file", "socket", "pid-file", "log-file", "seed-file"];
    const socket = at("munge.socket");
    execFileSync("munged", [
      "--force",
      ...munge.map((name) => `--${name}=${at(`munge.${name.split("-")[0]}`)}`),
    ]);
    started.push(at("munge.pid"));
    const [port, nodePort] = [await freePort(), await freePort()];
    const host = hostname().split(".")[0];
    writeFileSync(
      at("slurm.conf"),
      `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${nodePort}
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SlurmUser=root
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldLogFile=${at("slurmctld.log")}
SlurmdLogFile=${at("slurmd.log")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
SlurmdParameters=config_overrides
NodeName=${host} NodeAddr=127.0.0.1 CPUs=16 RealMemory=64000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`,
    );
    for (const name of ["state", "spool"]) mkdirSync(at(name));
    for (const daemon of ["slurmctld", "slurmd"]) {
      execFileSync(daemon, ["-f", at("slurm.conf")], {
        env: { ...process.env, SLURM_CONF: at("slurm.conf") },
      });
      started.push(at(`${daemon}.pid`));
    }
    return at("slurm.conf");
  }

  test("a part that lost its browser starts again, and the summary waits for it", async (context) => {
    context.skip(missing !== null, missing ?? "");
    const at = workplace("slurm", { regionscope: STAND_IN });
    const env = { ...at.env, SLURM_CONF: await startSlurm() };
    const slurm = (program: string, ...args: readonly string[]) =>
      execFileSync(program, [...args], { cwd: at.cwd, env, encoding: "utf8" });
    await until(() => slurm("sinfo", "-h").includes("idle"));

    const out = slurm(join(EXAMPLES, "slurm/submit.sh"), "my data", "my out", "--grid", "stored");
    const [, check, summary] = /^Parts: job (\d+); summary: job (\d+)\./.exec(out) ?? [];
    const waiting = () => slurm("squeue", "-h", "-o", "%i %r");
    await until(() => waiting().includes(`${check}_2 BeginTime`));
    expect(waiting()).toContain(`${summary} Dependency`);
    expect(at.calls().some((line) => line.startsWith("summary"))).toBe(false);
    // Slurm would wait two minutes.
    slurm("scontrol", "update", `JobId=${check}_2`, "StartTime=now");
    await until(() => waiting() === "");

    const parts = at.calls().slice(0, -1);
    expect(parts.sort()).toEqual(
      [0, 1, 2, 2, 3].map(
        (id) => `check my data my out --num_parts 4 --part_id ${id} --workers 4 --continue --grid stored`,
      ),
    );
    expect(at.calls().at(-1)).toBe("summary my out");
    expect(readFileSync(join(at.cwd, `regionscope-${check}_2.log`), "utf8")).toContain(
      "Part 2 starts again (1 of at most 5 times).",
    );
    expect(existsSync(join(at.cwd, "my out/summary.html"))).toBe(true);
  });
});

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

test("the Snakefile runs every part, a lost one again, and then the summary", (context) => {
  context.skip(!isInstalled("snakemake"), "snakemake is not installed");
  const at = workplace("snakemake", { regionscope: STAND_IN });
  const config = ["dataset=my data", "out=my out", "parts=3", "options=--grid stored"];
  const file = join(EXAMPLES, "snakemake/Snakefile");
  const { status, stderr } = spawnSync(
    "snakemake",
    ["--cores", "1", "--snakefile", file, "--config", ...config],
    { cwd: at.cwd, env: at.env, encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  const line = "check my data my out --num_parts 3 --continue --grid stored";
  expect(at.calls().slice(0, -1).sort()).toEqual(
    [0, 1, 2, 2].map((id) => `${line} --part_id ${id} --workers 1`),
  );
  expect(at.calls().at(-1)).toBe("summary my out");
});

test("the Containerfile installs the package of this version, and no root runs it", () => {
  const project = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly version: string;
    readonly engines: { readonly node: string };
  };
  const text = readFileSync(join(root, "Containerfile"), "utf8").replaceAll(/\\\n/g, " ");
  const of = (instruction: string) =>
    [...text.matchAll(new RegExp(`^${instruction} (.+)$`, "gm"))].map(([, rest = ""]) => rest.trim());
  const [version = ""] = of("ARG");
  expect(version).toBe(`VERSION=${project.version}`);
  expect(of("COPY")).toEqual([`regionscope-\${VERSION}.tgz /tmp/regionscope.tgz`]);
  const major = Number(/node:(\d+)-/.exec(of("FROM")[0] ?? "")?.[1]);
  expect(major).toBeGreaterThanOrEqual(Number.parseInt(project.engines.node.replace(">=", ""), 10));
  expect(of("ENTRYPOINT")).toEqual(['["regionscope"]']);
  expect(of("USER")).toEqual(["node"]);
  // The user of the last instruction runs the program.
  expect(text.lastIndexOf("\nRUN ")).toBeLessThan(text.indexOf("\nUSER "));
  expect(text).toContain(`makes regionscope-${project.version}.tgz`);
});

test("every example says how to run it", () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\/.*[^/]$/.test(path),
  );
  expect(files.length).toBeGreaterThanOrEqual(6);
  for (const path of files.filter((name) => !name.endsWith(".config"))) {
    const head = readFileSync(join(EXAMPLES, path), "utf8").split("\n").slice(0, 8).join("\n");
    expect(head, path).toMatch(/^(#|\/\/) {3}(\w+=\S+ )*(sbatch|\.\/submit\.sh|snakemake|nextflow run) /m);
  }
});
