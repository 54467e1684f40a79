/**
 * Runs every npm script that README.md or docs/commands.md names, on a small workload, each in its own
 * process as a user would start it. package.test.ts does so for the commands of the program.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedCommands, isOfPackage, namedCommands } from "./readme-commands.ts";
import { root } from "./run.ts";
import { type Ended, ended } from "./testing/ended.ts";

const SAMPLE = join(root, "public/samples/Dataset903_SpineRegions");
const SAMPLES = join(root, "public/samples");
const END_MS = 20_000;

let folder = "";
const children = new Set<ChildProcess>();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-commands-"));
});
afterAll(() => {
  // Kills what a failed test left running.
  for (const child of children) signal(child, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const jsonAt = (name: string): unknown => JSON.parse(readFileSync(at(name), "utf8"));

/** Starts a command without a display or a terminal, so that it behaves the same on every machine. */
function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...rest } = process.env;
  const child = spawn(command, [...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...rest, ...env },
    shell: process.platform === "win32",
    // Its own process group, so that a signal reaches npm and its child processes, as Ctrl-C does.
    detached: process.platform !== "win32",
  });
  children.add(child);
  child.on("close", () => children.delete(child));
  return child;
}

function signal(child: ChildProcess, name: "SIGINT" | "SIGKILL"): void {
  if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, name);
  else child.kill(name);
}

const npm = (...args: readonly string[]) => ended(start("npm", args));
const npmRun = (script: string, ...args: readonly string[]) => npm("run", "-s", script, "--", ...args);

/** Expects exit code 0 and an empty stderr. */
async function expectDone(run: Promise<Ended>): Promise<string> {
  const { code, out, err } = await run;
  expect(err).toBe("");
  expect(code).toBe(0);
  return out;
}

/** The check that is then summarised. */
let check: Promise<Ended> | null = null;
function checked(): Promise<Ended> {
  check ??= npmRun("check", SAMPLE, at("check"), "--grid", "stored", "--fail-on", "error");
  return check;
}

/** The test of each command, by its name in {@link namedCommands}. */
const TESTS: Readonly<Record<string, () => Promise<void>>> = {
  start: async () => {
    const child = start("npm", ["start"]);
    const end = ended(child);
    const url = await new Promise<string>((done, fail) => {
      let text = "";
      child.stdout?.on("data", (data: Buffer) => {
        text += data.toString();
        const address = /Regionscope: (http:\S+)/.exec(text)?.[1];
        if (address && text.includes("Ctrl-C ends it.")) done(address);
      });
      end.then(({ err }) => fail(new Error(`It ended before it served anything: ${err}`)), fail);
    });
    expect(url).toMatch(/\?sample=abdomen-regions$/);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>Regionscope</title>");
    signal(child, "SIGINT");
    const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("Still served.")), END_MS));
    await Promise.race([end, late]);
    await expect(fetch(url)).rejects.toThrow();
  },

  "run report": async () => {
    await expectDone(
      npmRun(
        "report",
        "--labels",
        join(SAMPLE, "labelsTr", readdirSync(join(SAMPLE, "labelsTr"))[0] ?? ""),
        "--dataset",
        join(SAMPLE, "dataset.json"),
        "--plans",
        join(SAMPLE, "nnUNetPlans.json"),
        "--out",
        at("report.json"),
      ),
    );
    expect(jsonAt("report.json")).toMatchObject({
      schema: "regionscope.report/1",
      regions: expect.arrayContaining([expect.anything()]),
    });
  },

  "run check": async () => {
    const { code, out, err } = await checked();
    expect({ code, out }, err).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/^\[1\/1\] spine_002 /);
    expect(jsonAt("check/cases/spine_002.json")).toMatchObject({ status: "ok", regions: expect.anything() });
    expect(jsonAt("check/check.json")).toMatchObject({ schema: "regionscope.check/1", cases: [{}] });
  },

  "run summary": async () => {
    await checked();
    const { code, out, err } = await npmRun("summary", at("check"));
    expect({ code, out }, err).toEqual({ code: 0, out: "" });
    expect(readFileSync(at("check/cases.tsv"), "utf8")).toContain("spine_002\tok\t");
    expect(readFileSync(at("check/summary.html"), "utf8")).toContain("spine_002");
  },

  "run bench": async () => {
    const out = await expectDone(npmRun("bench", "--quick", "--json", at("bench.json")));
    expect(out).toContain("32 x 32 x 32, 8 channels");
    expect(jsonAt("bench.json")).toMatchObject({
      schema: "regionscope.bench/1",
      verified: { "label-first": { mismatches: 0 } },
    });
  },

  "run bench --suite": async () => {
    const files = ["--json", at("suite.json"), "--markdown", at("suite.md")];
    const out = await expectDone(npmRun("bench", "--suite", "--quick", ...files));
    expect(readFileSync(at("suite.md"), "utf8")).toBe(out);
    const { runs, pages } = jsonAt("suite.json") as {
      readonly runs: readonly { readonly size: number }[];
      readonly pages: readonly unknown[];
    };
    expect(runs.length).toBeGreaterThan(10);
    expect(Math.max(...runs.map(({ size }) => size))).toBe(32);
    expect(pages.length).toBeGreaterThan(0);
  },

  "run bench:page": async () => {
    const out = await expectDone(npmRun("bench:page", "--quick"));
    expect(out).toMatch(/Abdomen, 25 nested regions: click to complete grid [1-9]\d*/);
    expect(out).toMatch(/3D at rest/);
  },

  "run bench:viewer": async () => {
    const out = await expectDone(npmRun("bench:viewer", "--quick", "--json", at("viewer.json")));
    expect(out).toContain("116 regions: opacity change");
    expect(jsonAt("viewer.json")).toMatchObject({ schema: "regionscope.bench-viewer/1", openings: 1 });
  },

  "run bench:check": async () => {
    const out = await expectDone(npmRun("bench:check", "--quick"));
    expect(out).toContain("2 small cases on the stored grid, 2 workers");
    expect(out.match(/check {2}\d+\.\d\d s of processors, in \d+\.\d\d s/g)).toHaveLength(2);
  },

  "run bench:loading": async () => {
    const out = await expectDone(npmRun("bench:loading", "--quick", "--json", at("loading.json")));
    expect(out).toMatch(/\.nii\.gz \| (labels|image) \|/);
    expect(jsonAt("loading.json")).toMatchObject({
      schema: "regionscope.bench-loading/1",
      results: [{ gunzipMs: [expect.any(Number)], readMs: [expect.any(Number)] }],
    });
  },

  "run test:monkey": async () => {
    const out = await expectDone(npmRun("test:monkey", "--seed", "5", "--events", "20"));
    expect(out).toMatch(/^Seed 5, 20 events\nNo fault in \d+ s\.\n$/);
  },

  "run pictures": async () => {
    await expectDone(npmRun("pictures", "--quick", "--out", at("pictures")));
    // The command made every picture of the project, and all of them are valid.
    for (const [where, ending, magic] of [
      ["docs", ".png", "PNG"],
      ["src/features/open/thumbnails", ".webp", "WEBP"],
    ] as const) {
      const names = readdirSync(join(root, where)).filter((name) => name.endsWith(ending));
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        const bytes = readFileSync(join(at("pictures"), where, name));
        expect(bytes.subarray(0, 16).toString("latin1"), name).toContain(magic);
      }
    }
  },

  "run bench:nnunet": async () => {
    const none = await npmRun("bench:nnunet", "--python", at("no-python"));
    expect(none).toMatchObject({ code: 1, out: "" });
    expect(none.err).toMatch(/^\S+no-python could not be started\. Name a Python with --python\.\n$/);

    const [python, pip] = [at("bare/bin/python"), "-m pip install torch batchgeneratorsv2"];
    const made = await ended(start("python3", ["-m", "venv", "--without-pip", at("bare")])).catch(() => null);
    if (made?.code !== 0) return;
    const bare = await npmRun("bench:nnunet", "--python", python, "--size", "16", "--channels", "2");
    expect(bare).toMatchObject({ code: 1, out: "" });
    expect(bare.err).toBe(
      `${python} has not what is compared with (ModuleNotFoundError: No module named 'torch'). Run: ${python} ${pip}\n`,
    );
  },

  "run build": async () => {
    // Building into dist would take the page away from the other tools that serve it.
    await expectDone(npmRun("build", "--outDir", at("built"), "--emptyOutDir", "--logLevel", "warn"));
    const page = readFileSync(at("built/index.html"), "utf8");
    const named = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(2);
    // Relative paths to existing files work from any sub-path.
    for (const path of named) {
      expect(path).toMatch(/^\.\//);
      expect(existsSync(join(at("built"), path)), path).toBe(true);
    }
    expect(existsSync(at("built/sw.js"))).toBe(true);
    expect(await expectDone(ended(start("node", ["dist-program/cli.js", "--version"])))).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
  },
};

/** Commands that this test runs under, and commands that CI runs by itself. */
const BY_CI = ["ci", "test", "run test:large"];

test("every npm script that README.md or docs/commands.md names has a test, and every test a script", () => {
  const documented = documentedCommands().filter((name) => !isOfPackage(name));
  expect([...Object.keys(TESTS), ...BY_CI].sort()).toEqual(documented.sort());
});

test("commands without a test here are run by continuous integration", () => {
  const runs = namedCommands(readFileSync(join(root, ".ci/run"), "utf8"));
  expect(runs).toEqual(expect.arrayContaining(BY_CI));
});

// Two at a time, as one alone leaves a core idle while processes start and end.
for (const [name, run] of Object.entries(TESTS)) test.concurrent(`npm ${name}`, run);

test("npm run bench:loading says in one sentence that a file took too long", async () => {
  const file = join(SAMPLES, readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).find(isGzip) ?? "");
  const { code, out, err } = await npmRun("bench:loading", "--repeats", "1", "--timeout", "0.0001", file);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toBe(`${file}: reading it 4 times did not end within 0.0004 s.\n`);
});

const isGzip = (path: string) => path.endsWith(".nii.gz");
