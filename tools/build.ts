/** Builds the application when the built files are missing or older than the sources. */
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

export const dist = join(root, "dist");
const SOURCES = ["src", "shaders", "public", "index.html", "vite.config.ts", "package.json"];

/** True if every source is older than the built page. Tests do not count as sources. */
function isBuilt(): boolean {
  const page = statSync(join(dist, "index.html"), { throwIfNoEntry: false });
  return page !== undefined && newest(SOURCES.map((name) => join(root, name))) <= page.mtimeMs;
}

/**
 * Brings dist up to date. Builds into another folder and then moves it into place, so that tools started at
 * the same time never serve half a build.
 */
export async function ensureBuilt(announce: (text: string) => void = () => {}): Promise<void> {
  if (isBuilt()) return;
  announce("Building…");
  // Imported late: usually there is nothing to build, and loading the builder takes longer than checking.
  const { build } = await import("vite");
  const aside = join(root, "node_modules", `.regionscope-${randomUUID()}`);
  await build({ root, logLevel: "error", build: { outDir: aside, emptyOutDir: true } });
  const old = `${aside}-old`;
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(aside, dist);
  } catch (error) {
    // Another tool built at the same time and finished first: its files are just as good.
    if (!isBuilt()) throw error;
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
