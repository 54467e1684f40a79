/** Tests the zoom on what a step goes to, and how the user's own zoom comes back. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { caseClosed, caseOpened } from "../actions/case-actions.ts";
import { placeStepped } from "../actions/changed-places-actions.ts";
import { componentVisited, stepEnded } from "../actions/survival-actions.ts";
import { resetView, setPlane, setView, zoomBy } from "../actions/view-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";

const state = useStore.getState;
const SHAPE = [20, 100, 60] as const;
const VOLUME = volumeOf(SHAPE, new Array(20 * 100 * 60).fill(1));
const PLACE = { region: "organ", component: 0 };

beforeEach(() => {
  caseClosed();
  const definition = definitionOf({ background: 0, organ: 1 }, null);
  caseOpened({ definition, plans: null, notices: [], openCase: caseOf(VOLUME) });
  setPlane("axial");
});

test("a small component is magnified in every plane, and centred", () => {
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  expect(state().view).toMatchObject({ voxel: [3, 40, 50], zoom: 5 });
  expect(state().view.panMm).toEqual(panTo(VOLUME.grid, "axial", "radiological", [3, 40, 50]));
  expect(state().planes.zoom).toBe(5);
  expect(state().planes.pans.coronal).toEqual(panTo(VOLUME.grid, "coronal", "radiological", [3, 40, 50]));
  // A single voxel stops at the limit, so that its surroundings stay visible.
  componentVisited(PLACE, [3, 40, 50], [0.1, 0.1, 0.1]);
  expect(state().view.zoom).toBe(12);
  // What is long only across the slices is magnified in this plane, but not in all three.
  componentVisited(PLACE, [3, 40, 50], [20, 2, 2]);
  expect([state().view.zoom, state().planes.zoom]).toEqual([5, 1]);
});

test("the user's own zoom comes back for what is large, and when stepping ends", () => {
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  componentVisited(PLACE, [3, 40, 30], [9, 40, 40]);
  expect([state().view.zoom, state().planes.zoom, state().view.panMm]).toEqual([1, 1, [0, 0]]);
  zoomBy(3);
  setView({ panMm: [4, 5] });
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  componentVisited(PLACE, [3, 41, 50], [1, 1, 1]);
  expect(state().view.zoom).toBe(10);
  stepEnded(null);
  expect(state().view).toMatchObject({ voxel: [3, 41, 50], zoom: 3, panMm: [4, 5] });
  expect(state().planes.zoom).toBe(1);
});

test("a zoom that the user chose meanwhile stays", () => {
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  zoomBy(2);
  placeStepped(null);
  expect([state().view.zoom, state().planes.zoom]).toEqual([10, 1]);
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  expect(state().view.zoom).toBe(10);
  resetView();
  stepEnded(null);
  expect(state().view.zoom).toBe(1);
  // Another plane shows whole slices, whatever the step had magnified.
  componentVisited(PLACE, [3, 40, 50], [1, 2, 2]);
  setPlane("coronal");
  stepEnded(null);
  expect(state().view.zoom).toBe(1);
});

test("a step without a size keeps the zoom, and centres a magnified slice", () => {
  componentVisited(PLACE, [3, 40, 50]);
  expect([state().view.zoom, state().view.panMm]).toEqual([1, [0, 0]]);
  zoomBy(2);
  componentVisited(PLACE, [3, 40, 50]);
  expect(state().view.panMm).toEqual(panTo(VOLUME.grid, "axial", "radiological", [3, 40, 50]));
});
