/** Tests that label chips keep their places while others are removed. */
import { expect, test } from "vitest";
import { chipsAndGaps, type Gap } from "./chip-places.ts";

const labelled = (values: readonly number[]) => values.map((value) => ({ value, name: null, voxels: null }));
const gap = (place: number, value: number): Gap => ({ place, label: { value, name: null, voxels: null } });
const places = (values: readonly number[], gaps: readonly Gap[]) =>
  chipsAndGaps(labelled(values), gaps).map(({ label, isGap }) => (isGap ? `(${label.value})` : label.value));

test.each([[[gap(2, 3), gap(0, 1)]], [[gap(0, 1), gap(2, 3)]]])(
  "chips stay where they were, in whichever order others were removed",
  (gaps) => {
    expect(places([2, 4], gaps)).toEqual(["(1)", 2, "(3)", 4]);
  },
);

test("a label that was added again has no gap", () => {
  expect(places([1, 2, 4], [gap(2, 3), gap(0, 1)])).toEqual([1, 2, "(3)", 4]);
});

test("the last label leaves its gap as well", () => {
  expect(places([], [gap(1, 2), gap(0, 1)])).toEqual(["(1)", "(2)"]);
});
