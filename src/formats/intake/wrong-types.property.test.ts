/**
 * Values of a wrong JSON type, anywhere in dataset.json, plans and saved views: each file opens with findings
 * about it, or a sentence that names the file refuses it.
 */
import { expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { randomFrom } from "../../base/random.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { diffDefinitions } from "../../domain/dataset/definition-diff.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { VIEW_SCHEMA } from "../../domain/view/saved-view.ts";
import { parseDataset } from "../dataset/dataset.ts";
import { numberChannels } from "../dataset/edit-keys.ts";
import { EditError } from "../dataset/edit-text.ts";
import { repairFor } from "../dataset/repairs.ts";
import { open } from "../testing/opening.ts";
import { inputFile, writeNifti } from "../testing/write-nifti.ts";

const REGIONS = {
  channel_names: { 0: "CT", 1: "PET" },
  labels: { background: 0, whole: [1, 2], core: 2, ignore: 3 },
  regions_class_order: [1, 2],
  numTraining: 4,
  file_ending: ".nii.gz",
  name: "Dataset001_A",
  description: "text",
  overwrite_image_reader_writer: "NibabelIO",
  dataset: { case_1: { images: ["a_0000.nii.gz"], label: "a.nii.gz" } },
};
const VERSION_1 = {
  name: "Liver",
  modality: { 0: "CT" },
  tensorImageSize: "3D",
  labels: { 0: "background", 1: "liver" },
  numTraining: 2,
  training: [{ image: "./imagesTr/a.nii.gz", label: "./labelsTr/a.nii.gz" }],
  test: [],
};
const PLAIN = {
  channel_names: { 0: "T1" },
  labels: { background: 0, a: 1, b: 2 },
  numTraining: 4,
  file_ending: ".nii.gz",
};
const PLANS = {
  dataset_name: "Dataset001_A",
  plans_name: "nnUNetPlans",
  image_reader_writer: "SimpleITKIO",
  transpose_forward: [0, 1, 2],
  configurations: {
    "3d_fullres": {
      patch_size: [16, 16, 16],
      spacing: [1, 1, 1],
      batch_size: 2,
      architecture: {
        network_class_name: "x",
        arch_kwargs: {
          strides: [
            [1, 1, 1],
            [2, 2, 2],
          ],
        },
      },
    },
    "3d_cascade": { inherits_from: "3d_fullres", previous_stage: "3d_lowres" },
    "2d": {
      patch_size: [16, 16],
      spacing: [1, 1],
      pool_op_kernel_sizes: [
        [1, 1],
        [2, 2],
      ],
    },
  },
};
const VIEW = {
  schema: VIEW_SCHEMA,
  case: { name: "a", shape: [2, 3, 4], toWorld: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
  view: { plane: "axial", voxel: [0, 0, 0], window: { level: 1, width: 2 } },
  compare: { kind: "scale", file: null },
  planes: { zoom: 1, pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] } },
  rulers: [{ plane: "axial", from: [0, 0, 0], to: [1, 1, 1] }],
  regions: [{ name: "a", color: "#ff0000" }],
  raised: ["a"],
  camera: null,
};
const TYPES: readonly unknown[] = [
  {},
  { name: "CT" },
  { 0: { 1: 2 } },
  [],
  [1, 2],
  [[1], ["x"]],
  [{ a: 1 }],
  [null],
  0,
  1,
  -1,
  1.5,
  1e300,
  "",
  "1",
  "text",
  true,
  false,
  null,
];

/** Returns every place in a document: the document itself, and every nested value. */
function places(value: unknown): string[][] {
  const within =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, part]) => places(part).map((path) => [key, ...path]))
      : [];
  return [[], ...within];
}

function withValue(document: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(document) ? [...document] : { ...(document as object) };
  const parts = copy as Record<string, unknown>;
  parts[key] = withValue(parts[key], rest, value);
  return copy;
}

/** Documents with one wrong value at each place, then with several at once. */
function broken(document: unknown): unknown[] {
  const random = randomFrom(7);
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const single = places(document).flatMap((path) => TYPES.map((value) => withValue(document, path, value)));
  const double = Array.from({ length: 200 }, () => {
    const first = withValue(document, oneOf(places(document).slice(1)), oneOf(TYPES));
    return withValue(first, oneOf(places(first).slice(1)), oneOf(TYPES));
  });
  return [...single, ...double];
}

const labels = inputFile(
  "case.nii",
  writeNifti({ dims: [4, 3, 2], values: Array.from({ length: 24 }, (_, i) => i % 4) }),
);

/** @returns anything other than a sentence that names the file; null otherwise */
async function rawError(run: () => unknown, file: string): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof InputError && error.message.includes(file)) return null;
    return error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
  }
}

function judge(definition: DatasetDefinition): void {
  const set = definitionFindings(definition, null, [1, 2, 3]);
  for (const finding of set) {
    expect(finding.message).not.toMatch(/undefined|NaN|\[object/);
    repairFor(finding, definition);
  }
  const other = parseDataset(JSON.stringify(REGIONS), "other.json");
  diffDefinitions(regionSetFromDefinition(definition), regionSetFromDefinition(other));
  try {
    numberChannels(definition);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
  }
}

it.each([
  ["dataset.json of regions", REGIONS, 0.4],
  ["dataset.json of version 1", VERSION_1, 0.5],
  ["dataset.json of labels", PLAIN, 1],
] as const)("%s with wrong types is read or refused by name", async (_, document, share) => {
  const raw = new Map<string, string>();
  const random = randomFrom(5);
  for (const wrong of broken(document)) {
    if (random() > share) continue;
    const text = JSON.stringify(wrong);
    const error = await rawError(() => judge(parseDataset(text, "dataset.json")), "dataset.json");
    if (error !== null) raw.set(error, text);
  }
  expect([...raw]).toEqual([]);
});

it.each([
  ["dataset.json", "dataset.json", REGIONS, 0.12],
  ["plans", "nnUNetPlans.json", PLANS, 0.15],
  ["a saved view", "view.json", VIEW, 0.08],
] as const)("%s with wrong types opens or is refused by name", async (_, name, document, share) => {
  const random = randomFrom(3);
  const raw = new Map<string, string>();
  for (const wrong of broken(document)) {
    if (random() > share) continue;
    const text = JSON.stringify(wrong);
    const run = async () => {
      const opened = await open([labels, inputFile(name, new TextEncoder().encode(text))]);
      expect(opened.source).not.toBeNull();
      for (const notice of opened.notices) expect(notice).not.toMatch(/undefined|NaN|\[object/);
    };
    const error = await rawError(run, name);
    if (error !== null) raw.set(error, text);
  }
  expect([...raw]).toEqual([]);
});
