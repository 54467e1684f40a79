/** Tests the bounding boxes of shown regions. */
import { afterEach, expect, test } from "vitest";
import { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { sliceOccupancy } from "../../domain/analysis/slice-occupancy.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../actions/case-actions.ts";
import { sliceOccupancyArrived } from "../actions/slice-occupancy-actions.ts";
import { toggleHidden, toggleSolo } from "../actions/view-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { shownBoxes } from "./visible-boxes.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
afterEach(() => useStore.setState(initial, true));

const VOLUME = volumeOf([2, 2, 4], [0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0]);

function openIt(): void {
  caseOpened({
    openCase: caseOf(VOLUME),
    definition: definitionOf({ background: 0, whole: [1, 2], core: 2, none: 3 }, [1, 2, 3]),
    plans: null,
    notices: [],
  });
}

function located(): void {
  const { source } = caseOf(VOLUME);
  const steps = sliceOccupancy(source);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) continue;
    const { openCase } = state();
    if (openCase) sliceOccupancyArrived(openCase.source, new RegionSlices(source, step.value));
    return;
  }
}

test("each shown region with voxels has a box, and one without voxels has none", () => {
  openIt();
  expect(shownBoxes(state())).toEqual([]);
  located();
  const whole = { first: [0, 0, 1], shape: [2, 2, 2] };
  const core = { first: [0, 1, 2], shape: [2, 1, 1] };
  expect(shownBoxes(state())).toEqual([whole, core]);
  toggleHidden("whole");
  expect(shownBoxes(state())).toEqual([core]);
  toggleSolo("none");
  expect(shownBoxes(state())).toEqual([]);
});
