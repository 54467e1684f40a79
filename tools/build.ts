/** Builds the page and the program when their built files are missing or older than the sources. */
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

/** Folder of the built page. */
export const dist = join(root, "dist");

interface Build {
  /** Where the built files are. */
  readonly folder: string;
  /** One of them, whose time is that of all. */
  readonly proof: string;
  /** Relative to the project's root. */
  readonly sources: readonly string[];
  /** Vite's configuration. */
  readonly config: string;
}

const PAGE: Build = {
  folder: dist,
  proof: "index.html",
  sources: ["src", "shaders", "public", "index.html", "vite.config.ts", "package.json"],
  config: "vite.config.ts",
};

const PROGRAM: Build = {
  folder: join(root, "dist-program"),
  proof: "cli.js",
  sources: ["src", "tools", "vite.program.config.ts", "package.json"],
  config: "vite.program.config.ts",
};

/** Brings the page up to date. An installed package has no sources, and its page is always up to date. */
export async function ensureBuilt(announce: (text: string) => void = () => {}): Promise<void> {
  if (existsSync(join(root, "src"))) await bringUpToDate(PAGE, announce);
}

/** Brings the program `regionscope` up to date. */
export function ensureProgramBuilt(): Promise<void> {
  return bringUpToDate(PROGRAM, () => {});
}

/** True if every source is older than the built files. Tests do not count as sources. */
function isBuilt({ folder, proof, sources }: Build): boolean {
  const built = statSync(join(folder, proof), { throwIfNoEntry: false });
  return built !== undefined && newest(sources.map((name) => join(root, name))) <= built.mtimeMs;
}

/**
 * Builds into another folder and then moves it into place, so that tools started at the same time never see
 * half a build.
 */
async function bringUpToDate(wanted: Build, announce: (text: string) => void): Promise<void> {
  if (isBuilt(wanted)) return;
  announce("Building…");
  // Imported late: usually there is nothing to build, and loading the builder takes longer than checking.
  const { build } = await import("vite");
  const aside = join(root, "node_modules", `.regionscope-${randomUUID()}`);
  await build({
    root,
    configFile: join(root, wanted.config),
    logLevel: "error",
    build: { outDir: aside, emptyOutDir: true },
  });
  const old = `${aside}-old`;
  try {
    if (existsSync(wanted.folder)) renameSync(wanted.folder, old);
    renameSync(aside, wanted.folder);
  } catch (error) {
    // Another tool built at the same time and finished first: its files are just as good.
    if (!isBuilt(wanted)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function newest(paths: readonly string[]): number {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || /\.test\.tsx?$/.test(path)) continue;
    const inside = found.isDirectory()
      ? newest(readdirSync(path).map((name) => join(path, name)))
      : found.mtimeMs;
    latest = Math.max(latest, inside);
  }
  return latest;
}
