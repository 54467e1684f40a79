/** Tests of making a label map: what is saved, opened in place, chosen and cancelled. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveFile } from "../../app/save-file.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { MaskBackground } from "../../domain/masks/one-hot.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import { writeLabels } from "../../formats/nifti/nifti-writer.ts";
import { labelMapOf } from "../../formats/testing/label-maps.ts";
import { labelsOf, open, stackOf as stackIn, valuesOf } from "../../formats/testing/opening.ts";
import { inputFile, writeNifti } from "../../formats/testing/write-nifti.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { setLabelMapForm } from "../../state/actions/label-map-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import type { Loader } from "../open/loader.ts";
import { LabelMaps } from "./label-map-controller.ts";

/** Runs the worker's job on this thread; a test may delay it or make it fail. */
const worker = vi.hoisted(() => ({
  before: (): Promise<void> => Promise.resolve(),
  written: 0,
  signal: null as AbortSignal | null,
}));

vi.mock("../../workers/label-map.ts", () => ({
  LabelMapWorker: class {
    #stack: MaskStack | null = null;

    constructor(signal: AbortSignal) {
      worker.signal = signal;
    }

    async plan(stack: MaskStack, onProgress: (fraction: number) => void) {
      this.#stack = stack;
      onProgress(0.5);
      await worker.before();
      return labelMapOf(stack).map;
    }

    async write(file: string, transpose: Triple, onProgress: (fraction: number) => void) {
      worker.written++;
      if (!this.#stack) throw new Error("nothing was planned");
      const { indices, labelOf } = labelMapOf(this.#stack);
      return writeLabels({ indices, labelOf, grid: this.#stack.grid, transpose }, file, onProgress);
    }
  },
}));
vi.mock("../../app/save-file.ts", async (original) => ({
  ...(await original<typeof import("../../app/save-file.ts")>()),
  saveFile: vi.fn(),
}));

const state = () => useStore.getState();
const stack = stackOf([1, 1, 5], { liver: [1, 1, 1, 1, 0], tumour: [0, 0, 1, 1, 1] });
const openInPlace = vi.fn<Loader["openInPlace"]>();
const maps = new LabelMaps({ openInPlace } as unknown as Loader);

function openMasks(
  masks: MaskStack,
  putAside: DatasetDefinition | null = definitionOf({ background: 0, liver: 1, tumour: 2 }, null),
  background: MaskBackground | null = null,
  geometry: CaseGeometry | null = null,
) {
  const openCase = caseOf(volumeOf([1, 1, 1], [0]), {
    name: "patient 7",
    source: { kind: "masks", stack: masks },
    masks: { overlap: { voxels: 2, lost: [2, 0] }, putAside, background },
    geometry,
  });
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
}

async function made() {
  await vi.waitFor(() => expect(state().labelMap?.kind).toBe("made"));
}

beforeEach(() => {
  openMasks(stack);
});

afterEach(() => {
  maps.close();
  worker.before = () => Promise.resolve();
  worker.written = 0;
  vi.mocked(saveFile).mockClear();
  openInPlace.mockClear();
});

test("both files are saved, the label file written once, with the channels and name of dataset.json", async () => {
  maps.make();
  expect(state().labelMap).toEqual({
    kind: "working",
    step: "Finding overlapping masks",
    fraction: 0.5,
  });
  await made();
  maps.saveLabels();
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
  maps.saveLabels();
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2));
  expect(worker.written).toBe(1);
  maps.saveDefinition();
  const [[name, blob], , [jsonName, json]] = vi.mocked(saveFile).mock.calls as [
    Parameters<typeof saveFile>,
    unknown,
    Parameters<typeof saveFile>,
  ];
  expect([name, jsonName]).toEqual(["patient_7.nii.gz", "dataset.json"]);
  expect(valuesOf(labelsOf(await open([{ path: name, blob: blob as Blob }])))).toEqual([1, 1, 3, 3, 2]);
  expect(JSON.parse(String(json))).toEqual({
    name: "Test",
    channel_names: { 0: "CT" },
    labels: { background: 0, liver: [1, 3], tumour: [2, 3], "liver + tumour": 3 },
    regions_class_order: [1, 2, 3],
    numTraining: 1,
    file_ending: ".nii.gz",
  });
  expect(state().labelMap).toMatchObject({ kind: "made", writing: null });
});

test("the label file is named after the image, without its channel number", async () => {
  const volume = (path: string, values: number[]) => inputFile(path, writeNifti({ dims: [5, 1, 1], values }));
  const masks = [volume("liver.nii", [1, 1, 1, 1, 0]), volume("tumour.nii", [0, 0, 1, 1, 1])];
  for (const [image, file] of [
    ["pat 7_0000.nii", "pat 7.nii.gz"],
    ["ct.nii", "patient_7.nii.gz"],
  ] as const) {
    const opened = await open([...masks, volume(image, [5, 90, 60, 31, 7])]);
    openMasks(stackIn(opened), null, null, opened.geometry);
    maps.make();
    await made();
    expect(state().labelMap).toMatchObject({ file });
  }
});

test("opening in place opens what would be saved, and closes the dialog", async () => {
  maps.make();
  await made();
  maps.open();
  await vi.waitFor(() => expect(openInPlace).toHaveBeenCalledTimes(1));
  const { labels, definition, ...rest } = openInPlace.mock.calls[0]?.[0] ?? {};
  expect([labels?.name, definition?.name]).toEqual(["patient_7.nii.gz", "dataset.json"]);
  expect(JSON.parse((await definition?.text()) ?? "")).toMatchObject({
    labels: { "liver + tumour": 3 },
    regions_class_order: [1, 2, 3],
  });
  expect(rest).toEqual({
    labelNames: ["liver", "tumour", "liver + tumour"].map((name, i) => ({ value: i + 1, name, color: null })),
    isSaved: { labels: false, definition: false },
  });
  expect(state().labelMap).toBeNull();
  expect(worker.signal?.aborted).toBe(true);
});

test("opening in place keeps the masks' colours, their reader and the list of cases, and knows what was saved", async () => {
  const given = definitionOf({ background: 0, liver: 1, tumour: 2 }, null);
  openMasks(
    {
      ...stack,
      colors: [
        [1, 0, 0],
        [0, 1, 0],
      ],
    },
    {
      ...given,
      readerWriter: "NibabelIO",
      text: given.text.replace(
        '"numTraining":1,"file_ending":".nii.gz"',
        '"numTraining":131,"file_ending":".nrrd"',
      ),
    },
  );
  maps.make();
  await made();
  maps.saveDefinition();
  maps.saveLabels();
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2));
  maps.open();
  await vi.waitFor(() => expect(openInPlace).toHaveBeenCalledTimes(1));
  const { definition, ...rest } = openInPlace.mock.calls[0]?.[0] ?? {};
  expect(rest).toMatchObject({
    labelNames: [
      { value: 1, name: "liver", color: [1, 0, 0] },
      { value: 2, name: "tumour", color: [0, 1, 0] },
      { value: 3, name: "liver + tumour", color: [0.5, 0.5, 0] },
    ],
    isSaved: { labels: true, definition: true },
  });
  expect(JSON.parse((await definition?.text()) ?? "")).toMatchObject({
    numTraining: 131,
    // The ending of the label file that is written.
    file_ending: ".nii.gz",
    overwrite_image_reader_writer: "NibabelIO",
  });
});

test("the background of masks of one file is in no label and no region", async () => {
  const rest = [1, 0, 0, 0, 0, 1];
  const kinds = [
    { kind: "one-hot", masks: [rest, [0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 0]], voxels: [0, 1, 1, 2, 2, 0] },
    { kind: "rest", masks: [rest, [0, 1, 1, 1, 0, 0], [0, 0, 0, 1, 1, 0]], voxels: [0, 1, 1, 3, 2, 0] },
  ] as const;
  const dataset = inputFile("dataset.json", '{"labels": {"background": 0, "liver": 1, "spleen": 2}}');
  for (const { kind, masks, voxels } of kinds) {
    const bytes = writeNifti({ dims: [6, 1, 1, 1, 3], values: masks.flat() });
    const opened = await open([inputFile("seg.nii", bytes), dataset]);
    expect(opened.maskBackground).toBe(kind);
    openMasks(stackIn(opened), opened.definition, opened.maskBackground);
    maps.make();
    await made();
    setLabelMapForm("plain");
    maps.saveLabels();
    await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
    maps.saveDefinition();
    const [labels, definition] = vi.mocked(saveFile).mock.calls.map(([, content]) => content);
    expect(valuesOf(labelsOf(await open([{ path: "made.nii.gz", blob: labels as Blob }])))).toEqual(voxels);
    const isNested = kind === "rest";
    expect(JSON.parse(String(definition)).labels).toEqual({
      background: 0,
      liver: isNested ? [1, 3] : 1,
      spleen: isNested ? [2, 3] : 2,
    });
    vi.mocked(saveFile).mockClear();
  }
});

test("a mask called background is in no label and no region", async () => {
  const volume = (path: string, values: number[]) => inputFile(path, writeNifti({ dims: [6, 1, 1], values }));
  const opened = await open([
    volume("aorta.nii", [0, 1, 1, 1, 0, 0]),
    volume("background.nii", [1, 0, 0, 0, 1, 1]),
    volume("liver.nii", [0, 0, 0, 1, 1, 0]),
  ]);
  expect([opened.maskBackground, opened.maskOverlap]).toEqual(["named", { voxels: 1, lost: [1, 0, 0] }]);
  openMasks(stackIn(opened), null, opened.maskBackground);
  maps.make();
  await made();
  setLabelMapForm("plain");
  maps.saveDefinition();
  const [, definition] = vi.mocked(saveFile).mock.calls[0] ?? [];
  expect(JSON.parse(String(definition)).labels).toEqual({ background: 0, aorta: [1, 3], liver: [2, 3] });
});

test("a mask called ignore is the ignore label of dataset.json", async () => {
  openMasks(
    stackOf([1, 1, 5], { liver: [1, 1, 1, 0, 0], tumour: [0, 1, 1, 0, 0], Ignore: [0, 0, 0, 0, 1] }),
    null,
  );
  maps.make();
  await made();
  maps.saveDefinition();
  maps.saveLabels();
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2));
  const [[, json], [, labels]] = vi.mocked(saveFile).mock.calls as [
    Parameters<typeof saveFile>,
    Parameters<typeof saveFile>,
  ];
  expect(JSON.parse(String(json))).toMatchObject({
    labels: { background: 0, liver: [1, 2], tumour: 2, ignore: 3 },
    regions_class_order: [1, 2],
  });
  expect(valuesOf(labelsOf(await open([{ path: "made.nii.gz", blob: labels as Blob }])))).toEqual([
    1, 2, 2, 0, 3,
  ]);
});

test("the lossless choice is preselected each time; the other one is taken on request", async () => {
  for (const order of [
    [1, 2, 3],
    [1, 3],
  ]) {
    maps.make();
    await made();
    if (order.length === 2) setLabelMapForm("plain");
    maps.saveDefinition();
    const [, definition] = vi.mocked(saveFile).mock.calls.at(-1) ?? [];
    expect(JSON.parse(String(definition)).regions_class_order).toEqual(order);
  }
  maps.make();
  expect(state().labelMapForm).toBe("further");
});

test("closing the dialog or opening another case ends it, and later results are not shown", async () => {
  for (const end of [() => maps.close(), () => openMasks({ ...stack })]) {
    let goOn: () => void = () => undefined;
    worker.before = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    maps.make();
    expect(state().busy).toBe(1);
    end();
    expect([state().labelMap, worker.signal?.aborted]).toEqual([null, true]);
    goOn();
    await vi.waitFor(() => expect(state().busy).toBe(0));
    expect(state().labelMap).toBeNull();
  }
});

test("the dialog says when there are too many combinations, and does not open without masks", async () => {
  worker.before = () => Promise.reject(new Error("These masks overlap in so many ways."));
  maps.make();
  await vi.waitFor(() =>
    expect(state().labelMap).toEqual({ kind: "failed", sentence: "These masks overlap in so many ways." }),
  );
  maps.saveDefinition();
  expect(saveFile).not.toHaveBeenCalled();
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 2], [0, 1])),
    definition: null,
    plans: null,
    notices: [],
  });
  expect(state().labelMap).toBeNull();
  maps.make();
  expect(state().labelMap).toBeNull();
});
