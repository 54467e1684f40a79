/** Places training patches in a case, as nnU-Net's loader does, and gives their scales and source indices. */
import type { Triple } from "../geometry/grid.ts";
import {
  type AxisTables,
  type SamplingMode,
  type Scale,
  scalesOf,
  sourceIndices,
  type Trainer,
} from "./deep-supervision.ts";

export interface Patch {
  /** Voxel of the case where the patch starts; negative if it extends past the case. */
  readonly origin: Triple;
  /** In voxels, from the plans: possibly larger than the case. */
  readonly size: Triple;
}

/** All origins from `first` to `last`, both inclusive, on each axis. */
export interface OriginRange {
  readonly first: Triple;
  readonly last: Triple;
}

/** Targets of a patch, or of a whole case. */
interface PatchTargets {
  readonly scales: readonly Scale[];
  /** Voxels of the case that each scale copies. Shorter than the scale if the patch extends past the case. */
  readonly tables: readonly AxisTables[];
}

const perAxis = (value: (axis: 0 | 1 | 2) => number): Triple => [value(0), value(1), value(2)];

/**
 * Origins that the validation loader draws from when the patch need not contain foreground. The training
 * loader loads more than the patch, and its patches reach up to one voxel further (`trainedOrigins`).
 */
export function originRange(shape: Triple, size: Triple): OriginRange {
  const spare = (axis: 0 | 1 | 2) => shape[axis] - size[axis];
  // Math.floor(-0.5) is -1 and Math.ceil(-0.5) is -0, which adding 0 turns into 0.
  return {
    first: perAxis((axis) => (spare(axis) >= 0 ? 0 : Math.floor(spare(axis) / 2))),
    last: perAxis((axis) => (spare(axis) >= 0 ? spare(axis) : Math.ceil(spare(axis) / 2) + 0)),
  };
}

export function originCount({ first, last }: OriginRange): number {
  return (last[0] - first[0] + 1) * (last[1] - first[1] + 1) * (last[2] - first[2] + 1);
}

/**
 * The patch with its origin as close to the wanted one as it may lie anywhere. Patches around foreground may
 * also reach over the far end.
 */
export function placePatch(shape: Triple, size: Triple, origin: Triple): Patch {
  const { first, last } = originRange(shape, size);
  const nearest = (axis: 0 | 1 | 2) =>
    Math.min(last[axis], Math.max(first[axis], Math.round(origin[axis]))) + 0;
  return { origin: perAxis(nearest), size };
}

/** The patch centred on a voxel, as closely as it may lie anywhere. */
export function patchAround(shape: Triple, size: Triple, voxel: Triple): Patch {
  return placePatch(shape, size, centredOn(size, voxel));
}

/** The origin of a patch centred on a voxel, as the loader centres on foreground. */
export function centredOn(size: Triple, voxel: Triple): Triple {
  return perAxis((axis) => voxel[axis] - Math.floor(size[axis] / 2));
}

/** The part of the patch inside the case: first voxel and lengths. */
export function patchInside(shape: Triple, { origin, size }: Patch): { first: Triple; shape: Triple } {
  const first = perAxis((axis) => Math.max(0, origin[axis]));
  const end = (axis: 0 | 1 | 2) => Math.min(shape[axis], origin[axis] + size[axis]);
  return { first, shape: perAxis((axis) => Math.max(0, end(axis) - first[axis])) };
}

/**
 * Scales and source indices of a patch, or of the whole case without one. The tables name voxels of the case,
 * so anything that downsamples a case can downsample a patch with them.
 */
export function patchTargets(
  shape: Triple,
  patch: Patch | null,
  strides: readonly Triple[],
  mode: SamplingMode,
  trainer: Trainer = "default",
): PatchTargets {
  const placed = patch ?? { origin: [0, 0, 0], size: shape };
  const scales = scalesOf(placed.size, strides, trainer);
  return { scales, tables: scales.map((scale) => patchTables(shape, placed, scale, mode)) };
}

/** Voxels of the case that one scale of a patch copies, per axis; all empty if the scale collapses. */
export function patchTables(shape: Triple, patch: Patch, scale: Scale, mode: SamplingMode): AxisTables {
  const table = (axis: 0 | 1 | 2) =>
    scale.collapses
      ? new Uint32Array(0)
      : shifted(sourceIndices(patch.size[axis], scale.shape[axis], mode), patch.origin[axis], shape[axis]);
  return [table(0), table(1), table(2)];
}

/** Indices shifted by `origin`, without those outside 0 … length - 1. */
function shifted(indices: Uint32Array, origin: number, length: number): Uint32Array {
  const inside = Int32Array.from(indices, (index) => index + origin).filter((at) => at >= 0 && at < length);
  return Uint32Array.from(inside);
}

/** Lengths of the part of a scale that the tables describe. */
export function tablesShape(tables: AxisTables): Triple {
  return perAxis((axis) => tables[axis].length);
}
