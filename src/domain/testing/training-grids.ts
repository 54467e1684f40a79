/** Reads the reference results of nnU-Net's preprocessing. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { SegResampling } from "../dataset/plans.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";

/** A case of `cases.json`; shapes and spacings are those of the file, the box is in the plans' order. */
interface ReferenceCase {
  readonly shape: Triple;
  readonly spacing: Triple;
  readonly plans_spacing: readonly number[];
  readonly transpose_forward: Triple;
  readonly resampling_fn_seg_kwargs: SegResampling["kwargs"];
  /** First voxel, and the one after the last, along each axis. */
  readonly bbox: readonly (readonly [number, number])[];
  readonly shape_after_cropping: Triple;
  readonly expected_shape: Triple;
  readonly dtype: string;
  /** Each label with its number of voxels. */
  readonly voxels: readonly (readonly [number, number])[];
}

interface SmallCase extends ReferenceCase {
  readonly name: string;
  readonly labels: Int16Array;
  /** 1 where the image is not zero. */
  readonly nonzero: Int16Array;
  readonly expected: Int16Array;
}

interface SampleCase extends Omit<ReferenceCase, "shape"> {
  readonly dataset: string;
  readonly sha256_int16_c_order: string;
}

interface Manifest {
  readonly synthetic: readonly (ReferenceCase & { readonly name: string })[];
  readonly samples: readonly SampleCase[];
}

const FOLDER = new URL("../fixtures/training-grid/", import.meta.url);

function manifest(): Manifest {
  return JSON.parse(readFileSync(new URL("cases.json", FOLDER), "utf8")) as Manifest;
}

export function smallTrainingGrids(): SmallCase[] {
  const bytes = new Uint8Array(gunzipSync(readFileSync(new URL("voxels.i16.gz", FOLDER))));
  const all = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  let at = 0;
  const take = (shape: Triple) => {
    const from = at;
    at += voxelCount(shape);
    return all.subarray(from, at);
  };
  return manifest().synthetic.map((its) => ({
    ...its,
    labels: take(its.shape),
    nonzero: take(its.shape),
    expected: take(its.expected_shape),
  }));
}

export function sampleTrainingGrids(): readonly SampleCase[] {
  return manifest().samples;
}
