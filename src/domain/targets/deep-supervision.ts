/** Computes the scales of nnU-Net's deep supervision, their loss weights and their source indices. */
import type { Triple } from "../geometry/grid.ts";

/**
 * How nnU-Net downsamples targets: torch `nearest-exact` since 2.5, scikit-image `resize(order=0)` before.
 */
export type SamplingMode = "nearest-exact" | "resize-segmentation";

/**
 * The scales of a trainer, and their weights:
 * - `default`: `nnUNetTrainer`, which gives the coarsest scale no weight;
 * - `no-deep-supervision`: `nnUNetTrainerNoDeepSupervision`, which has only full size;
 * - `ddp`: `nnUNetTrainer` on several GPUs without torch.compile, which gives the coarsest scale almost none.
 */
export const TRAINERS = ["default", "no-deep-supervision", "ddp"] as const;
export type Trainer = (typeof TRAINERS)[number];

/**
 * Weight of the coarsest scale with `ddp`, relative to 1 at full size: DDP stops if an output has no weight.
 */
const DDP_WEIGHT = 1e-6;

/** One deep-supervision resolution. */
export interface Scale {
  /** Downsampling factor per axis relative to full size: the cumulative product of the strides. */
  readonly factors: Triple;
  /** In voxels. */
  readonly shape: Triple;
  /** Share of the loss; NaN if nnU-Net divides 0 by 0. */
  readonly lossWeight: number;
  /** True if an axis has length 0, which makes nnU-Net crash. */
  readonly collapses: boolean;
}

/** Smallest share of the loss that teaches anything: the coarsest scale of a DDP trainer has less. */
const MIN_WEIGHT = 1e-3;

/** True if a scale's share of the loss teaches the network anything. */
export function hasWeight({ lossWeight }: Pick<Scale, "lossWeight">): boolean {
  return lossWeight >= MIN_WEIGHT;
}

/** One table of source indices per array axis. */
export type AxisTables = readonly [Uint32Array, Uint32Array, Uint32Array];

/** Strides of a network with five scales that each halve, for use without plans. */
export function defaultStrides(): Triple[] {
  return [[1, 1, 1], ...Array.from({ length: 5 }, (): Triple => [2, 2, 2])];
}

/**
 * The resolutions of a network's outputs for a volume or patch of `shape` voxels.
 *
 * `strides` are those of the plans, one per network stage: scales are `1 / cumprod(strides)` without the
 * last, which is the bottleneck (`nnUNetTrainer._get_deep_supervision_scales`). A length is Python's
 * `round(n * scale)`, with scale = 1 / factor in float64. With fewer than two network stages nnU-Net has no
 * targets at all; this returns the first, without a weight. Without deep supervision the target is the label
 * map itself, regardless of the strides.
 */
export function scalesOf(shape: Triple, strides: readonly Triple[], trainer: Trainer = "default"): Scale[] {
  if (trainer === "no-deep-supervision") {
    return [{ factors: [1, 1, 1], shape, lossWeight: 1, collapses: shape.includes(0) }];
  }
  const networkStages = strides.length < 2 ? [strides[0] ?? ([1, 1, 1] as const)] : strides.slice(0, -1);
  const weights = lossWeights(strides.length - 1, trainer);
  let factors: Triple = [1, 1, 1];
  return networkStages.map((stride, i) => {
    factors = [factors[0] * stride[0], factors[1] * stride[1], factors[2] * stride[2]];
    const length = (axis: 0 | 1 | 2) => roundHalfEven(shape[axis] * (1 / factors[axis]));
    const scaled: Triple = [length(0), length(1), length(2)];
    return { factors, shape: scaled, lossWeight: weights[i] ?? Number.NaN, collapses: scaled.includes(0) };
  });
}

/**
 * Each scale weighs half as much as the previous one, the coarsest nothing (or, with `ddp`, 1e-6), normalised
 * to a sum of 1 (`nnUNetTrainer._build_loss`). By default that is 0 / 0 for a single scale.
 */
export function lossWeights(scales: number, trainer: Exclude<Trainer, "no-deep-supervision">): number[] {
  const coarsest = trainer === "ddp" ? DDP_WEIGHT : 0;
  const raw = Array.from({ length: scales }, (_, i) => (i === scales - 1 ? coarsest : 2 ** -i));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((w) => w / sum);
}

/** Rounds as Python does, halves to the even neighbour; `Math.round` rounds halves up. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/**
 * The index, on a line of `nIn` voxels, that each of `nOut` voxels is copied from.
 *
 * `nearest-exact`: torch computes `floorf((i + 0.5) * scale)` with both the scale, nIn / nOut, and the
 * product rounded to float32. Rounding only one of them, or neither, gives other indices (62 voxels by factor
 * 9: voxel 3 is 30, but 31 in float64). `resize-segmentation`: scikit-image's affine map, which the same
 * formula in float64 reproduces exactly.
 */
export function sourceIndices(nIn: number, nOut: number, mode: SamplingMode): Uint32Array {
  const indices = new Uint32Array(nOut);
  const step = nIn / nOut;
  const step32 = Math.fround(step);
  for (let i = 0; i < nOut; i++) {
    const at = mode === "nearest-exact" ? Math.fround((i + 0.5) * step32) : (i + 0.5) * step;
    indices[i] = Math.min(nIn - 1, Math.floor(at));
  }
  return indices;
}

/** Source indices for every axis of a scale; all empty if the scale collapses. */
export function axisTables(shape: Triple, scale: Scale, mode: SamplingMode): AxisTables {
  const table = (axis: 0 | 1 | 2) =>
    scale.collapses ? new Uint32Array(0) : sourceIndices(shape[axis], scale.shape[axis], mode);
  return [table(0), table(1), table(2)];
}

/** True if every voxel of a scale reads the voxel at its own position, so that nothing needs downsampling. */
export function isIdentity(tables: AxisTables, shape: Triple): boolean {
  return tables.every((table, axis) => table.length === shape[axis] && table.every((v, i) => v === i));
}
