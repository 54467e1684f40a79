/** Tests rows, sorting, totals and texts of the table of what resampling changed. */
import { expect, it } from "vitest";
import type { RegionChange } from "../../domain/training-grid/resampling-changes.ts";
import { type ChangeRow, changeRow, sortedRows, totalsOf } from "./changes-rows.ts";
import type { ChangeColumn } from "./changes-state.ts";
import { rowAfterKey } from "./row-after-key.ts";
import { diceText, labelsGoneText, sizeText, totalsText, volumeText } from "./text.ts";

const NOTHING: RegionChange = {
  inside: 0,
  outside: 0,
  trained: 0,
  gained: 0,
  lost: 0,
  gaps: 0,
  dice: null,
  isGone: false,
};
/** Training voxels have eight times the volume of stored ones. */
const VOLUMES = { stored: 0.001, trained: 0.008 };

function rowOf(name: string, channel: number, change: Partial<RegionChange>): ChangeRow {
  return changeRow({ name, channel, hex: "#fff" }, { ...NOTHING, ...change }, VOLUMES);
}

const SAME = rowOf("same", 0, { inside: 80, trained: 10, dice: 1 });
const CHANGED = rowOf("changed", 1, { inside: 100, trained: 10, gained: 2, lost: 3, gaps: 1, dice: 0.76 });
const GONE = rowOf("gone", 2, { inside: 3, isGone: true });
const CROPPED = rowOf("cropped", 3, { outside: 50 });
const ABSENT = rowOf("absent", 4, {});
const HALF = rowOf("half", 5, { inside: 100, outside: 7, trained: 5, lost: 8, dice: 0.5 });
const NO_GAPS = { voxels: 0, inRegions: 0 };
const ALL = [SAME, CHANGED, GONE, CROPPED, ABSENT, HALF];

it("judges each region, and its volume by both voxel sizes", () => {
  expect(ALL.map(({ outcome }) => outcome)).toEqual([
    "same",
    "changed",
    "gone",
    "cropped",
    "absent",
    "changed",
  ]);
  expect(ALL.map(({ volume }) => volume)).toEqual([
    0,
    expect.closeTo(-0.2),
    -1,
    null,
    null,
    expect.closeTo(-0.6),
  ]);
});

it.each([
  ["dice", false, "gone cropped half changed same absent"],
  ["dice", true, "same changed half cropped gone absent"],
  ["lost", false, "half changed same gone cropped absent"],
  ["gaps", false, "changed same gone cropped half absent"],
  ["outside", false, "cropped half same changed gone absent"],
  ["volume", false, "gone half changed same cropped absent"],
  ["order", false, "same changed gone cropped absent half"],
  ["order", true, "half absent cropped gone changed same"],
] as const)("sorts by %s, reversed %s", (by: ChangeColumn, isReversed: boolean, names: string) => {
  expect(sortedRows(ALL, { by, isReversed }).map(({ region }) => region.name)).toEqual(names.split(" "));
});

it("adds up what happened, of the regions that the case has", () => {
  const totals = totalsOf(ALL);
  expect(totals).toMatchObject({
    regions: 5,
    gone: 1,
    cropped: ["cropped"],
    reachingOut: 2,
    isUnchanged: false,
  });
  expect(totals.meanDice).toBeCloseTo((1 + 0.76 + 0.5) / 3);
  expect(totals.lowest).toBe(HALF);
  expect(totalsText(totals, { voxels: 12, inRegions: 12 })).toBe(
    "1 of 5 regions lies outside the nonzero box and is cropped away: cropped. 1 of 5 regions is gone after resampling. Cropping cuts off a part of 1 region. " +
      "12 voxels are gaps, where labels meet and none reaches one half. Dice 0.7533 on average, lowest 0.5000 (half).",
  );
  expect(totalsText(totalsOf([SAME, ABSENT]), NO_GAPS)).toBe(
    "Nothing changed: no region of 1 gains or loses a voxel.",
  );
  expect(totalsText(totalsOf([CROPPED, CHANGED]), NO_GAPS)).toBe(
    "1 of 2 regions lies outside the nonzero box and is cropped away: cropped. No other region is gone. " +
      "There are no gaps. Dice 0.7600 (changed).",
  );
  expect(totalsText(totalsOf([CROPPED]), NO_GAPS)).toBe(
    "1 of 1 region lies outside the nonzero box and is cropped away: cropped. There are no gaps.",
  );
  expect(totalsText(totalsOf([ABSENT]), NO_GAPS)).toBe("No region has voxels in this case.");
  expect(totalsText(totalsOf([CHANGED]), NO_GAPS)).toBe(
    "No region is gone. There are no gaps. Dice 0.7600 (changed).",
  );
  const beyond = rowOf("beyond", 6, { inside: 8, outside: 1, trained: 8, dice: 1 });
  expect(totalsText(totalsOf([SAME, beyond]), NO_GAPS)).toBe(
    "No region is gone. Cropping cuts off a part of 1 region. There are no gaps. Dice 1.0000 in every region.",
  );
  expect(totalsText(totalsOf([SAME, beyond, CROPPED]), NO_GAPS)).toMatch(
    / Dice 1\.0000 in every region that is left\.$/,
  );
  const eight = [...Array(8).keys()].map((i) => rowOf(`c${i}`, i, { outside: 1 }));
  expect(totalsText(totalsOf(eight), NO_GAPS)).toMatch(/ are cropped away: c0, c1, c2, c3, c4 and 3 more\. /);
});

it.each([
  [
    9,
    3,
    "9 voxels are gaps, where labels meet and none reaches one half; 3 of them were in a region before.",
  ],
  [9, 1, "9 voxels are gaps, where labels meet and none reaches one half; 1 of them was in a region before."],
  [
    9,
    0,
    "9 voxels are gaps, where labels meet and none reaches one half; none of them was in a region before.",
  ],
  [1, 1, "1 voxel is a gap, where labels meet and none reaches one half."],
  [1, 0, "1 voxel is a gap, where labels meet and none reaches one half; it was in no region before."],
])("says of %i gaps that %i were in a region", (voxels, inRegions, sentence) => {
  const text = totalsText(totalsOf([CHANGED]), { voxels, inRegions });
  expect(text).toBe(`No region is gone. ${sentence} Dice 0.7600 (changed).`);
});

it("never shows a number that means all or none for less", () => {
  expect([0, 1e-6, 0.83333, 0.999999, 1].map(diceText)).toEqual([
    "0.0000",
    "0.0001",
    "0.8333",
    "0.9999",
    "1.0000",
  ]);
  expect([0, 0.0001, -0.00096, -0.000047, -0.031, 0.5, 12.3].map(volumeText)).toEqual([
    "0 %",
    "+0.01 %",
    "−0.1 %",
    "−0.005 %",
    "−3.1 %",
    "+50.0 %",
    "+1,230 %",
  ]);
  expect([sizeText(1234, null), sizeText(1234, 0.001)]).toEqual(["1,234", "1.23"]);
});

it("names the labels that are gone", () => {
  const names = new Map([[3, "lesion"]]);
  expect(labelsGoneText([], names)).toBeNull();
  expect(labelsGoneText([3], names)).toBe(
    "Gone before any scale: lesion (3). The training grid has no voxel of this label.",
  );
  expect(labelsGoneText([3, 7], names)).toBe(
    "Gone before any scale: lesion (3) and label 7. The training grid has no voxel of these labels.",
  );
  expect(
    labelsGoneText(
      Array.from({ length: 10 }, (_, i) => 10 + i),
      names,
    ),
  ).toContain("label 17 and 2 more.");
});

it("moves from row to row by keys", () => {
  const go = (key: string, at: number) => rowAfterKey(key, at, 10, 4);
  expect([go("ArrowDown", -1), go("ArrowDown", 9), go("ArrowUp", 0), go("PageDown", 3)]).toEqual([
    0, 9, 0, 7,
  ]);
  expect([go("PageUp", 3), go("Home", 5), go("End", 5), go("x", 5)]).toEqual([0, 0, 9, null]);
  expect(rowAfterKey("End", -1, 0, 4)).toBeNull();
});
