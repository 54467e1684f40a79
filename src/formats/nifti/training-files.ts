/** Prepares what the network is trained on for NIfTI: the training grid, and the targets of a scale. */
import { entriesOfChannel, type RegionTable } from "../../domain/dataset/region-table.ts";
import { type Grid, spacingMm, type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { type CaseGeometry, placementBy } from "../../domain/reader/file-geometry.ts";
import { isIdentity } from "../../domain/targets/deep-supervision.ts";
import type { PlacedScale, PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { targetGrid } from "../../domain/targets/target-grid.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { MaskStack, PaletteVolume } from "../../domain/volume/palette-volume.ts";
import type { LabelsByIndex, WrittenLabels } from "./nifti-writer.ts";

/** A file's volume before it is placed in the order of the file's axes. */
type Prepared = Pick<WrittenLabels, "grid" | "indices" | "labelOf">;

/** One entry per voxel, in C order. */
type Entries = WrittenLabels["indices"];

/** The training grid with all its labels, also -1. @param plansSpacing in mm, that it was resampled to */
export function trainedLabels(
  { volume }: Pick<TrainingGrid, "volume">,
  plansSpacing: readonly number[],
): Prepared {
  const { grid, palette, indices } = volume;
  return { grid: reopenedAlike(grid, plansSpacing), indices, labelOf: Int16Array.from(palette) };
}

/**
 * Relative change of a spacing: more than float32 rounds off, and less than a hundredth of a voxel over any
 * axis.
 */
const NUDGE = 2 ** -22;
/** Share of an axis within which float32 spacings may round a length differently. */
const UNCERTAIN = 1e-6;

/**
 * Makes sure that nnU-Net, given the file and the same plans, resamples it to the lengths that it has. 9
 * slices of 2.5 mm are 22.5 of 1 mm, which nnU-Net rounds to 22, halves to even; 22 slices are the same 22.5
 * again, but with the file's float32 spacing maybe a little more, and then 23. Such an axis is nudged away
 * from the half.
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

/** The targets of a scale. */
interface ScaleTargets {
  readonly targets: PlacedTargets;
  /** One of the targets' scales, which does not collapse. */
  readonly placed: PlacedScale;
}

/**
 * The labels of a scale, which determine the targets of all regions. -1 is 0, as nnU-Net replaces it before
 * it makes targets. Yields the completed fraction, 0..1, after every slice.
 * @param labelOf the label of each palette entry, from {@link wholeLabels}
 */
export function* targetLabels(
  its: ScaleTargets,
  { grid, indices }: PaletteVolume,
  labelOf: LabelsByIndex,
): Generator<number, Prepared> {
  const written = labelOf.map((label) => (label === -1 ? 0 : label));
  return { grid: gridOf(its, grid), indices: yield* sampledEntries(its, indices), labelOf: written };
}

/** The labels of a palette; null if NIfTI's whole numbers do not hold them, such as 0.5. */
export function wholeLabels(palette: Float64Array): LabelsByIndex | null {
  const labels = Int32Array.from(palette);
  return labels.every((label, entry) => label === palette[entry]) ? labels : null;
}

/** The target of one region at a scale: 1 where the region is. Yields like {@link targetLabels}. */
export function* targetMask(
  its: ScaleTargets,
  { grid, indices, palette }: PaletteVolume,
  table: RegionTable,
  channel: number,
): Generator<number, Prepared> {
  const labelOf = new Uint16Array(palette.length);
  for (const entry of entriesOfChannel(table, channel)) labelOf[entry] = 1;
  return { grid: gridOf(its, grid), indices: yield* sampledEntries(its, indices), labelOf };
}

/** {@link targetMask} of a case that came as masks. */
export function* targetOfMask(
  its: ScaleTargets,
  { grid, bitPlanes }: MaskStack,
  channel: number,
): Generator<number, Prepared> {
  const bits = bitPlanes[channel] ?? new Uint32Array(0);
  const indices = new Uint8Array(voxelCount(its.placed.shape));
  yield* sampled(its, indices, (voxel) => ((bits[voxel >>> 5] ?? 0) >>> (voxel & 31)) & 1);
  return { grid: gridOf(its, grid), indices, labelOf: Uint16Array.of(0, 1) };
}

function gridOf({ targets, placed }: ScaleTargets, grid: Grid): Grid {
  return targetGrid(grid, targets, placed);
}

function* sampledEntries(its: ScaleTargets, indices: Entries): Generator<number, Entries> {
  if (isIdentity(its.placed.tables, its.targets.shape)) return indices;
  const length = voxelCount(its.placed.shape);
  const entries = indices instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  yield* sampled(its, entries, (voxel) => indices[voxel] ?? 0);
  return entries;
}

/** Fills an array with what the scale's voxels read, in C order. */
function* sampled(its: ScaleTargets, to: Entries, read: (voxel: number) => number): Generator<number> {
  const [, height, width] = its.targets.shape;
  const [zs, ys, xs] = its.placed.tables;
  let at = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = (z * height + y) * width;
      for (const x of xs) to[at++] = read(row + x);
    }
    yield at / to.length;
  }
}

/** What a file is named after. */
interface Named {
  readonly caseName: string;
  readonly isTrained: boolean;
  /** Origin of the patch; null for the whole case. */
  readonly patch: Triple | null;
  /** Null for the training grid itself. */
  readonly scale: number | null;
  /** Null for all labels. */
  readonly region: string | null;
}

/**
 * "CASE_trained.nii.gz", "CASE_trained_scale2.nii.gz" or, for a region of a patch of the stored grid,
 * "CASE_patch_12_40_8_scale2_liver.nii.gz". Characters that a file name cannot have everywhere become "_".
 */
export function trainingFileName({ caseName, isTrained, patch, scale, region }: Named): string {
  const parts = [
    caseName,
    isTrained ? "trained" : null,
    patch && ["patch", ...patch].join("_"),
    scale === null ? null : `scale${scale}`,
    region,
  ];
  const name = parts.filter((part) => part !== null).join("_");
  return `${name.replace(/[\p{Cc}\s/\\:*?"<>|]+/gu, "_")}.nii.gz`;
}

/**
 * The code of the space that a case's affine leads to: that of the form which placed the file, so that a file
 * in a template's space does not become one of the scanner's. 1 for files without codes, since a file without
 * any would be placed by its reader's own rule.
 */
export function spaceCodeOf(geometry: Pick<CaseGeometry, "labels" | "reader"> | null): number {
  if (!geometry) return 1;
  const { labels, reader } = geometry;
  const { from } = placementBy(labels, reader);
  const code = from === "qform" ? labels.codes?.qform : labels.codes?.sform;
  return code || 1;
}
