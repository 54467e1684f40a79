/** Tests the sentences about places, and the order in which they are stepped through. */
import { expect, it } from "vitest";
import { components } from "../../domain/analysis/components.ts";
import type { Region } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { stackOf, TO_WORLD } from "../../domain/testing/small-case.ts";
import type { GapPlace, GonePlace, LostPlace } from "../../domain/training-grid/changed-place.ts";
import { MOST_LOST, placesToStep } from "./place-list.ts";
import { filterText, nothingText, placeText } from "./place-text.ts";

const SHAPE: Triple = [2, 2, 100];
const GRID = { shape: SHAPE, toWorld: TO_WORLD };

/** Components of these lengths, one after the other; larger ones first. */
function partsOf(...lengths: number[]) {
  const mask = new Array(400).fill(0);
  let at = 0;
  for (const length of lengths) {
    mask.fill(1, at, at + length);
    at += length + 1;
  }
  return components({ kind: "masks", stack: stackOf(SHAPE, { mask }) }, null, 0);
}

const gone = (channel: number, isWhole: boolean, rank: number, ...lengths: number[]): GonePlace => ({
  kind: "gone",
  grid: GRID,
  components: partsOf(...lengths),
  rank,
  channel,
  isWhole,
  isCropped: false,
});
const lost = (channel: number, length: number): LostPlace => ({
  kind: "lost",
  grid: GRID,
  components: partsOf(length),
  rank: 0,
  channel,
});
const gap = (length: number, labels: readonly number[], entries: readonly number[] = []): GapPlace => ({
  kind: "gap",
  grid: GRID,
  components: partsOf(length),
  rank: 0,
  labels,
  entries,
});

const region = (name: string, ...labels: number[]): Region => ({
  name,
  labels,
  classOrder: null,
  ignore: false,
});
const REGIONS = [region("abdomen", 1, 2), region("liver", 1), region("kidney", 2)];
const NAMES = {
  regions: REGIONS,
  labels: new Map([
    [0, "background"],
    [1, "liver"],
    [2, "kidney"],
  ]),
};

it.each([
  [gap(12, [1, 2]), "gap of 12 voxels between liver and kidney"],
  [gap(1, [1, 2, 0]), "gap of 1 voxel between liver, kidney and background"],
  [gap(2, [1, 2, 7, 0]), "gap of 2 voxels between liver, kidney, label 7 and background"],
  [gap(2, [1, 2, 7, 8, 0]), "gap of 2 voxels between liver, kidney, label 7 and 2 other labels"],
  [gap(2, [1, 0, -1]), "gap of 2 voxels between liver, background and background outside the nonzero mask"],
  [gap(1, [1, -1]), "gap of 1 voxel between liver and background outside the nonzero mask"],
  [lost(1, 31), "liver loses 31 voxels"],
  [gone(2, true, 0, 12), "kidney is gone: all 12 voxels"],
  [gone(2, true, 1, 9, 1), "kidney is gone: component 2 of 2, 1 voxel"],
  [
    { ...gone(2, true, 0, 12), isCropped: true },
    "kidney is cropped away: all 12 voxels outside the nonzero box",
  ],
  [
    { ...gone(2, true, 1, 9, 1), isCropped: true },
    "kidney is cropped away: component 2 of 2, 1 voxel outside the nonzero box",
  ],
  [gone(2, false, 1, 9, 1), "kidney: component 2 of 2 is gone, 1 voxel"],
])("says what a place is", (place, text) => {
  expect(placeText(place, NAMES)).toBe(text);
});

it("says which places are stepped through, and that there are none", () => {
  expect(filterText({ kind: null, region: null })).toBeNull();
  expect(filterText({ kind: "gap", region: null })).toBe("gaps");
  expect(filterText({ kind: null, region: "liver" })).toBe("places in liver");
  expect(filterText({ kind: "lost", region: "liver" })).toBe("losses in liver");
  expect(nothingText({ kind: null, region: null })).toBe("Resampling changed nothing.");
  expect(nothingText({ kind: "gap", region: "liver" })).toBe("Resampling leaves no gaps in liver.");
  expect(nothingText({ kind: "gone", region: null })).toBe("No component is gone after resampling.");
  expect(nothingText({ kind: "lost", region: "liver" })).toBe("No voxels are lost in liver.");
});

it("steps through regions that are gone, then gaps, then losses, without the same voxels twice", () => {
  const table = regionTable(Float64Array.from([0, 1, 2]), REGIONS);
  const kidney = gone(2, true, 0, 12);
  const [between, inKidney] = [gap(5, [1, 2], [1, 2]), gap(3, [2, 0], [2])];
  const [ofAbdomen, ofLiver] = [lost(0, 40), lost(1, 40)];
  const alone = lost(0, 20);
  const places = { gone: [kidney], gaps: [between, inKidney], lost: [ofAbdomen, ofLiver, alone] };
  const list = (kind: "gone" | "gap" | "lost" | null, name: string | null) =>
    placesToStep(places, { kind, region: name }, REGIONS, table);
  expect(list(null, null)).toEqual([kidney, between, inKidney, ofLiver, alone]);
  expect(list("gap", null)).toEqual([between, inKidney]);
  expect(list(null, "liver")).toEqual([between, ofLiver]);
  expect(list("lost", "abdomen")).toEqual([ofAbdomen, alone]);
  expect(list(null, "kidney")).toEqual([kidney, between, inKidney]);
  const many = Array.from({ length: 2 * MOST_LOST }, (_, i) => lost(1, 99 - (i % 98)));
  expect(
    placesToStep({ gone: [], gaps: [], lost: many }, { kind: null, region: null }, REGIONS, table),
  ).toHaveLength(MOST_LOST);
});
