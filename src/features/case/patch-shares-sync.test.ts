/** Tests when shares of patches are computed, kept and computed again. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type PatchShares, type PatchSharesInput, patchShares } from "../../domain/patches/patch-shares.ts";
import type { SharesRefused } from "../../domain/patches/shares-limits.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import {
  caseClosed,
  caseOpened,
  setConfiguration,
  setMode,
  setStrides,
  setTrainer,
} from "../../state/actions/case-actions.ts";
import { definitionEdited } from "../../state/actions/edit-actions.ts";
import { setPatchSettings, setPooling } from "../../state/actions/survival-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import {
  areSharesOfShown,
  selectPatchShares,
  selectPatchSharesProgress,
  selectTrainedResult,
  sharesRefusal,
} from "../../state/case/patch-shares-selectors.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { syncPatchShares } from "./patch-shares-sync.ts";
import { TrainingGridSync } from "./training-grid-sync.ts";

interface Asked {
  readonly job: PatchSharesInput;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number) => void;
  readonly answer: (refused?: SharesRefused) => void;
}

const worker = vi.hoisted(() => ({ asked: [] as Asked[] }));

vi.mock("../../workers/patch-shares.ts", () => ({
  patchSharesInWorker: (job: PatchSharesInput, progress: Asked["progress"], signal: AbortSignal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      const answer = (refused?: SharesRefused) => resolve(refused ?? sharesOf(job));
      worker.asked.push({ job, signal, progress, answer });
    }),
}));

function sharesOf(job: PatchSharesInput): PatchShares {
  const steps = patchShares(job);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const initial = useStore.getInitialState();
const state = useStore.getState;
const SHAPE = [4, 6, 8] as const;
const VOLUME = volumeOf(
  SHAPE,
  Array.from({ length: 4 * 6 * 8 }, (_, i) => (i % 7 === 0 ? 1 + (i % 2) : 0)),
);
const STRIDES = [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 2],
] as const;
const FULL = {
  name: "full",
  strides: STRIDES,
  patchSize: [2, 4, 4],
  batchSize: 2,
  spacing: [2, 1, 1],
} as const;

let stop: () => void;
let grids: TrainingGridSync;

const open = (imageSigns = false, configuration = "full") =>
  caseOpened({
    openCase: caseOf(
      VOLUME,
      imageSigns ? { imageSigns: { values: 90, differing: 0.9, negative: null } } : {},
    ),
    definition: definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]),
    plans: {
      ...PLANS,
      configurations: [
        FULL,
        { ...FULL, name: "2d", patchSize: [1, 4, 4], is2d: true, batchSize: 12 },
        { ...FULL, name: "no batch", batchSize: null },
        { ...FULL, name: "no patch", patchSize: null },
        { ...FULL, name: "no spacing", spacing: null },
        { ...FULL, name: "too coarse", spacing: [2, 1, 90] },
        { ...FULL, name: "wrong", spacing: null, wrongSpacing: "[-1, 1, 1]" },
      ],
    },
    configuration,
    notices: [],
  });

const shares = () => selectPatchShares(state());
/** Waits until the worker has been asked so many times. */
const asked = async (times: number): Promise<Asked> => {
  await vi.waitFor(() => expect(worker.asked).toHaveLength(times), { timeout: 3000 });
  const last = worker.asked.at(-1);
  if (!last) throw new Error("Nothing was asked.");
  return last;
};
const atRest = () =>
  vi.waitFor(() => expect([state().busy, state().patchSharesProgress]).toEqual([0, null]), { timeout: 3000 });
const answered = async (times: number): Promise<PatchSharesInput> => {
  const { job, answer } = await asked(times);
  answer();
  await atRest();
  return job;
};

beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (callback: () => void) => setTimeout(callback));
  worker.asked.length = 0;
  stop = syncPatchShares();
  grids = new TrainingGridSync();
  setGrid("stored");
});
afterEach(() => {
  stop();
  grids.dispose();
  useStore.setState(initial, true);
  vi.unstubAllGlobals();
});

test("shares are computed once a case is open, with progress from the start", async () => {
  // Making a training grid would be other work.
  open(false, "no spacing");
  expect([state().busy, selectPatchSharesProgress(state()), shares()]).toEqual([0, 0, null]);
  const { job, progress, answer } = await asked(1);
  expect(job).toMatchObject({ patchSize: [2, 4, 4], is2d: false, batchSize: 2, strides: STRIDES });
  progress(0.25);
  expect(selectPatchSharesProgress(state())).toBe(0.25);
  answer();
  await atRest();
  expect(shares()).toEqual(sharesOf(job));
  expect(selectPatchSharesProgress(state())).toBeNull();
});

test.each(["too coarse", "wrong"])(
  "no patch is drawn where preprocessing stops: spacing %s",
  async (name) => {
    open();
    await answered(1);
    expect(shares()).not.toBeNull();
    setConfiguration(name);
    await vi.waitFor(() =>
      expect(sharesRefusal(state())).toMatch(/^nnU-Net draws no patches from this case\. /),
    );
    await atRest();
    expect([shares(), selectTrainedResult(state())]).toEqual([
      null,
      expect.objectContaining({ kind: "refused" }),
    ]);
    for (const { gone } of selectRegionRows(state())) expect(gone).toBeNull();
    setConfiguration("full");
    // A training grid that is made anew is another one; a wrong spacing makes none in between.
    if (name === "too coarse") await answered(2);
    expect([sharesRefusal(state()), shares()]).toEqual([null, expect.anything()]);
  },
);

test("a benchmark has the machine to itself", async () => {
  open();
  const { signal } = await asked(1);
  useStore.setState({ benchmarkRun: { fraction: 0, step: "timing" } });
  expect([signal.aborted, selectPatchSharesProgress(state())]).toEqual([true, null]);
  useStore.setState({ benchmarkRun: null });
  await answered(2);
  expect(shares()).not.toBeNull();
});

test("strides, trainer, sampling and labels of regions start over", async () => {
  open();
  await answered(1);
  setStrides([
    [1, 1, 1],
    [2, 2, 2],
    [1, 2, 2],
  ]);
  expect(shares()).toBeNull();
  expect((await answered(2)).strides[1]).toEqual([2, 2, 2]);
  setTrainer("ddp");
  expect((await answered(3)).trainer).toBe("ddp");
  setMode("resize-segmentation");
  expect((await answered(4)).mode).toBe("resize-segmentation");
  definitionEdited(definitionOf({ background: 0, whole: [1, 2], core: 1 }, [1, 2]), "edit");
  expect((await answered(5)).set.regions[1]?.labels).toEqual([1]);
  expect(shares()).not.toBeNull();
});

test("names do not, and what was computed is kept", async () => {
  open();
  await answered(1);
  const first = shares();
  definitionEdited(definitionOf({ background: 0, all: [1, 2], core: 2 }, [2, 1]), "edit");
  setPatchSettings({ on: true, origin: [0, 0, 0] });
  setMode("resize-segmentation");
  await answered(2);
  setMode("nearest-exact");
  await atRest();
  expect(shares()).toBe(first);
  expect(worker.asked).toHaveLength(2);
});

test("both grids have those of the training grid, and switching is free", async () => {
  open();
  expect(sourceGrid((await answered(1)).source).shape).toEqual([2, 6, 8]);
  const trained = shares();
  expect([trained, areSharesOfShown(state())]).toEqual([expect.anything(), false]);
  setGrid("trained");
  await atRest();
  expect([shares(), areSharesOfShown(state())]).toEqual([trained, true]);
  expect(worker.asked).toHaveLength(1);
});

test("without a training grid they are those of the stored one", async () => {
  open(false, "no spacing");
  expect(sourceGrid((await answered(1)).source).shape).toEqual(SHAPE);
  expect([shares(), areSharesOfShown(state())]).toEqual([expect.anything(), true]);
});

test("none are computed where making the training grid was cancelled, until it is made", async () => {
  open();
  cancelTrainingGrid();
  await atRest();
  expect(worker.asked).toHaveLength(0);
  expect(sharesRefusal(state())).toMatch(
    /^nnU-Net draws patches from the training grid, and .* cancelled\.$/,
  );
  setGrid("trained");
  await answered(1);
  expect([sharesRefusal(state()), shares()]).toEqual([null, expect.anything()]);
});

test("a grid that is about to be left has none computed", async () => {
  // Nothing makes the training grid, so the page keeps waiting for it.
  grids.dispose();
  open();
  for (const grid of ["stored", "trained"] as const) {
    setGrid(grid);
    await atRest();
    expect([worker.asked.length, selectRegionRows(state())[0]?.gone]).toEqual([0, "awaited"]);
  }
});

test("another patch size and pooling are computed beside those of nnU-Net", async () => {
  open();
  setPatchSettings({ size: [3, 3, 3] });
  setPooling("any");
  const { job, answer } = await asked(1);
  expect([job.patchSize, job.pooling]).toEqual([[2, 4, 4], undefined]);
  answer();
  const shown = await answered(2);
  expect([shown.patchSize, shown.pooling]).toEqual([[3, 3, 3], "any"]);
  expect(shares()).toEqual(sharesOf(shown));
  setPatchSettings({ size: null });
  setPooling(null);
  expect(shares()).toEqual(sharesOf(job));
  expect(worker.asked).toHaveLength(2);
});

test("changes in quick succession start one job", async () => {
  open();
  await answered(1);
  setMode("resize-segmentation");
  setTrainer("ddp");
  await new Promise((resolve) => setTimeout(resolve, 100));
  setStrides([
    [1, 1, 1],
    [2, 2, 2],
  ]);
  const { strides, trainer } = await answered(2);
  expect([strides.length, trainer]).toEqual([2, "ddp"]);
});

test("a change ends a job that runs", async () => {
  open();
  const { signal } = await asked(1);
  setMode("resize-segmentation");
  expect(signal.aborted).toBe(true);
  const second = await asked(2);
  caseClosed();
  expect(second.signal.aborted).toBe(true);
  await atRest();
  open();
  await answered(3);
  expect(state().patchShares.size).toBe(1);
  caseClosed();
  expect([shares(), state().patchShares.size]).toEqual([null, 0]);
});

test("2D plans say so, and plans without a patch or a batch size have no shares", async () => {
  open();
  setConfiguration("2d");
  expect((await answered(1)).is2d).toBe(true);
  for (const name of ["no batch", "no patch"]) {
    setConfiguration(name);
    await atRest();
    expect(shares()).toBeNull();
  }
  expect(worker.asked).toHaveLength(1);
});

test("values of an image have no shares", async () => {
  open(true);
  await atRest();
  expect(worker.asked).toHaveLength(0);
});

test("what was refused is not asked again", async () => {
  open();
  const { answer } = await asked(1);
  const refused = { kind: "refused", reason: "It would take minutes." } as const;
  answer(refused);
  await atRest();
  expect([shares(), ...state().patchShares.values()]).toEqual([null, refused]);
  setPatchSettings({ on: true });
  await atRest();
  expect(worker.asked).toHaveLength(1);
});
