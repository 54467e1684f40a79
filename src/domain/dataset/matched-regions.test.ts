/** Tests which regions and labels of two sides are compared with each other. */
import { expect, test } from "vitest";
import { type Comparable, type MatchedRow, matchLabels, matchRegions } from "./matched-regions.ts";

const named = (name: string, ...labels: number[]): Comparable => ({ name, labels, isNamed: true });
const bare = (label: number): Comparable => ({ name: `label ${label}`, labels: [label], isNamed: false });
const shown = (rows: readonly MatchedRow[]) => rows.map(({ a, b }) => [a?.name ?? null, b?.name ?? null]);

test("names match in any order and spelling, and what only one side has gets its own row", () => {
  const a = [named("Left kidney", 1), named("liver", 2), named("spleen", 3)];
  const b = [named("tumour", 9), named("liver", 5), named("left_kidney", 7)];
  expect(shown(matchRegions(a, b, "never"))).toEqual([
    ["Left kidney", "left_kidney"],
    ["liver", "liver"],
    ["spleen", null],
    [null, "tumour"],
  ]);
});

test("a renamed region of the same labels matches by value, in any order of labels", () => {
  const rows = matchRegions([named("bones", 1, 2), named("liver", 3)], [named("skeleton", 2, 1)], "always");
  expect(shown(rows)).toEqual([
    ["bones", "skeleton"],
    ["liver", null],
  ]);
});

test("equal values of two labels with different names are not the same", () => {
  expect(shown(matchLabels([named("liver", 1)], [named("spleen", 1)]))).toEqual([
    ["liver", null],
    [null, "spleen"],
  ]);
  const rows = matchLabels([named("liver", 1), named("spleen", 2)], [named("spleen", 1), bare(2)]);
  expect(shown(rows)).toEqual([
    ["liver", null],
    ["spleen", "spleen"],
    [null, "label 2"],
  ]);
});

test("labels without names match by value", () => {
  expect(shown(matchLabels([bare(21), bare(22)], [bare(22), bare(41)]))).toEqual([
    ["label 21", null],
    ["label 22", "label 22"],
    [null, "label 41"],
  ]);
});

test("a region of several labels takes those that the other file has, which are then no rows of their own", () => {
  const rows = matchLabels([named("bones", 1, 2, 3), named("skull", 2)], [bare(2), bare(3), bare(4)]);
  expect(rows.map(({ b }) => b?.labels ?? null)).toEqual([[2, 3], [2], [4]]);
  expect(shown(rows).at(-1)).toEqual([null, "label 4"]);
});

test("names match as they are written before they match in another spelling, and numbers stay apart", () => {
  const rows = matchRegions(
    [named("rib 1_1", 1), named("Liver", 2), named("liver", 3), named("T 12", 4)],
    [named("rib 11", 5), named("rib_1-1", 6), named("liver", 7), named("t_12", 8), named("T 1.2", 9)],
    "never",
  );
  expect(rows.map(({ a, b }) => [a?.labels[0] ?? null, b?.labels[0] ?? null])).toEqual([
    [1, 6],
    [2, null],
    [3, 7],
    [4, 8],
    [null, 5],
    [null, 9],
  ]);
});

test("a region of several labels follows their names, where the file has other values", () => {
  const a = [named("bones", 1, 2, 3), named("skull", 1), named("spine", 2)];
  const b = [named("liver", 1), named("skull", 2), bare(3), named("spine", 4)];
  const rows = matchLabels(a, b);
  expect(rows.map((row) => row.b?.labels)).toEqual([[2, 4, 3], [2], [4], [1]]);
  expect(matchLabels(a, [named("liver", 1), named("spine", 3)]).map((row) => row.b?.labels ?? null)).toEqual([
    [3],
    null,
    [3],
    [1],
  ]);
});

test("two regions of the same label both match it", () => {
  const rows = matchLabels([named("core", 2), named("centre", 2)], [bare(2)]);
  expect(rows.map(({ b }) => b?.labels)).toEqual([[2], [2]]);
});

test("masks have no labels to match by", () => {
  expect(shown(matchRegions([named("organ")], [named("core")], "always"))).toEqual([
    ["organ", null],
    [null, "core"],
  ]);
});
