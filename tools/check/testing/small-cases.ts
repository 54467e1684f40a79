/** Makes a dataset of small volumes that differ, some with something to find. */
import { mkdirSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { randomFrom } from "../../../src/base/random.ts";
import { type Grid, type Triple, voxelCount } from "../../../src/domain/geometry/grid.ts";
import { writeVolume } from "../../write-volume.ts";
import { MODIFIED, writeFiles } from "./dataset.ts";

const SHAPE: Triple = [12, 24, 20];
const SPACING: Triple = [3, 1.5, 1.5];

/**
 * Writes `count` cases: labels 1 to 3 in boxes at random places over an image of noise. Every fifth lacks
 * label 3, and the last but one has half a label file.
 */
export async function writeSmallCases(folder: string, count: number): Promise<void> {
  writeFiles(folder, {
    "dataset.json": JSON.stringify({
      channel_names: { "0": "CT" },
      labels: { background: 0, body: [1, 2, 3], organ: [2, 3], lesion: 3 },
      regions_class_order: [1, 2, 3],
      numTraining: count,
      file_ending: ".nii.gz",
    }),
  });
  for (const name of ["labelsTr", "imagesTr"]) mkdirSync(join(folder, name), { recursive: true });
  for (let i = 0; i < count; i++) {
    const random = randomFrom(i + 1);
    const [dz, dy, dx] = SPACING;
    const toWorld = [0, 0, -dx, 10, 0, -dy, 0, 20, dz, 0, 0, i];
    const grid: Grid = { shape: SHAPE, toWorld };
    const labels = new Uint8Array(voxelCount(SHAPE));
    const values = i % 5 === 4 ? [1, 2] : [1, 2, 3];
    for (const value of values) fillBox(labels, value, random);
    const image = Int16Array.from(labels, (label) => Math.round(random() * 100) + 50 * label + 1);
    const name = `case_${String(i).padStart(4, "0")}`;
    const paths = [`labelsTr/${name}.nii.gz`, `imagesTr/${name}_0000.nii.gz`].map((path) =>
      join(folder, path),
    );
    const [labelsPath = "", imagePath = ""] = paths;
    await writeVolume(labelsPath, grid, labels);
    await writeVolume(imagePath, grid, image);
    if (i === count - 2) truncateSync(labelsPath, 100);
    for (const path of paths) utimesSync(path, MODIFIED, MODIFIED);
  }
}

function fillBox(labels: Uint8Array, value: number, random: () => number): void {
  const [depth, height, width] = SHAPE;
  const size = 12 - 3 * value;
  const [z0, y0, x0] = [depth, height, width].map((length) => Math.floor(random() * (length - size))) as [
    number,
    number,
    number,
  ];
  for (let z = z0; z < z0 + size; z++)
    for (let y = y0; y < y0 + size; y++)
      for (let x = x0; x < x0 + size; x++) labels[(z * height + y) * width + x] = value;
}
