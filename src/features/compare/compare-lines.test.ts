/** Tests the lines of the comparison's table: which side they are in, filters and orders. */
import { expect, test } from "vitest";
import { ROW_FILTERS } from "../../domain/view/view-values.ts";
import { type CompareLine, compareLines, passes, sorted } from "./compare-lines.ts";

const names = ["same", "near", "gone", "empty", "new"];
const counts = [
  { a: 10, b: 10, both: 10 },
  { a: 10, b: 12, both: 9 },
  { a: 4, b: 0, both: 0 },
  { a: 0, b: 0, both: 0 },
  { a: 0, b: 7, both: 0 },
];

function lines(isCounted = true): readonly CompareLine[] {
  const rows = names.map((name) => ({ name, nameInB: null, color: [1, 0, 0] as const }));
  const query = { rows, regions: 4 } as unknown as Parameters<typeof compareLines>[0];
  return compareLines(query, [], isCounted ? { voxels: "own", regions: counts } : null);
}

const listed = (of: readonly CompareLine[]) => of.map(({ name }) => name);

test("a line says which side alone has voxels", () => {
  expect(lines().map(({ onlyIn }) => onlyIn)).toEqual([null, null, "A", null, "B"]);
  expect(lines(false).every(({ onlyIn, dice, count }) => !onlyIn && !dice && !count)).toBe(true);
});

test("filters list what differs, and what only one side has; nothing is left out before it is counted", () => {
  const by = (of: readonly CompareLine[]) =>
    ROW_FILTERS.map((filter) => listed(of.filter((line) => passes(line, filter))));
  expect(by(lines())).toEqual([names, ["near", "gone", "new"], ["gone"], ["new"]]);
  expect(by(lines(false))).toEqual([names, names, names, names]);
});

test("by Dice, lines that are empty on both sides come last", () => {
  expect(listed(sorted(lines(), "list"))).toEqual(names);
  expect(listed(sorted(lines(), "lowest"))).toEqual(["gone", "new", "near", "same", "empty"]);
  expect(listed(sorted(lines(), "highest"))).toEqual(["same", "near", "gone", "new", "empty"]);
});
