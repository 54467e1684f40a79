/** Tests of Loader: what each way of opening does to the open case, its definition and unsaved edits. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { saveFile } from "../../app/save-file.ts";
import { sameGrid, worldFromVoxel } from "../../domain/geometry/grid.ts";
import type { AxisOrder } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { type Reordering, reorderImage, reorderSource } from "../../domain/reader/reorder.ts";
import { volumeOf } from "../../domain/testing/small-case.ts";
import { type NonzeroMask, transposeMask } from "../../domain/training-grid/nonzero-mask.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import { openFiles } from "../../formats/intake/open.ts";
import { writeNifti } from "../../formats/testing/write-nifti.ts";
import {
  caseClosed,
  noticesDismissed,
  problemDismissed,
  setStrides,
  showError,
} from "../../state/actions/case-actions.ts";
import { undo } from "../../state/actions/edit-actions.ts";
import { viewReplaced } from "../../state/actions/history-actions.ts";
import { selectReading, selectRegionSet } from "../../state/case/case-selectors.ts";
import { comparedFile } from "../../state/case/compared-file.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { selectUnsaved } from "../../state/case/unsaved-edits.ts";
import { useStore } from "../../state/store.ts";
import { savedViewOf } from "../../state/view/saved-view.ts";
import { openSecondLabels } from "../compare/second-labels.ts";
import { applyRepair, editDefinition } from "../definition/edit-definition.ts";
import { answerLabelsOrImage } from "./labels-or-image.ts";
import { Loader } from "./loader.ts";
import { answerUnsaved, saveMadeLabels } from "./unsaved.ts";

// Runs the work of the workers on this thread.
vi.mock("../../workers/reader.ts", () => ({
  openInWorker: openFiles,
  reorderInWorker: async (
    source: Parameters<typeof reorderSource>[0],
    image: Parameters<typeof reorderImage>[0] | null,
    ofSource: Reordering,
    ofImage: Reordering,
  ) => ({ source: reorderSource(source, ofSource), image: image && reorderImage(image, ofImage) }),
  reorderMaskInWorker: async (mask: NonzeroMask, { axes, backwards }: AxisOrder) =>
    transposeMask(mask, axes, backwards),
}));
vi.mock("../../workers/phantom.ts", () => ({
  phantomInWorker: async () => ({
    volume: volumeOf([1, 1, 3], [0, 1, 2]),
    definition: parseDataset('{"labels": {"background": 0, "a": 1, "b": 2}}', "dataset.json"),
  }),
}));
vi.mock("../../app/save-file.ts", async (original) => ({
  ...(await original<typeof import("../../app/save-file.ts")>()),
  saveFile: vi.fn(),
}));
vi.mock("./load-sample.ts", () => ({
  loadSample: async () => [{ path: "sample.nii", blob: LABELS }],
}));

const state = () => useStore.getState();
const voxels = (values: number, type: "uint8" | "int16") =>
  writeNifti({ dims: [4, 5, 6], values: Float64Array.from({ length: 120 }, (_, i) => i % values), type });
const LABELS = new File([voxels(3, "uint8")], "case_seg.nii");
const IMAGE = new File([voxels(90, "int16")], "case_0000.nii");
const dataset = (name: string) =>
  new File([`{"labels": {"background": 0, "${name}": [1, 2]}, "regions_class_order": [1]}`], "dataset.json");
const plans = (transpose: string) =>
  new File(
    [
      `{"transpose_forward": ${transpose}, "configurations": {"3d_fullres": {"architecture": ` +
        `{"arch_kwargs": {"strides": [[1, 1, 1], [2, 2, 2], [2, 2, 2]]}}}}}`,
    ],
    "nnUNetPlans.json",
  );

const loader = new Loader();
const settled = () => vi.waitFor(() => expect(state().loading).toBeNull());
const asked = () => vi.waitFor(() => expect(state().unsavedQuestion).toEqual({ edits: 1, labels: null }));
const regionNames = () => state().definition?.labels.map(({ name }) => name);

async function open(...files: File[]): Promise<void> {
  const before = [state().openCase, state().definition, state().plans, state().problem];
  loader.openFiles(files);
  await settled();
  await vi.waitFor(() => {
    const { openCase, definition, plans: open, problem, unsavedQuestion } = state();
    const changed = [openCase, definition, open, problem].some((value, i) => value !== before[i]);
    expect(changed || unsavedQuestion).toBeTruthy();
  });
}

beforeEach(async () => {
  await open(LABELS, dataset("organ"));
  editDefinition({ kind: "rename", index: 1, name: "liver" });
});

afterEach(() => {
  answerUnsaved(false);
  caseClosed();
  vi.mocked(saveFile).mockClear();
});

test("another case opens only after the answer; Cancel keeps case, definition and undo", async () => {
  const { openCase } = state();
  await open(LABELS, dataset("other"));
  await asked();
  answerUnsaved(false);
  expect(state().unsavedQuestion).toBeNull();
  await Promise.resolve();
  expect(state().openCase).toBe(openCase);
  expect([regionNames()?.[1], state().undoable.length, selectUnsaved(state())]).toEqual(["liver", 1, true]);
});

test("continuing opens it, without the edits", async () => {
  await open(LABELS, dataset("other"));
  await asked();
  answerUnsaved(true);
  await vi.waitFor(() => expect(regionNames()?.[1]).toBe("other"));
  expect([state().undoable.length, selectUnsaved(state())]).toEqual([0, false]);
});

test("Cancel opens neither a dataset.json nor the image with it", async () => {
  await open(IMAGE, dataset("other"));
  await asked();
  answerUnsaved(false);
  await Promise.resolve();
  expect([state().openCase?.image, regionNames()?.[1]]).toEqual([null, "liver"]);
});

test("an unreadable file raises no question", async () => {
  await open(new File(["no volume"], "bad_seg.nii"), dataset("other"));
  expect(state().problem).toContain("bad_seg.nii");
  expect(state().isFileRefused).toBe(true);
  expect(state().unsavedQuestion).toBeNull();
  // An error of the page is not about a file, so that nothing is "still" shown.
  showError("The comparison failed.");
  expect(state().isFileRefused).toBe(false);
});

test("an image and plans raise no question and keep the edits, with or without reordered axes", async () => {
  await open(IMAGE);
  expect(state().openCase?.image).not.toBeNull();
  await open(plans("[0, 1, 2]"));
  await open(plans("[2, 0, 1]"));
  expect(state().openCase?.transpose).toEqual([2, 0, 1]);
  expect(state().unsavedQuestion).toBeNull();
  expect([state().undoable.length, selectUnsaved(state())]).toEqual([1, true]);
  undo();
  expect([regionNames()?.[1], selectUnsaved(state())]).toEqual(["organ", false]);
});

test("labels join a definition that waits for them, with its edits", async () => {
  caseClosed();
  await open(dataset("organ"));
  editDefinition({ kind: "rename", index: 1, name: "liver" });
  await open(LABELS);
  expect(state().openCase).not.toBeNull();
  expect(state().unsavedQuestion).toBeNull();
  expect([state().undoable.length, selectUnsaved(state())]).toEqual([1, true]);
});

test("closing raises a question; a newer load withdraws the question of an older one", async () => {
  loader.closeCase();
  await asked();
  answerUnsaved(false);
  expect(state().openCase).not.toBeNull();

  await open(LABELS, dataset("other"));
  await asked();
  await open(LABELS, dataset("third"));
  await asked();
  answerUnsaved(true);
  await vi.waitFor(() => expect(regionNames()?.[1]).toBe("third"));

  loader.closeCase();
  await vi.waitFor(() => expect(state().openCase).toBeNull());
});

// Grey values that differ between neighbours, under a name that does not tell labels from image.
const GREY = new File(
  [
    writeNifti({
      dims: [20, 20, 20],
      values: Float64Array.from({ length: 8000 }, (_, i) => (i * 37) % 211),
      type: "int16",
    }),
  ],
  "scan.nii",
);
const askedWhat = () => vi.waitFor(() => expect(state().imageQuestion).toMatchObject({ file: "scan.nii" }));

test("labels that look like an image raise a question; dismissing it opens nothing", async () => {
  const before = state().openCase;
  loader.openFiles([GREY]);
  await askedWhat();
  expect(state().imageQuestion).toMatchObject({ hasCase: true, signs: { values: 211 } });
  answerLabelsOrImage(null);
  await vi.waitFor(() => expect(state().imageQuestion).toBeNull());
  expect(state().openCase).toBe(before);
  expect(state().problem).toBeNull();
});

test("opened as an image, it joins the open case", async () => {
  const { source } = state().openCase ?? {};
  loader.openFiles([GREY]);
  await askedWhat();
  answerLabelsOrImage("image");
  await vi.waitFor(() => expect(state().openCase?.image).not.toBeNull());
  expect(state().openCase?.source).toBe(source);
  expect(state().openCase?.image?.grid.shape).toEqual([20, 20, 20]);
});

test("an image that lies elsewhere does not replace the open one", async () => {
  const image = (at: number, name: string) => {
    const sform = [1, 0, 0, at, 0, 1, 0, at, 0, 0, 1, at];
    const values = Float64Array.from({ length: 120 }, (_, i) => i);
    return new File([writeNifti({ dims: [4, 5, 6], values, type: "int16", sform })], name);
  };
  const here = state().openCase?.source;
  const inside = here?.kind === "labels" ? here.volume.grid.toWorld[3] : undefined;
  expect(inside).toBeDefined();
  await open(image(inside ?? 0, "ct_0000.nii"));
  const shown = state().openCase?.image;
  expect(shown).not.toBeNull();
  const { window } = state().view;
  await open(image(900, "other_0000.nii"));
  expect(state().problem).toMatch(
    /^other_0000: The image and the labels do not overlap .* The image that was open is kept\.$/,
  );
  expect(state().openCase?.image).toBe(shown);
  expect(state().view.window).toBe(window);
  expect(regionNames()).toContain("liver");
  // Opening other files along with it does not hide the message.
  await open(image(900, "other_0000.nii"), plans("[0, 1, 2]"));
  expect(state().plans).not.toBeNull();
  expect(state().problem).toMatch(/^other_0000: The image and the labels do not overlap/);
  expect(state().openCase?.image).toBe(shown);
});

test("opened as an image without a case, it gives a sentence that says what it needs", async () => {
  caseClosed();
  loader.openFiles([GREY]);
  await askedWhat();
  answerLabelsOrImage("image");
  await vi.waitFor(() => expect(state().problem).toMatch(/^scan\.nii: .*Open its label file/));
  expect(state().openCase).toBeNull();
});

test("opened as labels, its first finding says that it looks like an image", async () => {
  caseClosed();
  loader.openFiles([GREY]);
  await askedWhat();
  answerLabelsOrImage("labels");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("scan"));
  expect(selectFindings(state())[0]).toMatchObject({ code: "looks-like-an-image", severity: "error" });
});

test("with a dataset.json it opens without a question, and the first finding says that it looks like an image", async () => {
  caseClosed();
  loader.openFiles([GREY, dataset("organ")]);
  await vi.waitFor(() => expect(state().openCase?.name).toBe("scan"));
  expect(state().imageQuestion).toBeNull();
  const [first, ...others] = selectFindings(state());
  expect(first?.code).toBe("looks-like-an-image");
  const unexpected = others.find(({ code }) => code === "label-unexpected");
  expect(unexpected?.message).toMatch(/Open the label file first\.$/);
});

test("another opening withdraws the question", async () => {
  loader.openFiles([GREY]);
  await askedWhat();
  loader.openFiles([LABELS]);
  await vi.waitFor(() => expect(state().imageQuestion).toBeNull());
  await vi.waitFor(() => expect(state().openCase?.name).toBe("case_seg"));
});

const box = (name: string, from: number, to: number) => {
  const values = Uint8Array.from({ length: 120 }, (_, i) => Number(i % 4 >= from && i % 4 < to));
  return new File([writeNifti({ dims: [4, 5, 6], values })], name);
};
const MASKS = [box("hip.nii", 0, 3), box("bladder.nii", 1, 4)] as const;
const forMasks = (...names: string[]) =>
  new File(
    [JSON.stringify({ labels: Object.fromEntries(["background", ...names].map((name, i) => [name, i])) })],
    "dataset.json",
  );
const NEEDED = "one-label-file-needed";

test("with masks and a dataset.json, the first finding says that one label file is needed and what merging loses", async () => {
  caseClosed();
  await open(...MASKS, forMasks("hip", "bladder"));
  expect(selectFindings(state())[0]).toMatchObject({
    code: NEEDED,
    severity: "error",
    message:
      "nnU-Net needs one label file per case, with one label per voxel, but these are 2 masks that overlap in 60 voxels, so dataset.json is set aside. " +
      "Merged in file order, “bladder” would lose 60 voxels to “hip”. Make a label map: it gives each overlap its own label and lists that label in the region of every mask that contains it.",
  });
  expect(state().notices).toEqual([]);
});

test("masks alone give a warning; a later dataset.json makes it an error, and an image does not change that", async () => {
  caseClosed();
  await open(...MASKS);
  expect(selectFindings(state())[0]).toMatchObject({ code: NEEDED, severity: "warning" });
  const { source } = state().openCase ?? {};
  loader.openFiles([forMasks("other")]);
  await vi.waitFor(() => expect(selectFindings(state())[0]?.severity).toBe("error"));
  expect(selectFindings(state())[0]?.message).not.toContain("Merged in file order");
  await open(IMAGE);
  expect([state().openCase?.source, state().problem]).toEqual([source, null]);
  expect(selectFindings(state())[0]).toMatchObject({ code: NEEDED, severity: "error" });
});

test("a dataset.json and plans opened after masks are both used", async () => {
  caseClosed();
  await open(...MASKS);
  loader.openFiles([forMasks("hip", "bladder"), plans("[2, 0, 1]")]);
  await vi.waitFor(() => expect(state().plans).not.toBeNull());
  expect(state().openCase?.transpose).toEqual([2, 0, 1]);
  expect(selectFindings(state())[0]).toMatchObject({ code: NEEDED, severity: "error" });
});

const madeOf = (name: string) => ({
  labels: new File([voxels(3, "uint8")], "2_masks.nii.gz"),
  definition: dataset(name),
  labelNames: [],
  isSaved: { labels: false, definition: false },
});

test("the image follows the reader of a label map that replaces the masks", async () => {
  caseClosed();
  // ITK applies an intercept without a slope; nibabel ignores it.
  const values = Float64Array.from({ length: 120 }, (_, i) => i);
  const bytes = writeNifti({ dims: [4, 5, 6], values, type: "int16", slope: 0, intercept: 100 });
  await open(...MASKS, new File([bytes], "case_0000.nii"));
  expect([state().openCase?.geometry?.reader, state().openCase?.image?.max]).toEqual(["NibabelIO", 119]);
  loader.openInPlace({ ...madeOf("organ"), isSaved: { labels: true, definition: true } });
  await vi.waitFor(() => expect(state().openCase?.image?.max).toBe(219));
  expect(state().openCase?.geometry?.reader).toBe("SimpleITKIO");
  expect([selectUnsaved(state()), state().notices]).toEqual([false, []]);
});

test("an open label map can still be saved, and is not discarded without a question", async () => {
  caseClosed();
  await open(...MASKS);
  const made = madeOf("organ");
  loader.openInPlace({ ...made, isSaved: { labels: false, definition: true } });
  await vi.waitFor(() => expect(state().openCase?.source.kind).toBe("labels"));
  expect(selectUnsaved(state())).toBe(false);
  const question = { edits: 0, labels: "2_masks.nii.gz" };
  const { openCase } = state();
  // Neither a definition nor plans that transpose the axes replace the label file.
  await open(dataset("other"));
  await open(plans("[2, 0, 1]"));
  expect([state().unsavedQuestion, state().madeLabels?.saved]).toEqual([null, false]);
  const turned = state().openCase;
  expect(turned).not.toBe(openCase);
  for (const leave of [
    () => loader.closeCase(),
    () => loader.openFiles([LABELS]),
    () => loader.openPhantom(2),
  ]) {
    leave();
    await vi.waitFor(() => expect(state().unsavedQuestion).toEqual(question));
    answerUnsaved(false);
    await vi.waitFor(() => expect(state().unsavedQuestion).toBeNull());
    expect([state().openCase, state().madeLabels?.file]).toEqual([turned, made.labels]);
  }
  saveMadeLabels();
  expect(vi.mocked(saveFile).mock.calls).toEqual([["2_masks.nii.gz", made.labels, "application/gzip"]]);
  await open(LABELS);
  expect([state().unsavedQuestion, state().madeLabels]).toEqual([null, null]);
  saveMadeLabels();
  expect(saveFile).toHaveBeenCalledTimes(1);
});

test("masks are read as their dataset.json says, and stay so", async () => {
  const named =
    '{"labels": {"background": 0, "hip": 1}, "overwrite_image_reader_writer": "NibabelIOWithReorient"}';
  const readers = () => {
    const reading = selectReading(state());
    return [reading?.geometry.reader, reading?.inForce.reader];
  };
  const both = ["NibabelIOWithReorient", "NibabelIOWithReorient"];
  caseClosed();
  await open(...MASKS, new File([named], "dataset.json"));
  expect(readers()).toEqual(both);
  await open(IMAGE);
  expect(readers()).toEqual(both);
  // dataset.json may also be opened later.
  caseClosed();
  await open(...MASKS);
  expect(readers()).toEqual(["NibabelIO", "NibabelIO"]);
  await open(new File([named], "dataset.json"));
  await vi.waitFor(() => expect(readers()).toEqual(both));
});

test("a label map replaces the masks, and image, plans and configuration stay", async () => {
  caseClosed();
  await open(...MASKS, IMAGE, plans("[2, 0, 1]"));
  const { image } = state().openCase ?? {};
  expect(image).not.toBeNull();
  const strides = [
    [1, 1, 1],
    [1, 2, 2],
  ] as const;
  setStrides(strides);
  loader.openInPlace(madeOf("organ"));
  await vi.waitFor(() => expect(state().openCase?.source.kind).toBe("labels"));
  await vi.waitFor(() => expect(state().openCase?.image).toEqual(image));
  expect(state().stridesOverride).toBe(strides);
  // Neither file has been saved.
  expect(selectUnsaved(state())).toBe(true);
  expect(state().notices).toEqual([
    "2_masks.nii.gz is open but not saved yet. Choose “Save 2_masks.nii.gz” in the menu Open… to save it.",
  ]);
  saveMadeLabels();
  expect([state().notices, vi.mocked(saveFile).mock.calls.length]).toEqual([[], 1]);
  expect([state().openCase?.name, state().openCase?.transpose]).toEqual(["2_masks", [2, 0, 1]]);
  expect(state().plans?.file).toBe("nnUNetPlans.json");
  expect(regionNames()).toEqual(["background", "organ"]);
  const { source } = state().openCase ?? {};
  expect(source?.kind === "labels" && source.volume.grid.shape).toEqual(image?.grid.shape);
});

test("a reader chosen on the page, or named by a file that joins, places the case again without its files", async () => {
  caseClosed();
  // ITK uses the qform, nibabel the sform. In both, the first two axes run to the left and to the back.
  const forms = {
    sform: [-1, 0, 0, 5, 0, -1, 0, 0, 0, 0, 1, 0],
    qform: [0, 0, 1, 0, 0, 0],
    spoil: { sformCode: 2 },
  };
  const values = Float64Array.from({ length: 120 }, (_, i) => i);
  const file = (name: string, type: "uint8" | "int16") =>
    new File([writeNifti({ dims: [4, 5, 6], values, type, ...forms })], name);
  await open(file("case_seg.nii", "uint8"), file("case_0000.nii", "int16"));
  const shown = () => {
    const { source, image, orientation } = state().openCase ?? {};
    if (source?.kind !== "labels") throw new Error("Expected labels.");
    const { grid, palette, indices } = source.volume;
    return {
      grid,
      // Reader, orientation, x of the first voxel (mm to the right), then labels and image at both ends of
      // the first row.
      placed: [
        selectReading(state())?.geometry.reader,
        orientation,
        grid.toWorld[3],
        palette[indices[0] ?? 0],
        palette[indices[3] ?? 0],
        image?.data[0],
        image?.data[3],
      ],
    };
  };
  const reader = () => shown().placed[0];
  const byNibabel = ["NibabelIO", "LPS", 5, 0, 3, 0, 3];
  expect(shown().placed).toEqual(byNibabel);

  loader.chooseReader("SimpleITKIO");
  await vi.waitFor(() => expect(reader()).toBe("SimpleITKIO"));
  expect(shown().placed).toEqual(["SimpleITKIO", "LPS", 0, 0, 3, 0, 3]);
  expect(selectFindings(state()).map(({ code }) => code)).toContain("readers-disagree");

  loader.chooseReader("NibabelIOWithReorient");
  await vi.waitFor(() => expect(reader()).toBe("NibabelIOWithReorient"));
  expect(shown().placed).toEqual(["NibabelIOWithReorient", "RAS", 2, 19, 16, 19, 16]);

  loader.chooseReader(null);
  await vi.waitFor(() => expect(reader()).toBe("NibabelIO"));
  expect(shown().placed).toEqual(byNibabel);
  const named =
    '{"labels": {"background": 0, "a": 1, "b": 2}, "overwrite_image_reader_writer": "SimpleITKIO"}';
  await open(new File([named], "dataset.json"));
  await vi.waitFor(() => expect(reader()).toBe("SimpleITKIO"));
  expect([shown().placed[2], regionNames()]).toEqual([0, ["background", "a", "b"]]);

  const named2 = plans("[2, 1, 0]");
  const text = (await named2.text()).replace("{", '{"image_reader_writer": "NibabelIO", ');
  await open(new File([text], "nnUNetPlans.json"));
  await vi.waitFor(() => expect(reader()).toBe("NibabelIO"));
  expect([shown().placed[2], shown().grid.shape]).toEqual([5, [4, 5, 6]]);
});

test("crosshair and picture stay in place when another reader turns the axes", async () => {
  caseClosed();
  // The first two axes run to the left and to the back, all three lengths differ; ITK uses the qform, which
  // lies elsewhere.
  const sform = [-1, 0, 0, 5, 0, -2, 0, 7, 0, 0, 3, 9];
  const pixdim = [1, 1, 2, 3];
  const forms = { sform, pixdim, qform: [0, 0, 1, 50, 0, 0], spoil: { sformCode: 2 } };
  const values = Float64Array.from({ length: 120 }, (_, i) => i % 3);
  await open(new File([writeNifti({ dims: [4, 5, 6], values, ...forms })], "case_seg.nii"));
  const at = () => {
    const { openCase, view } = state();
    return openCase && worldFromVoxel(sourceGrid(openCase.source), view.voxel);
  };
  const read = async (reader: Reader) => {
    loader.chooseReader(reader);
    await vi.waitFor(() => expect(selectReading(state())?.geometry.reader).toBe(reader));
  };
  await read("NibabelIO");
  const seen = { plane: "sagittal", zoom: 4, panMm: [3, -2], window: { level: 7, width: 90 } } as const;
  viewReplaced({ view: { ...state().view, ...seen, voxel: [4, 1, 3] } }, []);
  expect(at()).toEqual([2, 5, 21]);
  await read("NibabelIOWithReorient");
  expect([state().view, at()]).toEqual([{ ...state().view, ...seen, voxel: [4, 3, 0] }, [2, 5, 21]]);
  // The voxel of the file stays but moves in space. Zoom and pan are reset, as they may show nothing of the
  // slice.
  await read("SimpleITKIO");
  expect(state().view).toMatchObject({ ...seen, voxel: [4, 1, 3], zoom: 1, panMm: [0, 0] });
  expect(at()).not.toEqual([2, 5, 21]);
});

describe("second labels", () => {
  const values = Float64Array.from({ length: 120 }, (_, i) => i % 3);
  const others = values.map((value) => 2 - value);
  // ITK uses the qform, nibabel the sform.
  const turned = {
    dims: [4, 5, 6],
    sform: [-1, 0, 0, 3, 0, -1, 0, 4, 0, 0, 1, 0],
    qform: [0, 0, 1, 50, 0, 0],
    spoil: { sformCode: 2 },
  };
  const file = (name: string, of: Float64Array, header: object = {}) =>
    new File([writeNifti({ ...turned, values: of, ...header })], name);
  const read = async (reader: Reader | null) => {
    loader.chooseReader(reader);
    await vi.waitFor(() => {
      expect(selectReading(state())?.geometry.chosen).toBe(reader);
      expect(state().loading).toBeNull();
    });
  };
  const begin = async (second: File) => {
    caseClosed();
    await open(file("a_seg.nii", values));
    await openSecondLabels([second]);
    expect([state().problem, state().secondLabels?.name]).toEqual([null, second.name]);
  };
  /** Tells whether both files share a grid and each voxel has 2 minus the other's value. */
  const isOpposite = () => {
    const { openCase, secondLabels } = state();
    if (openCase?.source.kind !== "labels" || secondLabels?.source.kind !== "labels") return false;
    const [a, b] = [openCase.source.volume, secondLabels.source.volume];
    return (
      sameGrid(a.grid, b.grid) &&
      [...a.indices].every((index, i) => a.palette[index] === 2 - (b.palette[b.indices[i] ?? 0] ?? 9))
    );
  };

  test("follow the case to another reader, to other plans and to a dataset.json that names a reader", async () => {
    await begin(file("b.nii", others));
    expect(isOpposite()).toBe(true);
    const readers = ["SimpleITKIO", "NibabelIOWithReorient", "SimpleITKIOWithReorient", null] as const;
    for (const reader of readers) {
      await read(reader);
      expect([reader, state().secondLabels?.name, isOpposite()]).toEqual([reader, "b.nii", true]);
    }
    await open(plans("[2, 0, 1]"));
    expect(state().openCase?.transpose).toEqual([2, 0, 1]);
    expect([state().secondLabels?.name, isOpposite()]).toEqual(["b.nii", true]);
    const named =
      '{"labels": {"background": 0, "a": 1, "b": 2}, "overwrite_image_reader_writer": "NibabelIOWithReorient"}';
    await open(new File([named], "dataset.json"));
    await vi.waitFor(() => expect(state().openCase?.geometry?.reader).toBe("NibabelIOWithReorient"));
    expect([state().secondLabels?.name, isOpposite()]).toEqual(["b.nii", true]);
    expect(state().notices).toEqual([]);
  });

  test("that another reader places elsewhere are set aside with one notice, and come back", async () => {
    // Their qform differs, which nibabel ignores.
    await begin(file("b.nii", others, { qform: [0, 0, 1, 20, 0, 0] }));
    await read("SimpleITKIO");
    expect(state().secondLabels).toBeNull();
    expect(state().notices).toEqual([
      "b.nii: read by SimpleITKIO, it has the same size and spacing but a different position or orientation, so its voxels do not match those " +
        "of the open case. If its slices match those of the case, copy the header of the case's labels to it and open it again; resampling " +
        "would lose every label. It is compared again once NibabelIO reads the case.",
    ]);
    expect(comparedFile(state())).toEqual({ kind: "file", name: "b.nii" });
    await read("SimpleITKIOWithReorient");
    expect(state().notices).toHaveLength(1);
    await read("NibabelIOWithReorient");
    expect([state().secondLabels?.name, isOpposite(), state().notices]).toEqual(["b.nii", true, []]);
    await read(null);
    expect([state().secondLabels?.name, isOpposite()]).toEqual(["b.nii", true]);
  });

  test("that were requested by name still are after the case is read by another reader", async () => {
    await begin(file("b.nii", others));
    viewReplaced({ secondLabels: null, compareAwaits: { kind: "file", name: "c.nii" } });
    await read("SimpleITKIO");
    expect(comparedFile(state())).toEqual({ kind: "file", name: "c.nii" });
  });

  test("that are read while the reader changes follow it", async () => {
    await begin(file("b.nii", others));
    const opening = openSecondLabels([file("c.nii", others)]);
    await Promise.all([opening, read("SimpleITKIO")]);
    await vi.waitFor(() => expect(state().secondLabels?.name).toBe("c.nii"));
    expect(isOpposite()).toBe(true);
  });
});

test("masks are not shown with a reader that places them apart", async () => {
  caseClosed();
  const mask = Float64Array.from({ length: 120 }, (_, i) => Number(i % 3 === 0));
  const sform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  const file = (name: string, x: number) =>
    new File(
      [
        writeNifti({
          dims: [4, 5, 6],
          values: mask,
          sform,
          qform: [0, 0, 0, x, 0, 0],
          spoil: { sformCode: 2 },
        }),
      ],
      name,
    );
  await open(file("a.nii", 0), file("b.nii", 7));
  const { openCase } = state();
  expect(openCase?.source.kind).toBe("masks");
  loader.chooseReader("SimpleITKIO");
  await vi.waitFor(() => expect(state().problem).not.toBeNull());
  expect(state().problem).toBe(
    "b.nii: SimpleITKIO places this mask elsewhere than a.nii, so the masks cannot be shown with this reader. Copy the header of a.nii to it and " +
      "open them again, or choose another reader.",
  );
  expect(state().openCase).toBe(openCase);
});

test("another reader withdraws the notices about the header, and shows its values in a window of their own", async () => {
  caseClosed();
  // ITK takes voxel lengths from pixdim, nibabel from the sform.
  const sform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  const values = Float64Array.from({ length: 120 }, (_, i) => i * 20);
  const header = { dims: [4, 5, 6], sform, pixdim: [1, 1, 1, 0] };
  const labels = writeNifti({ ...header, values: values.map((_, i) => i % 3) });
  const image = writeNifti({ ...header, values, type: "int16", slope: 0, intercept: -1024 });
  await open(new File([labels], "case_seg.nii"), new File([image], "case_0000.nii"));
  const messages = () => [state().notices, state().openCase?.notices];
  const { window } = state().view;
  const taken = "case_seg.nii: its voxel length 0 was replaced by 1 mm.";
  expect(messages()).toEqual([[], []]);

  loader.chooseReader("SimpleITKIO");
  await vi.waitFor(() => expect(selectReading(state())?.geometry.reader).toBe("SimpleITKIO"));
  expect(messages().map((all) => all?.includes(taken))).toEqual([true, true]);
  expect(state().openCase?.image?.min).toBe(-1024);
  // The CT window, chosen because of the darkest value.
  expect(state().view.window).toEqual({ level: 40, width: 400 });
  expect(window).not.toEqual(state().view.window);

  loader.chooseReader(null);
  await vi.waitFor(() => expect(selectReading(state())?.geometry.reader).toBe("NibabelIO"));
  expect(messages()).toEqual([[], []]);
  expect(state().view.window).toEqual(window);
});

test("a saved view is shown with the reader that it was saved with", async () => {
  caseClosed();
  const sform = [-1, 0, 0, 5, 0, -1, 0, 0, 0, 0, 1, 0];
  const values = Float64Array.from({ length: 120 }, (_, i) => i % 3);
  const file = new File([writeNifti({ dims: [4, 5, 6], values, sform })], "case_seg.nii");
  const reader = () => selectReading(state())?.geometry;
  await open(file);
  expect(reader()?.reader).toBe("NibabelIO");
  loader.chooseReader("NibabelIOWithReorient");
  await vi.waitFor(() => expect(reader()?.reader).toBe("NibabelIOWithReorient"));
  viewReplaced({ view: { ...state().view, voxel: [1, 2, 3] } }, []);
  const view = new File([JSON.stringify(savedViewOf(state()))], "case.view.json");
  caseClosed();
  await open(file);
  loader.openFiles([view]);
  await vi.waitFor(() => expect(reader()?.chosen).toBe("NibabelIOWithReorient"));
  await vi.waitFor(() => expect(state().view.voxel).toEqual([1, 2, 3]));
  expect(state().notices.join()).not.toContain("another grid");
});

test("a report refuses it in a sentence, unless --labels-anyway is given", async () => {
  caseClosed();
  const files = [{ path: "scan.nii", blob: GREY }];
  await expect(loader.openForReport(files, { labels: ["scan.nii"] }, false)).rejects.toThrow(
    /^scan\.nii: it looks like an image, not labels .*--labels-anyway/,
  );
  expect(state().openCase).toBeNull();
  await loader.openForReport(files, { labels: ["scan.nii"] }, true);
  expect(state().openCase?.name).toBe("scan");
});

/** Makes a file as a folder dialog returns it. */
function inFolder(path: string, content: Uint8Array<ArrayBuffer> | string): File {
  const file = new File([content], path.slice(path.lastIndexOf("/") + 1));
  return Object.defineProperty(file, "webkitRelativePath", { value: path });
}

/** Waits for the case chooser and returns the folder's cases, with the problem of their names. */
async function choice() {
  await vi.waitFor(() => expect(state().caseChoice).not.toBeNull());
  return state().caseChoice;
}

/** Makes the files of two cases in a dataset folder D. */
function twoCases(images: string, labels: string, ending = ".nii"): File[] {
  return ["a", "b"].flatMap((name) => [
    inFolder(`D/${images}/${name}_0000${ending}`, voxels(90, "int16")),
    inFolder(`D/${labels}/${name}${ending}`, voxels(3, "uint8")),
  ]);
}

const datasetOf = (more: object = {}) =>
  inFolder(
    "D/dataset.json",
    JSON.stringify({
      channel_names: { "0": "CT" },
      labels: { background: 0, a: 1, b: 2 },
      numTraining: 2,
      file_ending: ".nii",
      ...more,
    }),
  );
const messages = () => selectFindings(state()).map(({ severity, code }) => `${severity} ${code}`);

test("folders named images and labels open with their images, and the names that nnU-Net looks for are given", async () => {
  caseClosed();
  loader.openFolder([...twoCases("images", "labels"), datasetOf()]);
  const found = await choice();
  expect(found?.cases).toEqual([{ name: "a" }, { name: "b" }]);
  expect(found?.problem).toMatch(
    /^nnU-Net finds neither images .* Rename images to imagesTr and labels to labelsTr\.$/,
  );
  loader.chooseCase("b");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("b"));
  expect(state().openCase?.image).not.toBeNull();
  expect(messages()).toEqual(["error folder-names"]);
  expect(selectFindings(state())[0]?.message).toBe(found?.problem);
});

test("a dataset.json one folder above the cases is used, and a notice says where it lies", async () => {
  caseClosed();
  const files = await Promise.all(
    twoCases("imagesTr", "labelsTr").map(async (file) =>
      inFolder(`X/${file.webkitRelativePath}`, new Uint8Array(await file.arrayBuffer())),
    ),
  );
  loader.openFolder([...files, inFolder("X/dataset.json", await datasetOf().text())]);
  await choice();
  loader.chooseCase("a");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("a"));
  expect(state().definition?.file).toBe("X/dataset.json");
  expect(selectFindings(state()).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "folder-names: nnU-Net looks for imagesTr and labelsTr in the folder of dataset.json, but here they are one folder deeper, in D. " +
      "Move them into X, next to dataset.json.",
  ]);
});

test("files that dataset.json lists and that were not opened with it are named", async () => {
  const listed = Object.fromEntries(
    ["a", "x"].map((name) => [name, { images: [`images/${name}_0000.nii`], label: `labels/${name}.nii` }]),
  );
  caseClosed();
  loader.openFolder([...twoCases("images", "labels"), datasetOf({ dataset: listed })]);
  await choice();
  loader.chooseCase("a");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("a"));
  expect(messages()).toEqual(["error listed-files"]);
  expect(selectFindings(state())[0]?.message).toMatch(
    /lists the image images\/x_0000\.nii and the label file labels\/x\.nii, which are not in this folder/,
  );
});

test("a folder of several patients raises the question which one, and files of the others are not mixed in", async () => {
  caseClosed();
  loader.openFolder(
    ["s0001", "s0002"].flatMap((patient) => [
      inFolder(`D/${patient}/ct.nii`, voxels(90, "int16")),
      inFolder(`D/${patient}/segmentations/liver.nii`, voxels(2, "uint8")),
      inFolder(`D/${patient}/segmentations/spleen.nii`, voxels(2, "uint8")),
    ]),
  );
  expect(await choice()).toEqual({ cases: [{ name: "s0001" }, { name: "s0002" }], problem: null });
  loader.chooseCase("s0002");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("s0002"));
  expect(selectRegionSet(state())?.regions.map(({ name }) => name)).toEqual(["liver", "spleen"]);
  expect(state().openCase?.notices).toEqual([]);
});

test("folders of any name are accepted if dataset.json lists their files", async () => {
  const listed = Object.fromEntries(
    ["a", "b"].map((name) => [name, { images: [`images/${name}_0000.nii`], label: `labels/${name}.nii` }]),
  );
  caseClosed();
  loader.openFolder([...twoCases("images", "labels"), datasetOf({ dataset: listed })]);
  expect((await choice())?.problem).toBeNull();
  loader.chooseCase("a");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("a"));
  expect(messages()).toEqual([]);
});

test("a wrong number of training cases is reported for an opened folder, not for single files", async () => {
  caseClosed();
  loader.openFolder([...twoCases("imagesTr", "labelsTr"), datasetOf({ numTraining: 20 })]);
  expect((await choice())?.problem).toBeNull();
  loader.chooseCase("a");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("a"));
  expect(messages()).toEqual(["error training-cases"]);
  expect(selectFindings(state())[0]?.message).toMatch(
    /numTraining is 20, but imagesTr has images of 2 cases\./,
  );
  caseClosed();
  const text = await datasetOf({ numTraining: 20 }).text();
  await open(new File([voxels(3, "uint8")], "a.nii"), new File([text], "dataset.json"));
  expect(messages()).toEqual([]);
});

test("cases with endings in capitals are offered and read, and distinguished from lower case", async () => {
  const [, , image, labels] = twoCases("imagesTr", "labelsTr", ".NII");
  const small = twoCases("imagesTr", "labelsTr").slice(0, 2);
  caseClosed();
  loader.openFolder([...twoCases("imagesTr", "labelsTr", ".NII"), datasetOf()]);
  expect(await choice()).toEqual({ cases: [{ name: "a" }, { name: "b" }], problem: null });
  loader.chooseCase("b");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("b"));
  expect(state().openCase?.image).not.toBeNull();
  expect(selectFindings(state()).map(({ message }) => message)).toEqual([
    "nnU-Net finds no case because “file_ending” is “.nii”, but the files in this folder end in .NII: it distinguishes capital from small letters. " +
      "Write “file_ending”: “.NII”.",
  ]);
  for (const name of ["a", "b"]) {
    caseClosed();
    loader.openFolder([...small, image, labels, datasetOf()].flatMap((file) => file ?? []));
    await choice();
    loader.chooseCase(name);
    await vi.waitFor(() => expect(state().openCase?.name).toBe(name));
    const rename = selectFindings(state()).find(({ code }) => code === "file-ending")?.message;
    expect(rename).toMatch(/distinguishes capital from small letters\. Rename .* to end in \.nii\.$/);
  }
});

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

test("a dataset of PNG images is refused in a sentence, with its dataset.json too", async () => {
  caseClosed();
  const pictures = ["D/imagesTr/a_0000.png", "D/labelsTr/a.png"].map((path) => inFolder(path, PNG));
  for (const files of [pictures, [...pictures, datasetOf({ file_ending: ".png" })]]) {
    loader.openFolder(files);
    await vi.waitFor(() => expect(state().problem).not.toBeNull());
    expect(state().problem).toBe(
      "D: its images and labels are PNG pictures, which nnU-Net reads but this version of Regionscope does not. " +
        "Convert a copy of one case to .nii.gz to see the regions here, or open only dataset.json to check it.",
    );
    problemDismissed();
  }
  // PNG files among other files raise no problem.
  loader.openFolder([inFolder("D/progress.png", PNG), datasetOf()]);
  await vi.waitFor(() => expect(state().definition).not.toBeNull());
  expect(state().problem).toBeNull();
});

test("a folder with images and no label files says where nnU-Net looks for them", async () => {
  caseClosed();
  const images = twoCases("imagesTr", "x").filter(({ name }) => name.includes("_0000"));
  loader.openFolder([...images, datasetOf()]);
  await vi.waitFor(() => expect(state().problem).not.toBeNull());
  expect(state().problem).toBe(
    "D: imagesTr contains images, but there are no label files, which nnU-Net expects in labelsTr. Put each case's label file there, named like " +
      "its images but without _0000.",
  );
});

test("a folder whose labels have a channel number gives cases by name, with image and a notice of what is wrong", async () => {
  const keys = '"channel_names": {"0": "CT"}, "numTraining": 2, "file_ending": ".nii"';
  const files = ["MI_01", "MI_02"].flatMap((name) => [
    inFolder(`D/imagesTr/${name}_0000.nii`, voxels(90, "int16")),
    inFolder(`D/labelsTr/${name}_0000.nii`, voxels(3, "uint8")),
  ]);
  const definition = inFolder("D/dataset.json", `{"labels": {"background": 0, "a": 1, "b": 2}, ${keys}}`);
  caseClosed();
  loader.openFolder([...files, definition]);
  expect(await choice()).toEqual({
    cases: [{ name: "MI_01" }, { name: "MI_02" }],
    problem:
      "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii to MI_01.nii, and do the same for the other case.",
  });
  loader.chooseCase("MI_02");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("MI_02"));
  expect(state().openCase?.image).not.toBeNull();
  const [first] = selectFindings(state());
  expect(first).toMatchObject({ code: "file-ending", severity: "error" });
  expect(first?.message).toMatch(
    /^nnU-Net finds no label for MI_02: .* Rename MI_02_0000\.nii to MI_02\.nii,/,
  );
});

test("a missing key is added from the folder, and undo removes it again", async () => {
  const text = '{"channel_names": {"0": "CT"}, "labels": {"background": 0, "a": 1, "b": 2}}';
  caseClosed();
  loader.openFolder([
    inFolder("D/labelsTr/one.nii", voxels(3, "uint8")),
    inFolder("D/labelsTr/two.nii", voxels(3, "uint8")),
    inFolder("D/imagesTr/one_0000.nii", voxels(90, "int16")),
    inFolder("D/imagesTr/two_0000.nii", voxels(90, "int16")),
    inFolder("D/dataset.json", text),
  ]);
  await choice();
  loader.chooseCase("two");
  await vi.waitFor(() => expect(state().openCase?.name).toBe("two"));
  const [missing, ...others] = selectFindings(state());
  expect(missing?.code).toBe("keys-missing");
  expect(others).toEqual([]);
  expect(missing && (await applyRepair(missing))).toBe(true);
  expect(state().definition?.text).toBe(text.replace("}}", '}, "numTraining": 2, "file_ending": ".nii"}'));
  expect(selectFindings(state())).toEqual([]);
  undo();
  expect(state().definition?.text).toBe(text);
});

const NAMES = new File(
  ["# Color table file\n1 liver 221 130 101 255\n2 spleen 157 108 162 255\n"],
  "organs.ctbl",
);
const labelNames = () => state().openCase?.labelNames.map(({ value, name }) => [value, name]);
const BOTH = [
  [1, "liver"],
  [2, "spleen"],
];

test("a table of names joins the open labels, beside their definition", async () => {
  await open(NAMES);
  expect(labelNames()).toEqual(BOTH);
  expect([regionNames()?.[1], state().undoable.length]).toEqual(["liver", 1]);
});

test("a table of names opened first waits for the next labels only", async () => {
  caseClosed();
  loader.openFiles([NAMES]);
  await vi.waitFor(() =>
    expect(state().notices).toEqual([expect.stringMatching(/^organs\.ctbl is loaded\. Its names/)]),
  );
  await open(LABELS);
  expect(labelNames()).toEqual(BOTH);
  expect(selectRegionSet(state())?.regions.map(({ name }) => name)).toEqual(["liver", "spleen"]);
  caseClosed();
  await open(LABELS);
  expect(labelNames()).toEqual([]);
});

test("a table of names waits for labels while masks open, and a notice says that masks cannot use it", async () => {
  caseClosed();
  loader.openFiles([NAMES, plans("[0, 1, 2]")]);
  await vi.waitFor(() => expect(state().notices).toHaveLength(2));
  expect(state().notices.join()).toMatch(/Its scales will be applied .*organs\.ctbl is loaded\. Its names/);
  await open(...MASKS);
  expect(labelNames()).toEqual([]);
  await open(LABELS);
  expect(labelNames()).toEqual(BOTH);
  await open(...MASKS, NAMES);
  expect([state().notices, labelNames()]).toEqual([
    ["organs.ctbl: masks have no labels that a table could name. Open it with a label map."],
    [],
  ]);
});

test("a waiting table of names names the labels of a sample and of the phantom", async () => {
  caseClosed();
  for (const id of ["spine-regions", "synthetic"] as const) {
    loader.openFiles([NAMES]);
    await vi.waitFor(() => expect(state().notices.join()).toMatch(/^organs\.ctbl is loaded/));
    loader.openSample(id);
    await vi.waitFor(() => expect(state().openCase?.sampleId).toBe(id));
    expect(labelNames()).toEqual(BOTH);
    caseClosed();
  }
});

test("the case keeps its own notices when the page's are dismissed", async () => {
  caseClosed();
  await open(LABELS, new File(["%PDF-1.4"], "README.pdf"));
  const messages = ["README.pdf was skipped: it is a PDF document."];
  expect(state().notices).toEqual(messages);
  noticesDismissed();
  expect([state().notices, state().openCase?.notices]).toEqual([[], messages]);
});
