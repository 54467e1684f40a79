/** Tests which second label files can be compared with the open case. */
import { expect, test, vi } from "vitest";
import { type Reordering, reorderSource } from "../../domain/reader/reorder.ts";
import { stackOf, TO_WORLD, volumeOf } from "../../domain/testing/small-case.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { openFiles } from "../../formats/intake/open.ts";
import { writeNifti } from "../../formats/testing/write-nifti.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { objectionTo, openSecondLabels } from "./second-labels.ts";

// Does what the worker does, without a worker.
vi.mock("../../workers/reader.ts", () => ({
  openInWorker: openFiles,
  reorderInWorker: async (source: Source, _: null, ofSource: Reordering) => ({
    source: reorderSource(source, ofSource),
    image: null,
  }),
}));

function labels(shape: readonly [number, number, number], toWorld: readonly number[] = TO_WORLD): Source {
  const volume = volumeOf(shape, Array(shape[0] * shape[1] * shape[2]).fill(1));
  return { kind: "labels", volume: { ...volume, grid: { shape, toWorld } } };
}

const masks = (...names: string[]): Source => ({
  kind: "masks",
  stack: stackOf([1, 2, 3], Object.fromEntries(names.map((name) => [name, [1, 0, 1, 0, 1, 0]]))),
});

const to = (second: Source, source: Source = labels([1, 2, 3])) => objectionTo(second, { source });

test("labels of the same voxel grid and kind are accepted, whatever their values", () => {
  expect(to(labels([1, 2, 3]))).toBeNull();
  expect(to(masks("a", "b"), masks("c", "d"))).toBeNull();
});

test("a different voxel grid is named, with what to do", () => {
  // `TO_WORLD` is three rows of four.
  const wider = TO_WORLD.map((value, i) => (i === 2 ? 2.5 * value : value));
  const moved = TO_WORLD.map((value, i) => (i === 7 ? value + 12 : value));
  expect(to(labels([3, 2, 1]))).toBe(
    "it has 3 × 2 × 1 voxels instead of 1 × 2 × 3, so its voxels do not match those of the open case. Resample it to the case's grid and open it again.",
  );
  expect(to(labels([1, 2, 3], wider))).toMatch(/^its voxels are 1 × 1 × 2\.5 mm instead of 1 × 1 × 1 mm,/);
  expect(to(labels([1, 2, 3], wider))).toMatch(
    /\. If its slices match those of the case, copy the header .* again; otherwise resample it to the case's grid\.$/,
  );
  expect(to(labels([1, 2, 3], moved))).toMatch(
    /^it has the same size and spacing but a different position or orientation.* copy the header of the case's labels to it and open it again; resampling would lose every label\.$/,
  );
  expect(to(labels([3, 2, 1], moved))).toMatch(
    /The two do not overlap in space\. Choose labels of the same scan/,
  );
});

test("masks are compared with masks of the same names, or with as many", () => {
  expect(to(masks("a"))).toBe(
    "it has a mask for each region, and the open case has one label per voxel. Choose a file of the same kind.",
  );
  expect(to(labels([1, 2, 3]), masks("a"))).toMatch(
    /^it has one label per voxel, and the open case has a mask/,
  );
  expect(to(masks("c"), masks("a", "b"))).toMatch(
    /^it has 1 mask, and the open case has 2, with other names\. Choose a file with the same names, /,
  );
  expect(to(masks("A "), masks("a", "b"))).toBeNull();
});

test("files that an operating system leaves beside the second labels are ignored", async () => {
  const openCase = caseOf(volumeOf([1, 1, 2], [0, 1]));
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
  const labelFile = new File([writeNifti({ dims: [2, 1, 1], values: [0, 1] })], "second.nii");
  await openSecondLabels([new File(["[.ShellClassInfo]"], "desktop.ini"), labelFile]);
  // Whether they match the case's grid or not, the message shows that the label file was read.
  const { problem, secondLabels } = useStore.getState();
  expect(problem ?? secondLabels?.name).toMatch(/^second\.nii/);
});
