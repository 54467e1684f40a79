/** Tests the import rules on the project itself and on made-up files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  FEATURES,
  graphLines,
  importsOf,
  LAYERED_FOLDERS,
  LAYERS,
  objections,
  projectFiles,
  reExports,
  sourceFiles,
  unusedExports,
} from "./check-imports.ts";
import { root } from "./run.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const real = importsOf(sourceFiles(), read);

/** The objections to made-up files, given by path and text. */
const made = (files: Readonly<Record<string, string>>) =>
  objections(importsOf(Object.keys(files), (path) => files[path] ?? ""));

test("the project's own files import only what they may", () => {
  expect(real.size).toBeGreaterThan(800);
  expect(objections(real)).toEqual([]);
});

test("every export is imported by another file", () => {
  expect(unusedExports(importsOf(projectFiles(), read), read)).toEqual([]);
});

test("no file passes on the exports of another", () => {
  expect(reExports(sourceFiles(), read)).toEqual([]);
});

test.each([
  ["a value", "src/base/b.ts", 'export { a } from "./a.ts";', "src/base/a.ts"],
  ["several lines", "src/base/b.ts", 'export {\n  a,\n  b,\n} from "./a.ts";', "src/base/a.ts"],
  ["everything", "src/base/b.ts", 'export * from "./a.ts";', "src/base/a.ts"],
  ["a namespace", "src/base/b.ts", 'export * as a from "./a.ts";', "src/base/a.ts"],
  ["a type", "src/state/b.ts", 'export type { A } from "../domain/a.ts";', "src/domain/a.ts"],
  ["a type of its own layer", "src/formats/b.ts", 'export type { A } from "./a.ts";', "src/formats/a.ts"],
  [
    "a value that components may not import",
    "src/app/b.ts",
    'export { a } from "../gpu/a.ts";',
    "src/gpu/a.ts",
  ],
])("passing on %s is refused", (_, path, text, from) => {
  expect(reExports([path], () => text)).toEqual([
    `${path} passes on exports of ${from}: import them from there.`,
  ]);
});

test("types that components may not import from where they are declared may be passed on", () => {
  expect(reExports(["src/app/b.ts"], () => 'export type { A } from "../viewers/a.ts";')).toEqual([]);
});

test("an export of the file's own names, or one in a comment, passes nothing on", () => {
  const text = 'const a = 1;\nexport { a };\n// export { b } from "./b.ts";\n';
  expect(reExports(["src/base/a.ts"], () => text)).toEqual([]);
});

test.each([
  ["export const a = 1;", 'import { a } from "./a.ts";', []],
  ["export const a = 1;\nconst b = a;", 'import { c } from "./a.ts";', ["a"]],
  ["export function* a() {}\nexport interface B {}", 'const a = () => import("./a.ts");', ["B"]],
  ["const a = 1;\nexport { a as b, type C };", 'import { a } from "./a.ts";', ["b", "C"]],
  ["export async function a() {}", "", ["a"]],
])("exports of %j that %j does not import are unused", (text, importer, names) => {
  const files: Readonly<Record<string, string>> = { "src/base/a.ts": text, "src/base/b.test.ts": importer };
  const readMade = (path: string) => files[path] ?? "";
  expect(unusedExports(importsOf(Object.keys(files), readMade), readMade)).toEqual(
    names.map((name) => `src/base/a.ts exports ${name}, which no other file imports.`),
  );
});

test("every layer and every feature edge that is allowed is used", () => {
  const used = new Set(graphLines(real).map((line) => line.replace(/ \(\d+\)$/, "")));
  const allowed = [
    ...Object.entries(LAYERS).flatMap(([from, all]) => all.map((to) => `${from} → ${to}`)),
    ...Object.entries(FEATURES).flatMap(([from, all]) =>
      all.map((to) => `features/${from} → features/${to}`),
    ),
  ];
  expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
});

describe("the check of imports", () => {
  test.each([
    ["a type", 'import type { A } from "../state/a.ts";'],
    ["a value", 'import { a } from "../state/a.ts";'],
    ["what is passed on", 'export { a } from "../state/a.ts";'],
    ["several lines", 'import {\n  a,\n  b,\n} from "../state/a.ts";'],
    ["a later part", 'const later = () => import("../state/a.ts");'],
    ["the type of a later part", 'type A = import("../state/a.ts").A;'],
    ["a worker", 'new Worker(new URL("../state/a.ts", import.meta.url));'],
    ["what it does alone", 'import "../state/a.ts";'],
    ["a query", 'import text from "../state/a.ts?raw";'],
  ])("refuses an import upwards: %s", (_, text) => {
    expect(made({ "src/domain/b.ts": text, "src/state/a.ts": "" })).toEqual([
      "src/domain/b.ts imports src/state/a.ts: domain may not import state.",
    ]);
  });

  test("ignores an import in a comment", () => {
    const text = '/* import { a } from "../state/a.ts"; */\n// import { a } from "../state/a.ts";\n';
    expect(made({ "src/domain/b.ts": text, "src/state/a.ts": "" })).toEqual([]);
  });

  test("refuses a sideways import that is not listed", () => {
    expect(made({ "src/formats/a.ts": 'import "../gpu/b.ts";', "src/gpu/b.ts": "" })).toEqual([
      "src/formats/a.ts imports src/gpu/b.ts: formats may not import gpu.",
    ]);
  });

  test("refuses an unknown layer", () => {
    expect(made({ "src/util/a.ts": 'import "../base/b.ts";', "src/base/b.ts": "" })).toEqual([
      "src/util/a.ts imports src/base/b.ts: tools/check-imports.ts does not know src/util.",
    ]);
  });

  test("refuses GPU code in a component, even if its feature may import it", () => {
    const files = (name: string) => ({
      [`src/features/grid/${name}`]: 'import { Gpu } from "../../gpu/gpu.ts";',
      "src/gpu/gpu.ts": "",
    });
    expect(made(files("grid-controller.ts"))).toEqual([]);
    expect(made(files("grid.tsx"))).toEqual([
      "src/features/grid/grid.tsx imports src/gpu/gpu.ts: components may not import gpu.",
    ]);
  });

  test("refuses an unlisted import of another feature, except in tests", () => {
    const files = (name: string) => ({
      [`src/features/probe/${name}`]: 'import "../share/b.ts";',
      "src/features/share/b.ts": "",
    });
    expect(made(files("a.ts"))).toEqual([
      "src/features/probe/a.ts imports src/features/share/b.ts: the feature probe may not import share.",
    ]);
    expect(made(files("a.test.ts"))).toEqual([]);
  });

  test("refuses files in a circle, even if only by a type", () => {
    const files = {
      "src/base/a.ts": 'import { b } from "./b.ts";',
      "src/base/b.ts": 'import { c } from "./c.ts";',
      "src/base/c.ts": 'import type { A } from "./a.ts";',
    };
    expect(made(files)).toEqual([
      "Files import one another in a circle: src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts.",
    ]);
  });

  test.each(LAYERED_FOLDERS.filter((layer) => layer !== "features"))(
    "refuses folders of %s in a circle",
    (layer) => {
      const files = {
        [`src/${layer}/one/a.ts`]: 'import "../two/b.ts";',
        [`src/${layer}/two/b.ts`]: "",
        [`src/${layer}/two/c.ts`]: 'import "../one/d.ts";',
        [`src/${layer}/one/d.ts`]: "",
      };
      expect(made(files)).toEqual([
        `Folders import one another in a circle: ${layer}/one → ${layer}/two → ${layer}/one.`,
      ]);
    },
  );
});
