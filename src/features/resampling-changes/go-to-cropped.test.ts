/** Tests where the crosshair goes for regions that cropping removes. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Grid } from "../../domain/geometry/grid.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { caseClosed, caseOpened } from "../../state/actions/case-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { setVoxel } from "../../state/actions/view-actions.ts";
import { selectTrainingGrid } from "../../state/case/training-grid-selectors.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { TrainingGridSync } from "../case/training-grid-sync.ts";
import { goToCropped } from "./go-to-cropped.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
const GRID: Grid = { shape: [8, 12, 12], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const at = (z: number, y: number, x: number) => (z * 12 + y) * 12 + x;
/** Four voxels in the middle, one and three at the ends of the first axis. */
const LESION = [5, 6, 7, 8]
  .map((x) => at(4, 6, x))
  .concat(at(0, 1, 1), at(7, 9, 8), at(7, 9, 9), at(7, 9, 10));
/** Nonzero without the last slice. */
const NONZERO = {
  kind: "known" as const,
  mask: nonzeroMaskOf(GRID.shape, [Array.from({ length: 8 * 144 }, (_, i) => Number(i < 7 * 144))]),
  channels: 1,
  moreFiles: [],
};

let grids: TrainingGridSync;

beforeEach(async () => {
  grids = new TrainingGridSync();
  const labels = Array.from({ length: 8 * 144 }, (_, i) => Number(LESION.includes(i)));
  caseOpened({
    openCase: caseOf(volumeFromLabels(GRID, labels), { nonzero: NONZERO }),
    definition: definitionOf({ background: 0, lesion: 1 }, null),
    plans: {
      ...PLANS,
      configurations: [
        { name: "a", strides: [[1, 1, 1]], patchSize: null, batchSize: 2, spacing: [2, 2, 2] },
      ],
    },
    notices: [],
  });
  setGrid("trained");
  await vi.waitFor(() => expect(state().openCase?.trained).toBeTruthy());
  setVoxel([0, 0, 0]);
});
afterEach(() => {
  grids.dispose();
  useStore.setState(initial, true);
});

const settled = () => vi.waitFor(() => expect(state().busy).toBe(0));

test("to the largest part outside the box, on the stored grid, although a larger one is inside", async () => {
  expect(selectTrainingGrid(state())).toMatchObject({ box: { shape: [7, 12, 12] } });
  goToCropped("lesion");
  await settled();
  expect([state().grid, state().openCase?.trained ?? null]).toEqual(["stored", null]);
  expect(state().view.voxel).toEqual([7, 9, 9]);
});

test("also where resampling is not followed, so that there is no training grid", async () => {
  const { plans } = state();
  const segResampling = { name: "resample_torch_fornnunet", kwargs: {} };
  useStore.setState({
    plans: plans && {
      ...plans,
      configurations: plans.configurations.map((its) => ({ ...its, segResampling })),
    },
  });
  await settled();
  expect(selectTrainingGrid(state())).toMatchObject({ kind: "refused" });
  goToCropped("lesion");
  await settled();
  expect(state().view.voxel).toEqual([7, 9, 9]);
});

test("nowhere once the case is closed, nor for a region that is not there", async () => {
  const { voxel } = state().view;
  goToCropped("kidney");
  goToCropped("lesion");
  caseClosed();
  await settled();
  expect([state().grid, state().view.voxel, state().problem]).toEqual(["trained", voxel, null]);
});
