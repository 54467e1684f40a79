/**
 * Builds a case of 512 × 512 × 600 voxels: repeats the bundled abdomen with 73 regions side by side until it
 * fills the volume. Written once to the system's temporary folder, plane by plane.
 */
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGzip, gunzipSync } from "node:zlib";
import type { Triple } from "../../src/domain/geometry/grid.ts";
import { axisTables, type SamplingMode, scalesOf } from "../../src/domain/targets/deep-supervision.ts";
import { SAMPLES } from "../support/app.ts";

const DATASET = "Dataset902_AbdomenOrgans";
const NAME = "abdomen_001";
/** Along NIfTI's i, j and k. */
const SIZE = [512, 512, 600] as const;
const NIFTI_DATATYPE_AT = 70;
const UINT8 = 2;
const NIFTI_DIMS_AT = 42;
const NIFTI_OFFSET_AT = 108;

/** Array axes 0, 1, 2: k, j, i. */
export const SHAPE: Triple = [SIZE[2], SIZE[1], SIZE[0]];

export interface RepeatedCase {
  /** Labels, dataset.json and plans. */
  readonly files: readonly string[];
  /** Names in the order of dataset.json, without background. */
  readonly regions: readonly string[];
  /** Voxels of every region at every scale, `[scale][region]`, counted here. */
  recount(strides: readonly Triple[], mode: SamplingMode): number[][];
}

interface Volume {
  readonly header: Buffer;
  /** i, j, k */
  readonly lengths: readonly [number, number, number];
  readonly voxels: Buffer;
}

export async function repeatedCase(): Promise<RepeatedCase> {
  const folder = join(SAMPLES, DATASET);
  const definition = join(folder, "dataset.json");
  const volume = readVolume(join(folder, `labelsTr/${NAME}.nii.gz`));
  const home = join(tmpdir(), "regionscope-large-1");
  const path = join(home, `${NAME}_${SIZE.join("x")}.nii.gz`);
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true });
    await writeRepeated(volume, `${path}.${process.pid}`);
    renameSync(`${path}.${process.pid}`, path);
  }
  const { labels } = JSON.parse(readFileSync(definition, "utf8")) as {
    labels: Readonly<Record<string, number | readonly number[]>>;
  };
  const regions = Object.entries(labels).filter(([name]) => name !== "background");
  return {
    files: [path, definition, join(folder, "nnUNetPlans.json")],
    regions: regions.map(([name]) => name),
    recount: (strides, mode) =>
      recount(
        volume,
        regions.map(([, values]) => [values].flat()),
        strides,
        mode,
      ),
  };
}

function readVolume(path: string): Volume {
  const bytes = gunzipSync(readFileSync(path));
  const at = bytes.readFloatLE(NIFTI_OFFSET_AT);
  if (bytes.readInt16LE(NIFTI_DATATYPE_AT) !== UINT8) throw new Error(`${path} is not of bytes.`);
  const length = (axis: number) => bytes.readInt16LE(NIFTI_DIMS_AT + 2 * axis);
  return {
    header: bytes.subarray(0, at),
    lengths: [length(0), length(1), length(2)],
    voxels: bytes.subarray(at),
  };
}

async function writeRepeated(volume: Volume, path: string): Promise<void> {
  const header = Buffer.from(volume.header);
  for (const [axis, length] of SIZE.entries()) header.writeInt16LE(length, NIFTI_DIMS_AT + 2 * axis);
  const gzip = createGzip({ level: 1 });
  const file = createWriteStream(path);
  gzip.pipe(file);
  gzip.write(header);
  for (let k = 0; k < SIZE[2]; k++) {
    if (!gzip.write(planeOf(volume, k))) await once(gzip, "drain");
  }
  gzip.end();
  await once(file, "close");
}

function planeOf({ voxels, lengths: [width, height, depth] }: Volume, k: number): Buffer {
  const plane = Buffer.alloc(SIZE[0] * SIZE[1]);
  for (let j = 0; j < SIZE[1]; j++) {
    const from = ((k % depth) * height + (j % height)) * width;
    const row = voxels.subarray(from, from + width);
    for (let i = 0; i < SIZE[0]; i += width) {
      row.copy(plane, j * SIZE[0] + i, 0, Math.min(width, SIZE[0] - i));
    }
  }
  return plane;
}

/** Counts a voxel of the bundled volume once for each of its copies that the scale reads. */
function recount(
  { voxels, lengths: [width, height, depth] }: Volume,
  regions: readonly (readonly number[])[],
  strides: readonly Triple[],
  mode: SamplingMode,
): number[][] {
  return scalesOf(SHAPE, strides).map((scale) => {
    const tables = axisTables(SHAPE, scale, mode);
    const [ofK, ofJ, ofI] = [times(tables[0], depth), times(tables[1], height), times(tables[2], width)];
    const byLabel = new Float64Array(256);
    let at = 0;
    for (const k of ofK)
      for (const j of ofJ)
        for (const i of ofI) {
          const label = voxels[at++] ?? 0;
          byLabel[label] = (byLabel[label] ?? 0) + k * j * i;
        }
    return regions.map((labels) => labels.reduce((sum, label) => sum + (byLabel[label] ?? 0), 0));
  });
}

function times(table: Uint32Array, length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const index of table) counts[index % length] = (counts[index % length] ?? 0) + 1;
  return counts;
}
