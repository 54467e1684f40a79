/** Makes the dataset that the README's picture of a summary shows. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { randomFrom } from "../src/base/random.ts";
import { checkSplits } from "../src/domain/dataset-check/splits.ts";
import type { Grid } from "../src/domain/geometry/grid.ts";
import { root } from "./run.ts";
import { writeVolume } from "./write-volume.ts";

const SAMPLE = join(root, "public/samples/Dataset901_AbdomenRegions");
const CASES = 12;
/** By which the bodies differ, in voxels at most, along each axis. */
const STRETCH = 3;
/** Labels of the sample; the last is one that its dataset.json does not define. */
const [SPLEEN, KIDNEY_RIGHT, KIDNEY_LEFT, GALLBLADDER, UNDEFINED] = [1, 2, 3, 5, 26];

interface Volume<T> {
  readonly grid: Grid;
  readonly values: T;
}

/**
 * Writes variants of the bundled abdomen, stretched in different places, with faults as people make them: a
 * gallbladder under a number that is not defined, none in the other cases that fold 4 validates, a spleen in
 * part, and kidneys exchanged.
 */
export async function writePictureDataset(folder: string): Promise<void> {
  // A buffer's own slice is no copy.
  const labels = readSample("labelsTr", (bytes) => new Uint8Array(bytes));
  const image = readSample("imagesTr", (bytes) => new Int16Array(new Uint8Array(bytes).buffer));
  const names = Array.from({ length: CASES }, (_, i) => `abdomen_${String(i + 1).padStart(3, "0")}`);
  const fold4 = checkSplits(names, null).folds.find(({ name }) => name === "4")?.val ?? [];
  for (const name of ["labelsTr", "imagesTr"]) mkdirSync(join(folder, name), { recursive: true });
  for (const [i, name] of names.entries()) {
    const own = stretched(labels, i);
    plantFault(own.values, name, fold4.includes(name));
    await writeVolume(join(folder, "labelsTr", `${name}.nii.gz`), own.grid, own.values);
    const shown = stretched(image, i);
    await writeVolume(join(folder, "imagesTr", `${name}_0000.nii.gz`), shown.grid, shown.values);
  }
  const definition = JSON.parse(readFileSync(join(SAMPLE, "dataset.json"), "utf8")) as object;
  writeFileSync(join(folder, "dataset.json"), JSON.stringify({ ...definition, numTraining: CASES }, null, 2));
}

/** Reads a sample whose voxels follow a NIfTI-1 header of 352 bytes. */
function readSample<T>(folder: string, valuesOf: (bytes: Uint8Array) => T): Volume<T> {
  const [file = ""] = readdirSync(join(SAMPLE, folder));
  const bytes = gunzipSync(readFileSync(join(SAMPLE, folder, file)));
  const [i, j, k] = [42, 44, 46].map((at) => bytes.readInt16LE(at)) as [number, number, number];
  const toWorld: number[] = [];
  for (let row = 0; row < 3; row++) {
    const [x = 0, y = 0, z = 0, offset = 0] = [0, 1, 2, 3].map((column) =>
      bytes.readFloatLE(280 + 4 * (4 * row + column)),
    );
    // Array axes are k, j, i.
    toWorld.push(z, y, x, offset);
  }
  return { grid: { shape: [k, j, i], toWorld }, values: valuesOf(bytes.subarray(bytes.readFloatLE(108))) };
}

/** The same volume, longer in some places and shorter in others; the first case is as it is. */
function stretched<T extends Uint8Array | Int16Array>({ grid, values }: Volume<T>, seed: number): Volume<T> {
  const random = randomFrom(seed + 1);
  const [zs = [], ys = [], xs = []] = grid.shape.map((length) => {
    const [by, phase] = [seed === 0 ? 0 : STRETCH * (0.5 + random() / 2), 2 * Math.PI * random()];
    return Array.from({ length }, (_, n) => {
      const from = n + by * Math.sin((2 * Math.PI * n) / length + phase);
      return Math.min(length - 1, Math.max(0, Math.round(from)));
    });
  });
  const [, height, width] = grid.shape;
  const own = values.slice() as T;
  let at = 0;
  for (const z of zs)
    for (const y of ys) for (const x of xs) own[at++] = values[(z * height + y) * width + x] ?? 0;
  return { grid, values: own };
}

function plantFault(labels: Uint8Array, name: string, lacksGallbladder: boolean): void {
  const spleen = labels.reduce((sum, label) => sum + (label === SPLEEN ? 1 : 0), 0);
  let kept = 0;
  for (const [at, label] of labels.entries()) {
    if (lacksGallbladder && label === GALLBLADDER) labels[at] = name === "abdomen_006" ? UNDEFINED : 0;
    if (name === "abdomen_004" && label === SPLEEN && kept++ > spleen / 8) labels[at] = 0;
    if (name === "abdomen_008" && label === KIDNEY_RIGHT) labels[at] = KIDNEY_LEFT;
    if (name === "abdomen_008" && label === KIDNEY_LEFT) labels[at] = KIDNEY_RIGHT;
  }
}
