/**
 * Makes datasets of 30 small cases for a test of `check` and `summary`: one without a fault, and two that
 * have, between them, one fault of each kind that findings on a dataset are about.
 */
import { copyFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Grid, type Triple, voxelCount } from "../../../src/domain/geometry/grid.ts";
import { writeVolume } from "../../write-volume.ts";
import { writeFiles } from "./dataset.ts";

const CASES = 30;
export const NUMBERS: readonly number[] = Array.from({ length: CASES }, (_, i) => i);
export const caseName = (i: number) => `case_${String(i).padStart(2, "0")}`;

/** What a test gives to `check`: absolute paths. */
export interface PlantedDataset {
  readonly dataset: string;
  readonly plans: string;
  readonly predictions: string | null;
}

/** Voxels of 1 mm, of which the plans make 16 × 24 × 24 of 2 mm. Every patch has all of them. */
const SHAPE: Triple = [32, 48, 48];
const PLANS = {
  dataset_name: "Dataset001_Planted",
  plans_name: "nnUNetPlans",
  transpose_forward: [0, 1, 2],
  transpose_backward: [0, 1, 2],
  configurations: {
    "3d_fullres": {
      data_identifier: "nnUNetPlans_3d_fullres",
      preprocessor_name: "DefaultPreprocessor",
      batch_size: 2,
      patch_size: [32, 48, 48],
      spacing: [2, 2, 2],
      resampling_fn_seg: "resample_data_or_seg_to_shape",
      resampling_fn_seg_kwargs: { is_seg: true, order: 1, order_z: 0, force_separate_z: null },
      architecture: {
        arch_kwargs: {
          n_stages: 4,
          strides: [
            [1, 1, 1],
            [2, 2, 2],
            [2, 2, 2],
            [2, 2, 2],
          ],
        },
      },
    },
  },
};

const LABELS = {
  background: 0,
  body: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  kidney_left: 2,
  kidney_right: 3,
  liver: [4, 5],
  lesion: 5,
  stone: 6,
  cyst: 7,
  artery: 8,
  vein: 9,
};
const DEFINITION = {
  channel_names: { "0": "CT", "1": "PET" },
  labels: LABELS,
  regions_class_order: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  numTraining: CASES,
  file_ending: ".nii.gz",
};
/** Labels that only some cases of the faulty datasets have. */
type Sometimes = "stone" | "cyst" | "artery" | "vein";

/** First voxel from that of the body on, and lengths, along z, y and x. */
interface Box {
  readonly label: number;
  readonly from: Triple;
  readonly size: Triple;
}
const box = (label: number, from: Triple, size: Triple): Box => ({ label, from, size });
/** The same box on the other side of the body. */
const mirrored = ({ label, from: [z, y, x], size }: Box) => box(label, [z, y, BODY[2] - x - size[2]], size);

/**
 * All edges are at even voxels, so that resampling to half the voxels is exact. The patient's left is at low x.
 * The body covers the middle of the volume, and kidneys and liver lie beside it.
 */
const BODY: Triple = [24, 36, 42];
const KIDNEY_LEFT = box(2, [4, 16, 2], [8, 8, 8]);
const KIDNEY_RIGHT = box(3, [4, 16, 32], [8, 8, 8]);
const LIVER = box(4, [4, 4, 28], [16, 12, 12]);
const LESION = box(5, [8, 8, 32], [4, 4, 4]);
const SOMETIMES: Readonly<Record<Sometimes, Box>> = {
  stone: box(6, [4, 24, 20], [4, 4, 4]),
  cyst: box(7, [12, 24, 20], [4, 4, 4]),
  artery: box(8, [4, 8, 16], [16, 4, 4]),
  vein: box(9, [4, 8, 22], [16, 4, 4]),
};

/** What one case has instead of what the others have. */
interface Fault {
  /** Boxes of {@link usualBoxes} to leave out, by label. */
  readonly without?: readonly number[];
  /** Painted last. `at` is the first voxel of the body in the volume. */
  readonly more?: (at: Triple) => readonly Box[];
  /** mm; the body is as large as the others. */
  readonly spacingZ?: number;
  /** Voxels without image on both sides of what others show. */
  readonly margin?: number;
  /** The x axis runs to the patient's left. */
  readonly isFlipped?: boolean;
  readonly isEmpty?: boolean;
  readonly channels?: number;
  readonly hasLabels?: boolean;
  readonly ending?: ".nii" | ".nii.gz";
  /** Its name, where that is the fault. */
  readonly name?: string;
}

interface CaseToWrite extends Fault {
  /** Decides where the body lies. */
  readonly place: number;
  readonly sometimes: ReadonlySet<Sometimes>;
}

/** The place of the body is another in each case, so that no two label maps are equal. */
const bodyAt = (place: number): Triple => [
  2 + 2 * (place % 3),
  2 + 2 * (Math.floor(place / 3) % 5),
  2 + 2 * Math.floor(place / 15),
];

function usualBoxes(sometimes: ReadonlySet<Sometimes>): Box[] {
  const rest = Object.entries(SOMETIMES).filter(([name]) => sometimes.has(name as Sometimes));
  return [box(1, [0, 0, 0], BODY), KIDNEY_LEFT, KIDNEY_RIGHT, LIVER, LESION, ...rest.map(([, one]) => one)];
}

/** Labels, and an image that is 0 where the others end, in C order over z, y, x. */
function volumesOf(one: CaseToWrite): { grid: Grid; labels: Uint8Array; image: Int16Array } {
  const { spacingZ = 1, margin = 0, isFlipped = false } = one;
  const [depth, height, widthShown] = SHAPE;
  const width = widthShown + 2 * margin;
  const grid: Grid = {
    shape: [depth, height, width],
    toWorld: isFlipped
      ? [0, 0, -1, width - 21 + one.place, 0, 1, 0, -300, spacingZ, 0, 0, 40]
      : [0, 0, 1, -20 + one.place, 0, 1, 0, -300, spacingZ, 0, 0, 40],
  };
  const labels = new Uint8Array(voxelCount(grid.shape));
  const image = new Int16Array(labels.length);
  const column = (x: number) => (isFlipped ? width - 1 - (x + margin) : x + margin);
  const paint = (to: Uint8Array | Int16Array, value: number, from: Triple, size: Triple) => {
    const [z0, z1] = [Math.floor(from[0] / spacingZ), Math.floor((from[0] + size[0]) / spacingZ)];
    for (let z = z0; z < z1; z++)
      for (let y = from[1]; y < from[1] + size[1]; y++)
        for (let x = from[2]; x < from[2] + size[2]; x++) to[(z * height + y) * width + column(x)] = value;
  };
  paint(image, 100, [0, 0, 0], SHAPE);
  const at = bodyAt(one.place);
  const usual = usualBoxes(one.sometimes).filter(({ label }) => !one.without?.includes(label));
  for (const { label, from, size } of one.isEmpty ? [] : [...usual, ...(one.more?.(at) ?? [])]) {
    const there: Triple = [at[0] + from[0], at[1] + from[1], at[2] + from[2]];
    paint(labels, label, there, size);
    paint(image, 100 + label, there, size);
  }
  return { grid, labels, image };
}

interface DatasetToWrite {
  readonly name: string;
  readonly definition: object;
  /** That of the preprocessed folder. */
  readonly preprocessed: object;
  /** Text of splits_final.json; null without. */
  readonly splits: string | null;
  readonly withPredictions: boolean;
  readonly cases: readonly CaseToWrite[];
}

/** Writes a raw folder, a preprocessed one with plans, and predictions that equal the labels. */
async function writeDataset(folder: string, given: DatasetToWrite): Promise<PlantedDataset> {
  const [raw, preprocessed] = [`raw/${given.name}`, `preprocessed/${given.name}`];
  const predictions = given.withPredictions ? join(folder, "predictions", given.name) : null;
  writeFiles(folder, {
    [`${raw}/dataset.json`]: JSON.stringify(given.definition),
    [`${preprocessed}/dataset.json`]: JSON.stringify(given.preprocessed),
    [`${preprocessed}/nnUNetPlans.json`]: JSON.stringify(PLANS),
    ...(given.splits === null ? {} : { [`${preprocessed}/splits_final.json`]: given.splits }),
  });
  const at = (...path: readonly string[]) => join(folder, raw, ...path);
  for (const path of [at("labelsTr"), at("imagesTr"), ...(predictions === null ? [] : [predictions])])
    mkdirSync(path, { recursive: true });
  await Promise.all(
    given.cases.map(async (one, i) => {
      const { name = caseName(i), ending = ".nii.gz", channels = 2, hasLabels = true } = one;
      const { grid, labels, image } = volumesOf(one);
      for (let channel = 0; channel < channels; channel++)
        await writeVolume(at("imagesTr", `${name}_000${channel}${ending}`), grid, image);
      if (!hasLabels) return;
      const path = at("labelsTr", name + ending);
      await writeVolume(path, grid, labels);
      if (predictions !== null) copyFileSync(path, join(predictions, name + ending));
    }),
  );
  return {
    dataset: join(folder, raw),
    plans: join(folder, preprocessed, "nnUNetPlans.json"),
    predictions,
  };
}

const EVERYTHING: ReadonlySet<Sometimes> = new Set(["stone", "cyst", "artery", "vein"]);

/** A dataset in which there is nothing to find. */
export function writeHealthyDataset(folder: string): Promise<PlantedDataset> {
  return writeDataset(folder, {
    name: "Dataset001_Healthy",
    definition: DEFINITION,
    preprocessed: DEFINITION,
    splits: null,
    withPredictions: true,
    cases: NUMBERS.map((place) => ({ place, sometimes: EVERYTHING })),
  });
}

/**
 * The cases that have a label that not all have, by number. Of the split that nnU-Net makes, `cyst` is in the
 * validation cases of fold 2 alone, and `stone` in none of folds 2 and 4.
 */
const OCCURRENCE: Readonly<Record<Sometimes, readonly number[]>> = {
  stone: [3, 16, 26, 28],
  cyst: [12, 13, 18, 21, 23, 25],
  artery: [2, 7, 8, 10, 11, 12, 14, 15, 16, 17, 19, 21, 24, 25, 27],
  vein: [2, 7, 8, 10, 12, 14, 16, 17, 19, 21],
};

/** By the case's number. */
const FAULTS: Readonly<Record<number, Fault>> = {
  2: { channels: 1 },
  3: { channels: 3 },
  4: { channels: 0 },
  5: { hasLabels: false },
  6: { ending: ".nii" },
  8: { more: () => [box(77, [20, 30, 20], [2, 2, 2])] },
  9: { isEmpty: true },
  10: { spacingZ: 2 },
  11: { margin: 16 },
  12: { isFlipped: true },
  // Half a liver.
  14: { without: [4], more: () => [{ ...LIVER, size: [8, 12, 12] }, LESION] },
  15: { without: [2], more: () => inPieces(KIDNEY_LEFT) },
  16: { more: () => SPECKS },
  17: { without: [4, 5], more: () => [mirrored(LIVER), mirrored(LESION)] },
  18: {
    without: [2, 3],
    more: () => [
      { ...KIDNEY_LEFT, label: 3 },
      { ...KIDNEY_RIGHT, label: 2 },
    ],
  },
  19: { without: [5], more: (at) => [betweenSamples(at)] },
  20: { without: [5], more: () => COMB },
  21: { without: [5], more: (at) => [betweenSamples(at)] },
};

/** A box of 8 × 8 × 8 as eight of 4 × 4 × 4, with gaps of 4 between them. */
function inPieces({ label, from: [z, y, x] }: Box): Box[] {
  const two = [0, 8] as const;
  return two.flatMap((dz) =>
    two.flatMap((dy) => two.map((dx) => box(label, [z + dz, y + dy, x - 2 + dx], [4, 4, 4]))),
  );
}

/** Above the right kidney. */
const SPECKS = [
  [16, 32],
  [16, 36],
  [20, 32],
  [20, 36],
  [24, 32],
].map(([y = 0, x = 0]) => box(3, [14, y, x], [2, 2, 2]));

/**
 * A lesion of as many voxels as elsewhere, one training voxel thick, where half of full size takes none: it
 * takes every second, from the second on.
 */
function betweenSamples([z]: Triple): Box {
  return box(5, [8 + ((z + 8) % 4), 8, 30], [2, 4, 8]);
}

/** A lesion of as many voxels as elsewhere, of which no training voxel has more than three of eight. */
const COMB = [
  ...[4, 6, 8, 10, 12].map((y) => box(5, [8, y, 28], [1, 1, 12])),
  ...[5, 7, 9, 11].map((y) => box(5, [8, y, 28], [1, 1, 1])),
];

function having(i: number, occurrence: Readonly<Record<Sometimes, readonly number[]>>): Set<Sometimes> {
  return new Set([...EVERYTHING].filter((one) => occurrence[one].includes(i)));
}

/** Every fault but those of {@link writeMissplitDataset}, with the split that nnU-Net makes. */
export async function writeFaultyDataset(folder: string): Promise<PlantedDataset> {
  const definition = {
    ...DEFINITION,
    labels: { ...LABELS, body: [...LABELS.body, 10], spleen: 10 },
    regions_class_order: [...DEFINITION.regions_class_order, 10],
    numTraining: 40,
  };
  const { kidney_left: left, kidney_right: right } = LABELS;
  const written = await writeDataset(folder, {
    name: "Dataset002_Faulty",
    definition,
    preprocessed: {
      ...definition,
      labels: { ...definition.labels, kidney_left: right, kidney_right: left },
    },
    splits: null,
    withPredictions: true,
    cases: NUMBERS.map((i) => {
      // The first two are the same.
      const place = Math.max(1, i);
      return { place, sometimes: having(place, OCCURRENCE), ...FAULTS[i] };
    }),
  });
  const { dataset, predictions } = written;
  mkdirSync(join(dataset, "imagesTs"));
  for (const channel of [0, 1])
    copyFileSync(
      join(dataset, `imagesTr/${caseName(7)}_000${channel}.nii.gz`),
      join(dataset, `imagesTs/${caseName(7)}_000${channel}.nii.gz`),
    );
  truncateSync(join(dataset, `labelsTr/${caseName(22)}.nii.gz`), 100);
  if (predictions === null) return written;
  const predicted = (i: number) => join(predictions, `${caseName(i)}.nii.gz`);
  rmSync(predicted(23));
  // Predictions have the label of a region where the file has one that is not defined.
  const usual = volumesOf({ place: 8, sometimes: having(8, OCCURRENCE) });
  await writeVolume(predicted(8), usual.grid, usual.labels);
  const other = volumesOf({ place: 24, sometimes: EVERYTHING, margin: 2 });
  await writeVolume(predicted(24), other.grid, other.labels);
  const more = volumesOf({
    place: 25,
    sometimes: having(25, OCCURRENCE),
    more: () => [box(55, [20, 30, 20], [2, 2, 2])],
  });
  await writeVolume(predicted(25), more.grid, more.labels);
  writeFileSync(predicted(26), "This is no volume.");
  return written;
}

/**
 * With a splits_final.json that is at fault, and without `file_ending`, so that each case has its own reader.
 */
export function writeMissplitDataset(folder: string): Promise<PlantedDataset> {
  const { file_ending: _, ...definition } = DEFINITION;
  // Neither the second case nor the last, which nnU-Net takes for the labels of another.
  const split = NUMBERS.slice(0, -1).filter((i) => i !== 1);
  const folds = [0, 1, 2, 3, 4].map((fold) => ({
    train: split.filter((i) => i % 5 !== fold).map(caseName),
    val: split.filter((i) => i % 5 === fold).map(caseName),
  }));
  folds[0]?.train.push(caseName(0));
  const occurrence = { stone: NUMBERS, cyst: [6, 11, 16, 21, 26], artery: NUMBERS, vein: NUMBERS };
  const faults: Readonly<Record<number, Fault>> = {
    13: { ending: ".nii" },
    29: { name: `${caseName(29)}_seg` },
  };
  return writeDataset(folder, {
    name: "Dataset003_Missplit",
    definition,
    preprocessed: definition,
    splits: JSON.stringify(folds),
    withPredictions: false,
    cases: NUMBERS.map((place) => ({ place, sometimes: having(place, occurrence), ...faults[place] })),
  });
}
