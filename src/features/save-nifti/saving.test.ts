/** Tests what the dialog offers to save, and what is in the files. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { saveFile } from "../../app/save-file.ts";
import { InputError } from "../../base/errors.ts";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { definitionOf, stackOf } from "../../domain/testing/small-case.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { type WrittenLabels, writeLabels } from "../../formats/nifti/nifti-writer.ts";
import { countsOf, labelsOf, open, valuesOf } from "../../formats/testing/opening.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { setPatchSettings } from "../../state/actions/survival-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { selectTrainingGrid } from "../../state/case/training-grid-selectors.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { TrainingGridSync } from "../case/training-grid-sync.ts";
import { cancelSaving, closeSaving, save } from "./saving.ts";
import { choiceIn, descriptionOf, fileNameOf, jobOf } from "./saving-job.ts";
import { choose, openSaving, useSaving } from "./saving-state.ts";
import { scaleText, targetsText, trainingGridText } from "./text.ts";

/** Writes on this thread; a test may delay it. */
const worker = vi.hoisted(() => ({ before: (): Promise<void> => Promise.resolve() }));
vi.mock("../../workers/nifti-file.ts", () => ({
  writeInWorker: async (
    labels: WrittenLabels,
    file: string,
    _: AbortSignal,
    onProgress: (done: number) => void,
  ) => {
    onProgress(0.5);
    await worker.before();
    return writeLabels(labels, file, onProgress);
  },
}));
vi.mock("../../app/save-file.ts", async (original) => ({
  ...(await original<typeof import("../../app/save-file.ts")>()),
  saveFile: vi.fn(),
}));

const initial = useStore.getInitialState();
const state = useStore.getState;
/** Axes z, y, x of 2, 1 and 1 mm. */
const GRID: Grid = { shape: [8, 12, 12], toWorld: [0, 0, 1, 5, 0, 1, 0, -3, 2, 0, 0, 7] };
/** A lesion in an organ. */
const LABELS = Array.from({ length: 8 * 12 * 12 }, (_, i) => {
  const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
  if (z === 4 && y > 5 && x > 5) return 2;
  return z > 1 && y > 2 && y < 10 && x > 2 && x < 10 ? 1 : 0;
});
const IMAGE = Float32Array.from(LABELS, (_, i) => {
  const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
  return z < 2 || (z < 5 && y + x < 5) ? 0 : 1;
});
const NONZERO = {
  kind: "known" as const,
  mask: nonzeroMaskOf(GRID.shape, [IMAGE]),
  channels: 1,
  moreFiles: [],
};

function openCase(spacing: readonly number[] | null = [2, 2, 2], labels: readonly number[] = LABELS) {
  const strides: Triple[] = [
    [1, 1, 1],
    [1, 2, 2],
    [1, 2, 2],
    [1, 16, 16],
    [1, 1, 1],
  ];
  caseOpened({
    openCase: caseOf(volumeFromLabels(GRID, Float64Array.from(labels)), {
      name: "patient 7",
      nonzero: NONZERO,
    }),
    definition: definitionOf({ background: 0, organ: [1, 2], lesion: 2 }, [1, 2]),
    plans: {
      ...PLANS,
      configurations: [{ name: "3d_fullres", strides, patchSize: [4, 6, 6], batchSize: 2, spacing }],
    },
    configuration: "3d_fullres",
    notices: [],
  });
}

function openMasks() {
  const stack = stackOf([2, 2, 2], { liver: [1, 1, 0, 0, 1, 0, 0, 0], spleen: [0, 1, 1, 0, 0, 0, 0, 0] });
  const source = { kind: "masks", stack } as const;
  const base = caseOf(volumeFromLabels(GRID, LABELS), { name: "two", source });
  caseOpened({ openCase: base, definition: null, plans: null, notices: [] });
}

const choice = () => choiceIn(state(), useSaving.getState());
/** The name of the file that would be saved, or why there is none. */
function offered(): string {
  const job = jobOf(state(), choice());
  return job.kind === "refused" ? job.reason : fileNameOf(state(), job);
}
async function saved() {
  vi.mocked(saveFile).mockClear();
  save(choice());
  await vi.waitFor(() => expect(useSaving.getState().progress).toBeNull());
  const [name, blob] = vi.mocked(saveFile).mock.calls[0] ?? ["nothing", ""];
  return { name, volume: labelsOf(await open([{ path: name, blob: blob as Blob }])) };
}

beforeEach(() => openCase());
afterEach(() => {
  closeSaving();
  worker.before = () => Promise.resolve();
  useSaving.setState(useSaving.getInitialState(), true);
  useStore.setState(initial, true);
});

describe("saving", () => {
  test("saving waits for the training grid that the page makes, also if that was cancelled", async () => {
    setGrid("stored");
    openSaving(null);
    expect(selectTrainingGrid(state())).toBeNull();
    expect(trainingGridText(state())).toBe("Resampled to 2×2×2 mm, all labels.");
    const grids = new TrainingGridSync();
    cancelTrainingGrid();
    expect(state().trainingGridCancelled).not.toBeNull();
    const { name, volume } = await saved();
    grids.dispose();
    expect(name).toBe("patient_7_trained.nii.gz");
    expect(useSaving.getState()).toMatchObject({ saved: "patient_7_trained.nii.gz saved.", problem: null });
    const grid = selectTrainingGrid(state());
    if (grid?.kind !== "training-grid") throw new Error("it was made");
    expect(grid.box.first).toEqual([2, 0, 0]);
    expect(volume.palette).toContain(-1);
    expect([volume.grid.shape, countsOf(volume)]).toEqual([grid.volume.grid.shape, countsOf(grid.volume)]);
    expect(valuesOf(volume)).toEqual(valuesOf(grid.volume));
    expect(trainingGridText(state())).toBe(
      "6×6×6 voxels of 2×2×2 mm, all labels; −1 outside the image's nonzero mask.",
    );
    // The stored grid stays on the screen.
    expect(state().openCase?.trained ?? null).toBeNull();
  });

  test("while Timing runs, the training grid waits and says for what", async () => {
    setGrid("stored");
    // As on the page, but without its pauses.
    const grids = new TrainingGridSync({ mayStart: (s) => !measuring(s) });
    useStore.setState({ benchmarkRun: { fraction: 0.25, step: "timing" } });
    openSaving(null);
    save(choice());
    expect(useSaving.getState().progress).toEqual({
      step: "Waiting until the comparison of Timing ends",
      fraction: 0.25,
    });
    useStore.setState({ benchmarkRun: null, sweepRun: { fraction: 0.5, step: "timing" } });
    expect(useSaving.getState().progress?.step).toBe("Waiting until the sweep of Timing ends");
    useStore.setState({ sweepRun: null });
    await vi.waitFor(() => expect(useSaving.getState().saved).toBe("patient_7_trained.nii.gz saved."));
    grids.dispose();
  });

  test("targets are of the grid that is shown, and the name and header say which", async () => {
    openSaving(null);
    choose({ kind: "targets", scale: 1 });
    expect(targetsText(state())).toBe("Of the stored grid, as it is shown.");
    const stored = await saved();
    expect([stored.name, stored.volume.grid.shape]).toEqual(["patient_7_scale1.nii.gz", [8, 6, 6]]);
    const sync = new TrainingGridSync();
    setGrid("trained");
    await vi.waitFor(() => expect(state().openCase?.trained).toBeTruthy());
    expect(targetsText(state())).toBe("Of the training grid, as it is shown.");
    const trained = await saved();
    expect([trained.name, trained.volume.grid.shape]).toEqual(["patient_7_trained_scale1.nii.gz", [6, 3, 3]]);
    expect(trained.volume.palette).not.toContain(-1);
    choose({ region: "lesion" });
    expect(offered()).toBe("patient_7_trained_scale1_lesion.nii.gz");
    const job = jobOf(state(), choice());
    if (job.kind === "refused") throw new Error(job.reason);
    expect(descriptionOf(state(), job)).toBe("target of scale 1, training grid, nearest-exact, 3d_fullres");
    sync.dispose();
  });

  test("the target of a region is 1 where the region is, with its overlaps", async () => {
    openSaving("organ");
    const { name, volume } = await saved();
    expect(name).toBe("patient_7_scale0_organ.nii.gz");
    expect(valuesOf(volume)).toEqual(LABELS.map((label) => Number(label > 0)));
  });

  test("in a patch, targets are the patch's and the training grid is whole", async () => {
    setPatchSettings({ on: true, origin: [1, 2, 3] });
    openSaving(null);
    expect(offered()).toBe("patient_7_trained.nii.gz");
    choose({ kind: "targets", region: "lesion" });
    expect(targetsText(state())).toContain("Of the patch at 1, 2, 3 of the stored grid");
    const { name, volume } = await saved();
    expect([name, volume.grid.shape]).toEqual(["patient_7_patch_1_2_3_scale0_lesion.nii.gz", [4, 6, 6]]);
    // Voxel 1, 2, 3 of the case: 3 + 5, 2 - 3 and 2 + 7 mm.
    expect([3, 7, 11].map((at) => volume.grid.toWorld[at])).toEqual([8, -1, 9]);
  });

  test("what is impossible is not offered, with its reason", () => {
    openSaving(null);
    choose({ kind: "targets", scale: 3 });
    // The scale collapses, so full size is offered.
    expect(offered()).toBe("patient_7_scale0.nii.gz");
    const collapsed = { kind: "targets", scale: 3, region: null } as const;
    expect(jobOf(state(), collapsed)).toMatchObject({ reason: "Scale 3 collapses: it has no voxels." });
    choose({ kind: null });
    openCase(null);
    expect(trainingGridText(state())).toBe("Configuration “3d_fullres” of the plans has no spacing.");
    expect(offered()).toBe("patient_7_scale0.nii.gz");
    openCase([2, 2, 2], [0.5, ...LABELS.slice(1)]);
    choose({ kind: "targets", region: null });
    expect(offered()).toBe("patient_7_scale0_organ.nii.gz");
    openMasks();
    expect(trainingGridText(state())).toContain("stack of masks");
    expect(offered()).toBe("two_scale0_liver.nii.gz");
    choose({ region: "spleen" });
    expect(offered()).toBe("two_scale0_spleen.nii.gz");
  });

  test("the target of a mask is that mask", async () => {
    openMasks();
    openSaving("spleen");
    expect(valuesOf((await saved()).volume)).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
  });

  test("cancelling, or closing the dialog, saves nothing, and a failure is said in the dialog", async () => {
    let goOn: () => void = () => undefined;
    vi.mocked(saveFile).mockClear();
    for (const end of [cancelSaving, closeSaving]) {
      worker.before = () =>
        new Promise((resolve) => {
          goOn = resolve;
        });
      openSaving("organ");
      save(choice());
      await vi.waitFor(() =>
        expect(useSaving.getState().progress).toEqual({
          step: "Writing patient_7_scale0_organ.nii.gz",
          fraction: 0.5,
        }),
      );
      end();
      goOn();
      await vi.waitFor(() => expect(state().busy).toBe(0));
      expect(useSaving.getState()).toMatchObject({ progress: null, saved: null, problem: null });
    }
    expect(saveFile).not.toHaveBeenCalled();
    expect(useSaving.getState().isOpen).toBe(false);
    worker.before = () => Promise.reject(new InputError("a.nii.gz", "it is too long", "Split it"));
    openSaving("organ");
    save(choice());
    await vi.waitFor(() => expect(useSaving.getState().problem).toContain("it is too long"));
    expect([useSaving.getState().progress, state().problem]).toEqual([null, null]);
  });
});

test("scales are named by their factors and shape", () => {
  const placed = { tables: [[], [], []] as never, skipped: [0, 0, 0] as const };
  const scale = { shape: [4, 2, 2], lossWeight: 0, collapses: false } as const;
  const of = (factors: Triple, shape: Triple, collapses = false) => ({
    ...placed,
    shape,
    scale: { ...scale, factors, collapses },
  });
  expect(scaleText(of([1, 1, 1], [8, 8, 8]), 0)).toBe("Scale 0: 1×1×1, 8×8×8");
  expect(scaleText(of([1, 2, 4], [8, 4, 2]), 1)).toBe("Scale 1: 1×½×¼, 8×4×2");
  expect(scaleText(of([1, 16, 16], [8, 0, 0], true), 2)).toBe("Scale 2 collapses: it has no voxels");
});
