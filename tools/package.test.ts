/**
 * Packs the project, installs the package into an empty folder without a network, and runs every command of
 * the program `regionscope` that README.md or docs/commands.md names.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureBuilt, ensureProgramBuilt } from "./build.ts";
import { documentedCommands, isOfPackage } from "./readme-commands.ts";
import { root } from "./run.ts";
import { type Ended, ended } from "./testing/ended.ts";

interface Project {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
}

const PROJECT = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Project;
const LOCK = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
const MAX_PACKAGE_BYTES = 10e6;
const INSTALL_MS = 120_000;
/** Imports of other packages in what the build writes, a line each; the same words may stand in a text. */
const IMPORTED = /^(?:import|export) [^"\n]*"([^"./][^"]*)"|\bimport\("([^"./][^"]*)"\)/gm;

let folder = "";
let packed: Packed;
let home = "";
const children = new Set<ChildProcess>();

/** Runs a program without the variables that npm sets for its scripts. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...rest } = process.env;
  const clean = Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(npm_|INIT_CWD)/.test(name)));
  const child = spawn(command, [...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...clean, ...env },
    shell: process.platform === "win32",
  });
  children.add(child);
  child.on("close", () => children.delete(child));
  return child;
}

/** Folders of what package-lock.json installs with the package, relative to the project's root. */
function runtimePackages(): string[] {
  return Object.entries(LOCK.packages)
    .filter(([path, { dev, optional }]) => path !== "" && !dev && !optional)
    .map(([path]) => path);
}

async function pack(specs: readonly string[]): Promise<Packed[]> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, ...specs];
  const { code, out, err } = await ended(run("npm", args, root));
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Packed[];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-package-"));
  // What prepack does, except that dist stays in place for tools that serve it.
  await Promise.all([ensureBuilt(), ensureProgramBuilt()]);
  const [own, ...others] = await pack([".", ...runtimePackages().map((path) => `./${path}`)]);
  if (!own) throw new Error("npm pack named no package.");
  packed = own;
  home = join(folder, "home");
  mkdirSync(home);
  const tarballs = [own, ...others].map(({ filename }) => join("..", basename(filename)));
  const install = ["install", "--offline", "--omit=optional", "--no-audit", "--no-fund", ...tarballs];
  const { code, err } = await ended(run("npm", install, home, { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" }));
  if (code !== 0) throw new Error(err);
}, INSTALL_MS);

afterAll(() => {
  // Kills what a failed test left running.
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Calls the installed program. @param cwd relative to the folder of this test */
function start(args: readonly string[], cwd = "home", env: NodeJS.ProcessEnv = {}): ChildProcess {
  return run(join(home, "node_modules/.bin/regionscope"), args, join(folder, cwd), env);
}
const regionscope = (...args: readonly string[]) => ended(start(args));

async function expectDone(call: Promise<Ended>): Promise<string> {
  const { code, out, err } = await call;
  expect(err).toBe("");
  expect(code).toBe(0);
  return out;
}

/** The check that is then summarised. */
let check: Promise<Ended> | null = null;
function checked(): Promise<Ended> {
  const dataset = "node_modules/regionscope/dist/samples/Dataset903_SpineRegions";
  check ??= regionscope("check", dataset, "checked", "--grid", "stored");
  return check;
}

/** The test of each command, by its name in the documents. */
const TESTS: Readonly<Record<string, () => Promise<void>>> = {
  pack: async () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "NOTICE", "README.md", "package.json"]));
    expect(paths).toEqual(expect.arrayContaining(["dist/index.html", "dist/sw.js", "dist-program/cli.js"]));
    const others = paths.filter((path) => !/^dist(-program)?\//.test(path));
    expect(others.sort()).toEqual(["LICENSE", "NOTICE", "README.md", "package.json"]);
    expect(paths.filter((path) => /\.(ts|tsx|map)$/.test(path))).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(MAX_PACKAGE_BYTES);
    expect(PROJECT.scripts.prepack).toBe("npm run build");
  },

  install: async () => {
    const installed = readdirSync(join(home, "node_modules"), { recursive: true, encoding: "utf8" })
      .filter((path) => /^(@[^/]+\/)?[^/@.]+\/package\.json$/.test(path))
      .map((path) => `node_modules/${path.replace("/package.json", "")}`);
    expect(installed.sort()).toEqual([...runtimePackages(), "node_modules/regionscope"].sort());
    expect(installed).not.toContain("node_modules/react");

    // The program imports Node's own modules and its dependencies; Vite only where there are sources.
    const built = join(home, "node_modules/regionscope/dist-program");
    const imported = readdirSync(built).flatMap((name) =>
      [...readFileSync(join(built, name), "utf8").matchAll(IMPORTED)].map(
        ([, from, later]) => from ?? later ?? "",
      ),
    );
    const elsewhere = new Set(imported.filter((from) => !isBuiltin(from)));
    expect([...elsewhere].sort()).toEqual([...Object.keys(PROJECT.dependencies), "vite"].sort());
  },

  "regionscope --version": async () => {
    expect(await expectDone(regionscope("--version"))).toBe(`${PROJECT.version}\n`);
  },

  "regionscope --help": async () => {
    const help = await expectDone(regionscope("--help"));
    for (const command of ["report", "bench", "check", "summary", "serve"])
      expect(help).toMatch(new RegExp(`^  ${command} `, "m"));
    const without = await regionscope();
    expect(without).toEqual({ code: 2, out: "", err: help });
  },

  "regionscope help": async () => {
    const help = await expectDone(regionscope("help", "report"));
    expect(help).toMatch(/^Usage: regionscope report --labels FILE /);
    expect(await expectDone(regionscope("report", "--help"))).toBe(help);
  },

  "regionscope report": async () => {
    // Relative paths, from a folder that is not the package's.
    mkdirSync(join(folder, "work"));
    const data = relative(
      join(folder, "work"),
      join(home, "node_modules/regionscope/dist/samples/Dataset903_SpineRegions"),
    );
    const labels = join(data, "labelsTr/spine_002.nii.gz");
    const files = ["--dataset", join(data, "dataset.json"), "--plans", join(data, "nnUNetPlans.json")];
    // As in a script named "report" of another project.
    const env = {
      npm_lifecycle_event: "report",
      INIT_CWD: folder,
      npm_package_json: join(home, "package.json"),
    };
    const args = ["report", "--labels", labels, ...files, "--out", "report.json"];
    expect(await expectDone(ended(start(args, "work", env)))).toBe("");
    expect(JSON.parse(readFileSync(join(folder, "work/report.json"), "utf8"))).toMatchObject({
      schema: "regionscope.report/1",
      case: { name: "spine_002" },
      regions: expect.arrayContaining([expect.anything()]),
    });
    const none = await ended(start(["report", "--labels", "none.nii.gz"], "work"));
    const lost = await ended(start(args, "work", { CHROME_PATH: "/none" }));
    expect(lost).toEqual({ code: 1, out: "", err: "CHROME_PATH is /none, and there is no such file.\n" });
    expect(none).toEqual({ code: 2, out: "", err: "none.nii.gz: there is no such file.\n" });
  },

  "regionscope check": async () => {
    const { code, out, err } = await checked();
    expect({ code, out }, err).toEqual({ code: 0, out: "" });
    const file = JSON.parse(readFileSync(join(home, "checked/check.json"), "utf8")) as unknown;
    expect(file).toMatchObject({ version: PROJECT.version, options: { grid: "stored" } });
    expect(existsSync(join(home, "checked/cases/spine_002.json"))).toBe(true);
  },

  "regionscope summary": async () => {
    await checked();
    const { code, out, err } = await regionscope("summary", "checked");
    expect({ code, out }, err).toEqual({ code: 0, out: "" });
    for (const name of ["summary.json", "summary.html", "cases.tsv", "folds.tsv"])
      expect(existsSync(join(home, "checked", name)), name).toBe(true);
  },

  "regionscope bench": async () => {
    const out = await expectDone(regionscope("bench", "--quick", "--json", "bench.json"));
    expect(out).toContain("32 x 32 x 32, 8 channels");
    expect(JSON.parse(readFileSync(join(home, "bench.json"), "utf8"))).toMatchObject({
      schema: "regionscope.bench/1",
      verified: { "label-first": { mismatches: 0 } },
    });
  },

  "regionscope serve": async () => {
    const child = start(["serve", "--port", "0"]);
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
    const page = await fetch(url);
    expect(await page.text()).toContain("<title>Regionscope</title>");
    const port = new URL(url).port;
    const second = await regionscope("serve", "--port", port);
    expect(second).toMatchObject({ code: 1, out: "" });
    expect(second.err).toBe(
      `--port ${port}: another program uses this port. Choose another, or leave it out.\n`,
    );
    child.kill("SIGTERM");
    expect((await end).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  },
};

test("every command of the program that the documents name has a test, and every test a command", () => {
  expect(Object.keys(TESTS).sort()).toEqual(documentedCommands().filter(isOfPackage).sort());
});

for (const [name, body] of Object.entries(TESTS)) test.concurrent(name, body);

test.concurrent("an unknown command or option is refused in one sentence", async () => {
  expect(await regionscope("chekc", "DATASET")).toEqual({
    code: 2,
    out: "",
    err: "There is no command chekc: regionscope --help lists those there are.\n",
  });
  const { code, err } = await regionscope("serve", "--prot", "1");
  expect(code).toBe(2);
  expect(err).toMatch(/^Unknown option '--prot'.* Usage: regionscope serve \[--port N\] \[--open\]\n$/);
  expect((await regionscope("serve", "--port", "70000")).err).toBe(
    "--port is a whole number from 0 to 65535, not 70000.\n",
  );
});
