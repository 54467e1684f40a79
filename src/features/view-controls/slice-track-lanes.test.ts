/** Tests what the lanes of the slice track show. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, regionSlicesOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { sliceOccupancyArrived } from "../../state/actions/slice-occupancy-actions.ts";
import { selectRegion, setPlane, toggleHidden } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { selectSliceTrackLanes } from "./slice-track-lanes.ts";

const state = () => useStore.getState();
// Axis 2 points towards R, so it numbers the slices of the sagittal plane.
const VOLUME = volumeOf([1, 1, 9], [1, 0, 0, 2, 0, 0, 2, 0, 3]);

beforeEach(() => {
  const definition = definitionOf({ background: 0, both: [1, 2], tip: 3, gone: 7 }, [1, 3, 7]);
  caseOpened({ openCase: caseOf(VOLUME), definition, plans: null, notices: [] });
  setPlane("sagittal");
  const { source } = state().openCase ?? caseOf(VOLUME);
  sliceOccupancyArrived(source, regionSlicesOf(source));
});

test("lanes hold the slices of the selected regions, and the number of shown regions in each slice", () => {
  selectRegion("tip");
  const lanes = selectSliceTrackLanes[2](state());
  expect([...(lanes?.shown ?? [])]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 1]);
  expect(lanes?.selected.map(({ slices }) => slices[0])).toEqual([1 << 8]);
  expect(lanes?.most).toBe(1);
  toggleHidden("both");
  expect([...(selectSliceTrackLanes[2](state())?.shown ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("another case has no lanes until its slices are known", () => {
  const openCase = caseOf(volumeOf([1, 1, 2], [0, 1]));
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
  expect(selectSliceTrackLanes[2](state())).toBeNull();
});
