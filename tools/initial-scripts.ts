/**
 * Measures the built page's initial scripts: those that the browser fetches before the page starts, as a
 * server sends them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "./build.ts";

export interface ScriptSize {
  /** Path below dist. */
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** The entry script of index.html and the scripts that the page preloads with it. */
export function initialScripts(): ScriptSize[] {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const named = [
    ...page.matchAll(/<script[^>]+src="([^"]+\.js)"/g),
    ...page.matchAll(/<link[^>]+rel="modulepreload"[^>]+href="([^"]+\.js)"/g),
  ].map((match) => match[1] ?? "");
  return [...withImports(named)].map((file) => {
    const content = readFileSync(join(dist, file));
    return { file, bytes: content.length, gzipBytes: gzipSync(content).length };
  });
}

/** Adds static imports, which load with a script whether or not the page names them. */
function withImports(named: readonly string[]): Set<string> {
  const found = new Set<string>();
  const wanted = [...named];
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    const path = join(".", file);
    if (found.has(path)) continue;
    found.add(path);
    const code = readFileSync(join(dist, path), "utf8");
    for (const match of code.matchAll(/(?:^|[;}\s])(?:import|export)[^"'()]*["']\.\/([^"']+\.js)["']/g))
      wanted.push(join("assets", match[1] ?? ""));
  }
  return found;
}
