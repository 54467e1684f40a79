/**
 * States where nnU-Net's training loader can place a patch. Lines are those of nnU-Net 2.8.1, of which
 * `data_loader.py` is in `nnunetv2/training/dataloading`.
 */
import type { Triple } from "../geometry/grid.ts";
import { roundHalfEven } from "../targets/deep-supervision.ts";
import type { OriginRange } from "../targets/patch.ts";

/** `nnUNetTrainer.oversample_foreground_percent` (nnUNetTrainer.py:155). */
const OVERSAMPLE_FOREGROUND = 0.33;

/**
 * Number of patches in a batch that are centred on foreground: the last ones (`_oversample_last_XX_percent`,
 * data_loader.py:68). A batch of one has none, a batch of two has one.
 */
export function foregroundPatches(batchSize: number): number {
  return batchSize - roundHalfEven(batchSize * (1 - OVERSAMPLE_FOREGROUND));
}

/** A patch longer than this, relative to its first axis, is rotated only around its first axis. */
const ANISO_THRESHOLD = 3;
/** Longer side to shorter side of a 2D patch from which it is rotated by at most 15 degrees. */
const MAX_SQUARE_RATIO = 1.5;
/** Lower end of the scale range that `get_patch_size` is called with (nnUNetTrainer.py:506). */
const LEAST_SCALE = 0.85;

/**
 * Size of the patch that the loader cuts out: enough for the rotations of the augmentation
 * (`configure_rotation_dummyDA_mirroring_and_inital_patch_size`, nnUNetTrainer.py:472, and `get_patch_size`,
 * compute_initial_patch_size.py:4). The network is given the centre of it.
 * @param is2d the patch has two axes in the plans, and `size` a leading 1
 */
export function loadedPatchSize(size: Triple, is2d: boolean): Triple {
  const [z, y, x] = size;
  const degrees = (angle: number) => (angle / 360) * 2 * Math.PI;
  const loaded = (length: number) => Math.trunc(length / LEAST_SCALE);
  // `get_patch_size` reduces 180 to 90 degrees.
  if (is2d) {
    const isSquare = Math.max(y, x) / Math.min(y, x) <= MAX_SQUARE_RATIO;
    const [v, u] = rotated(y, x, degrees(isSquare ? 90 : 15));
    return [z, loaded(Math.max(y, v)), loaded(Math.max(x, u))];
  }
  const isFlat = Math.max(z, y, x) / z > ANISO_THRESHOLD;
  const angle = degrees(isFlat ? 90 : 30);
  const [aroundZ, aroundY, aroundX] = [rotated(y, x, angle), rotated(x, z, angle), rotated(z, y, angle)];
  return [
    isFlat ? z : loaded(Math.max(z, aroundY[1], aroundX[0])),
    loaded(Math.max(y, aroundZ[0], aroundX[1])),
    loaded(Math.max(x, aroundZ[1], aroundY[0])),
  ];
}

/** The vector (a, b) times nnU-Net's rotation matrix, without signs. */
function rotated(a: number, b: number, angle: number): readonly [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [Math.abs(a * cos + b * sin), Math.abs(-a * sin + b * cos)];
}

/**
 * Origins of the trained patch if it may lie anywhere; all are equally likely. The loaded patch may extend
 * past the case by half of what it is longer than the trained one, rounded up, or by what the case is too
 * short (`get_bbox`, data_loader.py:80-99). Its centre is trained: `SpatialTransform` without a random crop
 * crops around `floor(loaded / 2)` (batchgeneratorsv2 0.3.5, spatial.py:204 and 284, cropping.py:27).
 */
export function trainedOrigins(shape: Triple, size: Triple, loaded: Triple): OriginRange {
  const along = (axis: 0 | 1 | 2) => {
    const padding = Math.ceil(Math.max(loaded[axis] - size[axis], loaded[axis] - shape[axis]) / 2);
    const centre = Math.floor(loaded[axis] / 2) - Math.floor(size[axis] / 2);
    return { first: centre - padding, last: centre + shape[axis] + padding - loaded[axis] };
  };
  const [z, y, x] = [along(0), along(1), along(2)];
  return { first: [z.first, y.first, x.first], last: [z.last, y.last, x.last] };
}

/**
 * Origin of the trained patch along one axis if the loader centres it on a voxel. Only the near end is
 * clamped (data_loader.py:145): at the far end such a patch may extend past the case by nearly half its
 * length.
 * @param first of `trainedOrigins`
 */
export function centredOrigin(first: number, size: number, voxel: number): number {
  return Math.max(first, voxel - Math.floor(size / 2));
}
