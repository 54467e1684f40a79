/** Tests which slices contain regions, and jumps between them. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, regionSlicesOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../actions/case-actions.ts";
import { definitionEdited } from "../actions/edit-actions.ts";
import { toggleSelected } from "../actions/region-list-actions.ts";
import { sliceOccupancyArrived } from "../actions/slice-occupancy-actions.ts";
import { selectRegion, setPlane, setVoxel } from "../actions/view-actions.ts";
import { selectRegionTable } from "../case/case-selectors.ts";
import { selectFindings } from "../case/finding-selectors.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { nextSelectedSlice, selectRegionSlices } from "./slice-selectors.ts";
import { slicesElsewhere } from "./slices-elsewhere.ts";

const state = () => useStore.getState();
// Axis 2 points towards R, so it numbers the slices of the sagittal plane.
const VOLUME = volumeOf([1, 1, 9], [1, 0, 0, 2, 0, 0, 2, 0, 3]);

beforeEach(() => {
  const definition = definitionOf({ background: 0, both: [1, 2], tip: 3, gone: 7 }, [1, 3, 7]);
  caseOpened({ openCase: caseOf(VOLUME), definition, plans: null, notices: [] });
  setPlane("sagittal");
  setVoxel([0, 0, 4]);
  const { source } = state().openCase ?? caseOf(VOLUME);
  sliceOccupancyArrived(source, regionSlicesOf(source));
});

test("the first and last slice with any of the regions are found", () => {
  const slices = selectRegionSlices(state());
  const table = selectRegionTable(state());
  // Channels: both, tip, gone.
  expect(slices?.range(table, [0], 2)).toEqual([0, 6]);
  expect(slices?.range(table, [1], 2)).toEqual([8, 8]);
  expect(slices?.range(table, [0, 1, 2], 2)).toEqual([0, 8]);
  expect(slices?.range(table, [0], 0)).toEqual([0, 0]);
  expect(slices?.range(table, [2], 2)).toBeNull();
  expect(slices?.range(table, [], 2)).toBeNull();
});

test("the next and previous slice with a selected region are found", () => {
  expect(nextSelectedSlice(state(), 1)).toBeNull();
  selectRegion("both");
  expect(nextSelectedSlice(state(), 1)).toEqual([0, 0, 6]);
  expect(nextSelectedSlice(state(), -1)).toEqual([0, 0, 3]);
  setVoxel([0, 0, 6]);
  expect(nextSelectedSlice(state(), 1)).toBe("none");
  toggleSelected("tip");
  expect(nextSelectedSlice(state(), 1)).toEqual([0, 0, 8]);
  selectRegion("gone");
  expect(nextSelectedSlice(state(), -1)).toBe("none");
});

test("a region that the slice does not contain is elsewhere: before, after or around it", () => {
  const elsewhere = () => [0, 1, 2].map((channel) => slicesElsewhere(state(), channel));
  // Channels: both, tip, gone.
  expect(elsewhere()).toEqual([
    { first: 0, last: 6, around: [3, 6] },
    { first: 8, last: 8, around: null },
    null,
  ]);
  setVoxel([0, 0, 3]);
  expect(elsewhere()[0]).toBeNull();
  setVoxel([0, 0, 8]);
  expect(elsewhere().slice(0, 2)).toEqual([{ first: 0, last: 6, around: null }, null]);
  setPlane("axial");
  expect(elsewhere()).toEqual([null, null, null]);
});

test("an edit of the definition needs no new pass over the voxels, but another case does", () => {
  definitionEdited(definitionOf({ background: 0, both: [2, 3], tip: 3 }, [1, 3]), "edit");
  expect(selectRegionSlices(state())?.of(selectRegionTable(state()), 0, 2)[0]).toBe(
    (1 << 3) | (1 << 6) | (1 << 8),
  );
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 2], [0, 1])),
    definition: null,
    plans: null,
    notices: [],
  });
  expect(selectRegionSlices(state())).toBeNull();
});

test("findings on sides appear once slice occupancy is known, and follow edits without another pass", () => {
  const codes = () => selectFindings(state()).filter(({ code }) => code === "sides");
  expect(codes()).toEqual([]);
  definitionEdited(definitionOf({ background: 0, tip_left: 1, tip_right: 3 }, null), "edit");
  expect(codes().map(({ severity }) => severity)).toEqual(["info"]);
  const known = selectFindings(state());
  setVoxel([0, 0, 2]);
  expect(selectFindings(state())).toBe(known);
  definitionEdited(definitionOf({ background: 0, tip_left: 3, tip_right: 1 }, null), "edit");
  expect(codes().map(({ severity }) => severity)).toEqual(["error"]);
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 9], [1, 0, 0, 2, 0, 0, 2, 0, 3])),
    definition: state().definition,
    plans: null,
    notices: [],
  });
  expect(codes()).toEqual([]);
});
