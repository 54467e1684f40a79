/**
 * `npm run check-imports`: defines which folder of `src` may import which. Rejects all other imports, exports
 * that no other file imports, and exports that only pass on another file's.
 *
 * `--graph` prints the layers and features that import one another, with the number of imports.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { Failure, isMain, main, readOptions, root } from "./run.ts";

/** The layers that each layer may import, besides itself. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  domain: ["base"],
  formats: ["domain", "base"],
  gpu: ["base"],
  benchmark: ["domain", "base"],
  targets: ["gpu", "benchmark", "domain", "base"],
  viewers: ["targets", "gpu", "domain", "base"],
  workers: ["targets", "formats", "gpu", "benchmark", "domain", "base"],
  state: ["benchmark", "domain", "base"],
  app: ["state", "viewers", "targets", "gpu", "domain", "base"],
  ui: ["app", "state", "domain", "base"],
  features: [
    "ui",
    "app",
    "state",
    "viewers",
    "workers",
    "targets",
    "formats",
    "gpu",
    "benchmark",
    "domain",
    "base",
  ],
  shell: [
    "features",
    "ui",
    "app",
    "state",
    "viewers",
    "workers",
    "targets",
    "formats",
    "benchmark",
    "domain",
    "base",
  ],
  "main.tsx": ["shell", "app", "domain"],
};

/** The features that each feature may import. */
export const FEATURES: Readonly<Record<string, readonly string[]>> = {
  announcements: ["findings", "training-grid"],
  compare: ["case", "resampling-changes", "ruler", "slices"],
  "dataset-check": ["report"],
  definition: ["save-nifti"],
  findings: ["definition", "make-label-map", "resampling-changes", "training-grid"],
  grid: ["resampling-changes", "ruler", "survival", "typed-values", "view-controls"],
  "label-mapping": ["view-controls"],
  lightbox: ["resampling-changes", "ruler", "slices"],
  "make-label-map": ["open"],
  open: ["case", "compare", "share"],
  probe: ["ruler", "training-grid", "typed-values"],
  regions: ["definition"],
  relations: ["view-controls"],
  report: ["label-mapping"],
  "resampling-changes": ["ruler", "view-controls"],
  share: ["ruler", "save-nifti", "slices"],
  slices: ["resampling-changes", "ruler", "typed-values", "view-controls", "view3d"],
  survival: ["view-controls"],
  "view-controls": ["typed-values"],
};

/** Components must not contain GPU code or workers. */
const NOT_IN_COMPONENTS = ["gpu", "targets", "viewers", "workers", "formats"];

/** Layers whose own folders must not form a circle. */
export const LAYERED_FOLDERS = ["domain", "formats", "targets", "viewers", "features"];

/** Each file's path with the paths that it imports, including types and dynamic imports. */
type Imports = ReadonlyMap<string, readonly string[]>;

/** "src/domain/volume/palette.ts" → "domain" */
function layerOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** "src/domain/volume/palette.ts" → "domain/volume"; null for a file directly in the layer. */
function folderOf(path: string): string | null {
  const [, layer, folder, ...rest] = path.split("/");
  return rest.length > 0 && LAYERED_FOLDERS.includes(layer ?? "") ? `${layer}/${folder}` : null;
}

/** Tests and their helpers may import from other features' folders. */
function isForTests(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const IMPORTED = /(?:\bfrom|\bimport|\bimport\(|@import|new URL\()\s*"(\.[^"?]+)/g;

/** Finds the imports between the files. @param read returns the text of a file */
export function importsOf(files: readonly string[], read: (path: string) => string): Imports {
  const known = new Set(files);
  return new Map(
    files.map((path) => {
      const text = read(path).replace(COMMENTS, "");
      const found = [...text.matchAll(IMPORTED)].map(([, to]) => posix.join(posix.dirname(path), to ?? ""));
      return [path, [...new Set(found)].filter((to) => known.has(to))];
    }),
  );
}

/** Returns one sentence for each forbidden import and for each circle. */
export function objections(imports: Imports): string[] {
  const found: string[] = [];
  for (const [from, all] of imports)
    for (const to of all) {
      const why = objection(from, to);
      if (why) found.push(`${from} imports ${to}: ${why}.`);
    }
  for (const circle of circles(imports)) found.push(`Files import one another in a circle: ${circle}.`);
  const inUse = new Map([...imports].filter(([path]) => !isForTests(path)));
  for (const circle of circles(between(inUse, folderOf)))
    found.push(`Folders import one another in a circle: ${circle}.`);
  return found;
}

const PASSED_ON = /^export (type )?(?:\{[^}]*\}|\*(?: as \w+)?) from "(\.[^"]+)"/gm;

/**
 * Returns one sentence for each export that passes on another file's: importers name the file that declares
 * what they use. Types that components may not import from where they are declared are exempt. Biome's
 * `noBarrelFile` says the same of values in an editor, but nothing of types.
 * @param read returns the text of a file
 */
export function reExports(files: readonly string[], read: (path: string) => string): string[] {
  return files.flatMap((path) =>
    [...read(path).replace(COMMENTS, "").matchAll(PASSED_ON)]
      .map(([, type, to = ""]) => ({ type, to: posix.join(posix.dirname(path), to) }))
      .filter(
        ({ type, to }) => !type || !NOT_IN_COMPONENTS.includes(layerOf(to)) || layerOf(to) === layerOf(path),
      )
      .map(({ to }) => `${path} passes on exports of ${to}: import them from there.`),
  );
}

const DECLARED = /^export (?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
const PATHS = /"\.{1,2}\/[^"]*"/g;
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;

/**
 * Returns one sentence for each export whose name occurs in none of the files that import its own.
 * @param imports includes files that only import: tests, tools and configurations
 * @param read returns the text of a file
 */
export function unusedExports(imports: Imports, read: (path: string) => string): string[] {
  // Paths are removed too, as a path may contain a name: "./plural.ts".
  const texts = new Map(
    [...imports.keys()].map((path) => [path, read(path).replace(COMMENTS, "").replace(PATHS, '""')]),
  );
  const importers = new Map<string, string[]>();
  for (const [from, all] of imports)
    for (const to of all) importers.set(to, [...(importers.get(to) ?? []), from]);
  return [...texts].flatMap(([path, text]) =>
    exportedNames(text)
      .filter((name) => {
        const named = new RegExp(`\\b${name}\\b`);
        return !importers.get(path)?.some((by) => named.test(texts.get(by) ?? ""));
      })
      .map((name) => `${path} exports ${name}, which no other file imports.`),
  );
}

function exportedNames(text: string): string[] {
  const declared = [...text.matchAll(DECLARED)].map(([, name]) => name ?? "");
  const listed = [...text.matchAll(LISTED)].flatMap(([, names]) => names?.split(",") ?? []);
  // "type A" exports A, "a as b" exports b.
  return [...declared, ...listed.map((name) => name.trim().split(" ").at(-1) ?? "")].filter((name) => name);
}

function objection(from: string, to: string): string | null {
  const [lower, upper] = [layerOf(to), layerOf(from)];
  const allowed = LAYERS[upper];
  if (!allowed) return `tools/check-imports.ts does not know src/${upper}`;
  if (lower !== upper && !allowed.includes(lower)) return `${upper} may not import ${lower}`;
  if (from.endsWith(".tsx") && NOT_IN_COMPONENTS.includes(lower)) return `components may not import ${lower}`;
  const [feature, other] = [featureOf(from), featureOf(to)];
  if (feature && other && feature !== other && !isForTests(from) && !FEATURES[feature]?.includes(other))
    return `the feature ${feature} may not import ${other}`;
  return null;
}

function featureOf(path: string): string | null {
  return layerOf(path) === "features" ? (path.split("/")[2] ?? null) : null;
}

/** The imports between groups of files. */
function between(imports: Imports, groupOf: (path: string) => string | null): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [from, all] of imports) {
    const group = groupOf(from);
    if (group === null) continue;
    const others = groups.get(group) ?? new Set();
    groups.set(group, others);
    for (const to of all) {
      const other = groupOf(to);
      if (other !== null && other !== group) others.add(other);
    }
  }
  return new Map([...groups].map(([group, others]) => [group, [...others]]));
}

/**
 * Finds each set of two or more nodes that reach one another, by Tarjan's algorithm, and describes one way
 * through it: "a → b → a".
 */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const members = stack.splice(stack.indexOf(node));
    if (members.length > 1) found.push(shortestCircle(graph, new Set(members)));
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** The shortest way from the first member back to itself. */
function shortestCircle(graph: ReadonlyMap<string, readonly string[]>, members: ReadonlySet<string>): string {
  const [start = ""] = members;
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift())
    for (const next of graph.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, start].join(" → ");
      if (!members.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return [...members].join(", ");
}

/** Lines of the form "from → to (number of imports)", between layers and between features. */
export function graphLines(imports: Imports): string[] {
  const counts = new Map<string, number>();
  const count = (from: string | null, to: string | null) => {
    if (from === null || to === null || from === to) return;
    counts.set(`${from} → ${to}`, (counts.get(`${from} → ${to}`) ?? 0) + 1);
  };
  for (const [from, all] of imports)
    for (const to of all) {
      count(layerOf(from), layerOf(to));
      const [feature, other] = [featureOf(from), featureOf(to)];
      count(feature && `features/${feature}`, other && `features/${other}`);
    }
  return [...counts].sort().map(([edge, n]) => `${edge} (${n})`);
}

/** All sources below `src`, with forward slashes. */
export function sourceFiles(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => `src/${path.split(sep).join("/")}`)
    .filter((path) => /\.(tsx?|css)$/.test(path));
}

/** {@link sourceFiles}, and the project's other files that import them or one another. */
export function projectFiles(): string[] {
  const listed = (folder: string, recursive: boolean) =>
    readdirSync(join(root, folder), { recursive, encoding: "utf8" })
      .map((path) => posix.join(folder, path.split(sep).join("/")))
      .filter((path) => /\.(ts|mts)$/.test(path));
  return [...sourceFiles(), ...listed("tools", true), ...listed("e2e", true), ...listed(".", false)];
}

async function check(): Promise<number> {
  const { graph } = readOptions(
    { graph: { type: "boolean" } },
    "Usage: npm run check-imports -- [--graph]",
  ).values;
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const imports = importsOf(sourceFiles(), read);
  if (graph) console.log(graphLines(imports).join("\n"));
  const found = [
    ...objections(imports),
    ...reExports(sourceFiles(), read),
    ...unusedExports(importsOf(projectFiles(), read), read),
  ];
  if (found.length > 0) throw new Failure(found.join("\n"));
  console.log(`${imports.size} files import only what they may.`);
  return 0;
}

if (isMain(import.meta.url)) await main(check);
