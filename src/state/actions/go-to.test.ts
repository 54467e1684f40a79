/** Tests how the crosshair moves to a region, and the sentences if it cannot. */
import { beforeEach, expect, test } from "vitest";
import { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { sliceOccupancy } from "../../domain/analysis/slice-occupancy.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { whyNoRegions } from "../case/why-no-regions.ts";
import { useStatus } from "../status.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "./case-actions.ts";
import { chooseRegion, goToNextSlice, goToRegion, showRegion } from "./go-to.ts";
import { setGoesToSelected } from "./region-list-actions.ts";
import { sliceOccupancyArrived } from "./slice-occupancy-actions.ts";
import { selectRegion, setPlane, setVoxel, toggleHidden, zoomBy } from "./view-actions.ts";

const state = () => useStore.getState();
const VOLUME = volumeOf([1, 1, 9], [1, 0, 0, 0, 0, 0, 2, 0, 3]);
const opened = { definition: null, plans: null, notices: [] };

beforeEach(() => {
  const definition = definitionOf({ background: 0, organ: [1, 2], tip: 3, gone: 7 }, [1, 3, 7]);
  caseOpened({ ...opened, openCase: caseOf(VOLUME), definition });
});

test("the crosshair goes to the voxel of the region nearest to the middle", () => {
  goToRegion("organ");
  expect(state().view.voxel).toEqual([0, 0, 6]);
  goToRegion("tip");
  expect(state().view.voxel).toEqual([0, 0, 8]);
  expect(state().view.panMm).toEqual([0, 0]);
});

test("choosing a region goes to it only if the user wants that, and shows it only from the search", () => {
  setVoxel([0, 0, 0]);
  toggleHidden("tip");
  chooseRegion("tip");
  expect([state().selectedRegion, state().view.voxel, state().hidden.has("tip")]).toEqual([
    "tip",
    [0, 0, 0],
    true,
  ]);
  setGoesToSelected(true);
  chooseRegion("organ");
  expect(state().view.voxel).toEqual([0, 0, 6]);
  showRegion("tip");
  expect([state().view.voxel, state().hidden.has("tip")]).toEqual([[0, 0, 8], false]);
  setGoesToSelected(false);
});

test("once slice occupancy is known, the crosshair goes to the voxel nearest to the region's centroid", () => {
  // Labels 1 and 2 are at 0, 5, 6, 7; their mean, 4.5, is on none of them.
  const ring = volumeOf([1, 1, 9], [1, 0, 0, 0, 0, 2, 2, 2, 3]);
  const definition = definitionOf({ background: 0, organ: [1, 2], tip: 3, gone: 7 }, [1, 3, 7]);
  const openCase = caseOf(ring);
  caseOpened({ ...opened, openCase, definition });
  const pass = sliceOccupancy(openCase.source);
  let step = pass.next();
  while (!step.done) step = pass.next();
  sliceOccupancyArrived(openCase.source, new RegionSlices(openCase.source, step.value));
  goToRegion("organ");
  expect(state().view.voxel).toEqual([0, 0, 5]);
  goToRegion("gone");
  expect(state().view.voxel).toEqual([0, 0, 5]);
  setPlane("sagittal");
  selectRegion("tip");
  goToNextSlice(1);
  expect(state().view.voxel).toEqual([0, 0, 8]);
  goToNextSlice(1);
  expect(useStatus.getState().status?.sentence).toBe("The selected regions do not occur in any later slice.");
});

test("a magnified slice is panned to the region", () => {
  zoomBy(4);
  goToRegion("tip");
  expect(state().view.panMm).toEqual(panTo(VOLUME.grid, state().view.plane, "radiological", [0, 0, 8]));
});

test("a region without voxels is reported, and the crosshair stays", () => {
  goToRegion("tip");
  goToRegion("gone");
  expect(state().view.voxel).toEqual([0, 0, 8]);
  expect(useStatus.getState().status?.sentence).toBe("“gone” has no voxels in this case.");
});

test("a region that resampling lost is not said to be absent from the case", () => {
  const stored = caseOf(VOLUME);
  const grid: TrainingGrid = {
    kind: "training-grid",
    volume: volumeOf([1, 1, 1], [0]),
    box: { first: [0, 0, 0], shape: [1, 1, 9] },
    uncropped: null,
    resampling: { kind: "resampling", shape: [1, 1, 1], order: 1, separateAxis: null, orderZ: 0 },
    type: "int8",
    gapVoxels: 0,
  };
  const source = { kind: "labels", volume: grid.volume } as const;
  useStore.setState({ openCase: { ...stored, source, trained: { stored, grid } } });
  goToRegion("tip");
  expect(useStatus.getState().status?.sentence).toBe("“tip” has no voxels on the training grid.");
});

test("the crosshair goes to a voxel of the mask", () => {
  const stack = stackOf([1, 1, 4], { a: [1, 0, 0, 0], b: [0, 0, 0, 1] });
  caseOpened({ ...opened, openCase: caseOf(VOLUME, { source: { kind: "masks", stack } }) });
  goToRegion("b");
  expect(state().view.voxel).toEqual([0, 0, 3]);
});

test("the reason for having no regions is reported", () => {
  expect(whyNoRegions(state())).toBeNull();
  caseOpened({ ...opened, openCase: caseOf(volumeOf([1, 1, 2], [0, 0])) });
  expect(whyNoRegions(state())).toMatch(/^The volume holds nothing but background/);
  definitionOpened(definitionOf({ background: 0 }, null));
  expect(whyNoRegions(state())).toMatch(/^dataset\.json names nothing but background/);
  caseClosed();
  expect(whyNoRegions(state())).toBeNull();
});
