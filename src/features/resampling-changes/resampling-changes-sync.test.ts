/**
 * Tests that what resampling changed is found out once the training grid is made, and again after each edit.
 */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import { finish } from "../../domain/testing/finish.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { DEFAULT_SEG_RESAMPLING } from "../../domain/training-grid/resampling.ts";
import { resamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import {
  caseClosed,
  caseOpened,
  definitionOpened,
  setConfiguration,
} from "../../state/actions/case-actions.ts";
import { countsArrived } from "../../state/actions/gpu-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
} from "../../state/case/resampling-changes-selectors.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { TrainingGridSync } from "../case/training-grid-sync.ts";
import { syncResamplingChanges } from "./resampling-changes-sync.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
const GRID: Grid = { shape: [8, 12, 12], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
/** Two large labels that touch, and a voxel of label 3. */
const VOLUME = volumeFromLabels(
  GRID,
  Array.from({ length: 8 * 12 * 12 }, (_, i) => {
    const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
    if (z === 4 && y === 6 && x === 6) return 3;
    return z > 1 && y > 2 && y < 10 && x > 2 && x < 10 ? 1 + (y % 2) : 0;
  }),
);
const DEFINITION = definitionOf({ background: 0, organ: [1, 2], part: 2, lesion: 3 }, [1, 2, 3]);

const configuration = (name: string, spacing: Triple | null) => ({
  name,
  strides: [[1, 1, 1]] as const,
  patchSize: null,
  batchSize: 2,
  spacing,
  segResampling: DEFAULT_SEG_RESAMPLING,
});

function open() {
  caseOpened({
    openCase: caseOf(VOLUME),
    definition: DEFINITION,
    plans: {
      ...PLANS,
      configurations: [
        configuration("fine", [2, 2, 2]),
        configuration("coarse", [4, 4, 4]),
        configuration("none", null),
      ],
    },
    configuration: "fine",
    notices: [],
  });
  setGrid("trained");
}

const settled = () =>
  vi.waitFor(() => expect([state().busy, state().trainingGridProgress]).toEqual([0, null]));

/** Resolves when the work has begun, and before its result arrives. */
const started = () =>
  new Promise<void>((resolve) => {
    const unsubscribe = useStore.subscribe(
      (s) => s.resamplingChangesProgress,
      () => {
        unsubscribe();
        resolve();
      },
    );
  });

/** Computed at once, from what is open now. */
function expected() {
  const resampled = selectResampledCase(state());
  const set = selectRegionSet(state());
  if (!resampled || !set) return null;
  const tableOf = (volume: typeof VOLUME) => regionTable(volume.palette, set.regions);
  return finish(
    resamplingChanges(resampled, { stored: tableOf(VOLUME), trained: tableOf(resampled.trained.volume) }),
  );
}

let end: (() => void)[] = [];

beforeEach(() => {
  const grids = new TrainingGridSync();
  end = [syncResamplingChanges(), () => grids.dispose()];
});
afterEach(() => {
  for (const each of end) each();
  useStore.setState(initial, true);
});

test("what resampling changed is known once the training grid is made, and work until then", async () => {
  open();
  expect(selectResamplingChanges(state())).toBeNull();
  const progress: (number | null)[] = [];
  const unsubscribe = useStore.subscribe(
    (s) => s.resamplingChangesProgress,
    (fraction) => progress.push(fraction),
  );
  await settled();
  unsubscribe();
  expect([progress[0], progress.at(-1)]).toEqual([0, null]);
  const found = selectResamplingChanges(state());
  expect(found).toEqual(expected());
  expect(found?.labelsGone).toContain(3);
  expect(found?.regions.map(({ isGone }) => isGone)).toEqual([false, false, true]);
  expect(found?.regions[0]?.trained).toBeGreaterThan(0);
});

test("another configuration starts over, and one without a spacing has none", async () => {
  open();
  await settled();
  const fine = selectResamplingChanges(state());
  setConfiguration("coarse");
  expect(selectResamplingChanges(state())).toBeNull();
  await settled();
  expect(selectResamplingChanges(state())).toEqual(expected());
  expect(selectResamplingChanges(state())).not.toEqual(fine);
  setConfiguration("none");
  await settled();
  expect([selectResamplingChanges(state()), state().problem]).toEqual([null, null]);
});

test("other regions are known at once, and a renamed one is the same", async () => {
  open();
  await settled();
  const before = selectResamplingChanges(state());
  definitionOpened(definitionOf({ background: 0, liver: [1, 2], part: 2, lesion: 3 }, [1, 2, 3]));
  expect(selectResamplingChanges(state())).toBe(before);
  const joined = definitionOf({ background: 0, organ: [1, 2, 3], lesion: 3 }, [1, 3]);
  definitionOpened(joined);
  expect([selectResamplingChanges(state()), state().busy]).toEqual([expected(), 0]);
  expect(selectResamplingChanges(state())?.regions).toHaveLength(
    regionSetFromDefinition(joined).regions.length,
  );
});

test("a change while it is found out, and closing the case, stop the work without a message", async () => {
  open();
  await started();
  setConfiguration("coarse");
  const arrived: (string | undefined)[] = [];
  const unsubscribe = useStore.subscribe(
    (s) => s.resamplingChanges,
    (known) => arrived.push(known?.query.grid.volume.grid.shape.join()),
  );
  await settled();
  unsubscribe();
  expect(arrived).toEqual(["2,3,3"]);
  expect(selectResamplingChanges(state())).toEqual(expected());
  open();
  await started();
  caseClosed();
  expect(state().resamplingChangesProgress).toBeNull();
  await settled();
  expect([state().resamplingChanges, state().problem]).toEqual([null, null]);
});

describe("findings", () => {
  const codes = () => selectFindings(state()).map(({ code }) => code);
  const withPlans = (plans: object) => {
    const { openCase, definition } = state();
    if (!openCase) throw new Error("There is a case.");
    const configurations = [{ ...configuration("fine", [2, 2, 2]), ...plans }];
    caseOpened({ openCase, definition, plans: { ...PLANS, configurations }, notices: [] });
  };

  test.each(["stored", "trained"] as const)(
    "say on the %s grid what resampling changed, and nothing before",
    async (grid) => {
      open();
      setGrid(grid);
      expect(codes()).not.toContain("plans-other-spacing");
      expect(codes()).not.toContain("vanishes-in-resampling");
      await settled();
      expect(codes()).not.toContain("plans-other-spacing");
      expect(selectFindings(state()).find(({ code }) => code === "vanishes-in-resampling")).toMatchObject({
        severity: "error",
        regions: ["lesion"],
        message: expect.stringMatching(
          /^“lesion” \(1 voxel in the file\) vanishes .* from 1×1×1 mm to 4×6×6 voxels of 2×2×2 mm \(configuration “fine”\).* Not cropped first: no image is open\.$/,
        ),
      });
      countsArrived([[1, 1, 0]]);
      expect(codes()).not.toContain("region-absent");
    },
  );

  test("name regions that cropping removes, and count its box where resampling is not followed", async () => {
    open();
    const inRows = (i: number) => Math.floor(i / 12) % 12 > 6;
    const image = Array.from({ length: 8 * 12 * 12 }, (_, i) => Number(inRows(i)));
    const nonzero = {
      kind: "known" as const,
      mask: nonzeroMaskOf(GRID.shape, [image]),
      channels: 1,
      moreFiles: [],
    };
    caseOpened({
      openCase: caseOf(VOLUME, { nonzero }),
      definition: DEFINITION,
      plans: state().plans,
      notices: [],
    });
    await settled();
    const cropped = selectFindings(state()).filter(({ code }) => code === "cropped-away");
    expect(cropped.map(({ severity, regions }) => [severity, ...regions])).toEqual([
      ["error", "lesion"],
      ["warning", "organ", "part"],
    ]);
    const vanished = selectFindings(state()).find(({ code }) => code === "vanishes-in-resampling");
    expect(vanished?.regions ?? []).not.toContain("lesion");
    withPlans({ segResampling: { name: "resample_torch_fornnunet", kwargs: {} } });
    await settled();
    expect(selectFindings(state()).find(({ code }) => code === "plans-other-spacing")?.message).toMatch(
      /^Training sees this case with 4×2×6 voxels, not 8×12×12: nnU-Net crops it to 8×5×12 voxels and resamples/,
    );
    // Cropping does not depend on the function.
    expect(selectFindings(state()).filter(({ code }) => code === "cropped-away")).toEqual(cropped);
  });

  test("say what is wrong where nnU-Net stops, and what is not followed", async () => {
    open();
    withPlans({ spacing: [64, 2, 2] });
    await settled();
    expect(codes()).toContain("resampling-stops");
    expect(codes()).not.toContain("plans-other-spacing");
    withPlans({ spacing: null, wrongSpacing: "[-1,2,2]" });
    await settled();
    expect(selectFindings(state()).filter(({ code }) => /resampling|spacing/.test(code))).toMatchObject([
      {
        code: "resampling-stops",
        severity: "error",
        message:
          "Configuration “fine”: the plans' spacing is [-1,2,2] instead of 2 or 3 positive numbers, so nnU-Net's preprocessing stops. " +
          "Correct it in the plans, or plan the dataset again with nnUNetv2_plan_experiment.",
      },
    ]);
    withPlans({ segResampling: { name: "resample_torch_fornnunet", kwargs: {} } });
    await settled();
    expect(codes()).toEqual(expect.arrayContaining(["resampling-unknown", "plans-other-spacing"]));
    withPlans({ spacing: null });
    await settled();
    expect(codes().filter((code) => /resampling|spacing/.test(code))).toEqual([]);
  });

  test("say that nnU-Net stops at masks too, and what it crops them to", async () => {
    open();
    const bitPlanes = [new Uint32Array(8 * 12 * 12).fill(1)];
    const stack = { grid: GRID, names: ["organ"], bitPlanes };
    caseOpened({
      openCase: { ...caseOf(VOLUME), source: { kind: "masks", stack } },
      definition: null,
      plans: state().plans,
      notices: [],
    });
    withPlans({ spacing: [64, 2, 2] });
    await settled();
    expect(selectFindings(state()).find(({ code }) => code === "resampling-stops")?.message).toContain(
      "no voxel left (0×6×6)",
    );
    expect(codes()).not.toContain("plans-other-spacing");
    withPlans({ spacing: [4, 2, 2] });
    await settled();
    expect(codes()).toContain("plans-other-spacing");
    expect(codes()).not.toContain("resampling-stops");
  });

  test("guess from the spacing where the training grid was cancelled", async () => {
    open();
    cancelTrainingGrid();
    await settled();
    expect(codes()).toContain("plans-other-spacing");
    setGrid("trained");
    await settled();
    expect(codes()).not.toContain("plans-other-spacing");
  });
});
