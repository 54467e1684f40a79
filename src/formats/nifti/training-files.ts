/** Prepares what the network is trained on for NIfTI: the training grid, and the targets of a scale. */
import { entriesOfChannel, type RegionTable } from "../../domain/dataset/region-table.ts";
import { type Grid, spacingMm } from "../../domain/geometry/grid.ts";
import { isIdentity } from "../../domain/targets/deep-supervision.ts";
import type { PlacedScale, PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { targetGrid } from "../../domain/targets/target-grid.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { PaletteVolume } from "../../domain/volume/palette-volume.ts";
import type { WrittenLabels } from "./nifti-writer.ts";

/** A file's volume before it is placed in the order of the file's axes. */
type Prepared = Omit<WrittenLabels, "transpose">;

/** The training grid with all its labels, also -1. @param plansSpacing in mm, that it was resampled to */
export function trainedLabels(
  { volume }: Pick<TrainingGrid, "volume">,
  plansSpacing: readonly number[],
): Prepared {
  const { grid, palette, indices } = volume;
  return { grid: reopenedAlike(grid, plansSpacing), indices, labelOf: Int16Array.from(palette) };
}

/** Relative change of a spacing: more than float32 rounds off, and less than a hundredth of a voxel over any axis. */
const NUDGE = 2 ** -22;
/** Share of an axis within which float32 spacings may round a length differently. */
const UNCERTAIN = 1e-6;

/**
 * Makes sure that nnU-Net, given the file and the same plans, resamples it to the lengths that it has. 9 slices
 * of 2.5 mm are 22.5 of 1 mm, which nnU-Net rounds to 22, halves to even; 22 slices are the same 22.5 again, but
 * with the file's float32 spacing maybe a little more, and then 23. Such an axis is nudged away from the half.
 */
function reopenedAlike(grid: Grid, plansSpacing: readonly number[]): Grid {
  const spacing = spacingMm(grid);
  const factor = (axis: 0 | 1 | 2) => {
    // A 2D configuration leaves the first axis alone.
    const target = plansSpacing[axis - 3 + plansSpacing.length] ?? spacing[axis];
    const n = grid.shape[axis];
    const excess = (spacing[axis] / target) * n - n;
    return Math.abs(Math.abs(excess) - 0.5) > UNCERTAIN * n ? 1 : 1 - Math.sign(excess) * NUDGE;
  };
  const factors = [factor(0), factor(1), factor(2), 1];
  return { ...grid, toWorld: grid.toWorld.map((mm, i) => mm * (factors[i % 4] ?? 1)) };
}

/** The targets of a scale, of a case without masks. */
interface ScaleTargets {
  readonly volume: PaletteVolume;
  readonly targets: PlacedTargets;
  /** One of the targets' scales, which does not collapse. */
  readonly placed: PlacedScale;
}

/**
 * The labels of a scale, which determine the targets of all regions. -1 is 0, as nnU-Net replaces it before it
 * makes targets. Yields after every slice.
 */
export function* targetLabels(its: ScaleTargets): Generator<void, Prepared> {
  const labelOf = Int16Array.from(its.volume.palette, (label) => (label === -1 ? 0 : label));
  return { grid: gridOf(its), indices: yield* sampled(its), labelOf };
}

/** The target of one region at a scale: 1 where the region is. Yields after every slice. */
export function* targetMask(
  its: ScaleTargets,
  table: RegionTable,
  channel: number,
): Generator<void, Prepared> {
  const labelOf = new Uint16Array(its.volume.palette.length);
  for (const entry of entriesOfChannel(table, channel)) labelOf[entry] = 1;
  return { grid: gridOf(its), indices: yield* sampled(its), labelOf };
}

function gridOf({ volume, targets, placed }: ScaleTargets) {
  return targetGrid(volume.grid, targets, placed);
}

/** Palette entries of the scale's voxels, in C order. */
function* sampled({ volume, placed }: ScaleTargets): Generator<void, PaletteVolume["indices"]> {
  const { indices, grid } = volume;
  const [, height, width] = grid.shape;
  if (isIdentity(placed.tables, grid.shape)) return indices;
  const [zs, ys, xs] = placed.tables;
  const length = zs.length * ys.length * xs.length;
  const entries = indices instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  let to = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = (z * height + y) * width;
      for (const x of xs) entries[to++] = indices[row + x] ?? 0;
    }
    yield;
  }
  return entries;
}

/**
 * "CASE_trained.nii.gz", "CASE_trained_scale2.nii.gz" or "CASE_trained_scale2_liver.nii.gz". Characters that
 * a file name cannot have everywhere become "_".
 */
export function trainedFileName(caseName: string, scale: number | null, region: string | null): string {
  const parts = [
    caseName,
    "trained",
    ...(scale === null ? [] : [`scale${scale}`]),
    ...(region === null ? [] : [region]),
  ];
  return `${parts.join("_").replace(/[\p{Cc}\s/\\:*?"<>|]+/gu, "_")}.nii.gz`;
}
