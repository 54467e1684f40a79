/** Describes label volumes and mask stacks, and transposes them. */
import {
  type Backwards,
  FORWARD,
  type Grid,
  type Triple,
  transposeGrid,
  voxelCount,
} from "../geometry/grid.ts";
import { isIdentity, transposeArray, transposedLayout } from "../geometry/transpose.ts";
import type { LabelName } from "./label-names.ts";
import type { ScaledValues } from "./palette-builder.ts";

/** A label volume that stores the index of each voxel's value in a short list of distinct values. */
export interface PaletteVolume {
  readonly grid: Grid;
  /** The distinct values, ascending; any numbers (1605, -1, 0.5). */
  readonly palette: Float64Array;
  /** Palette index of each voxel, C order over `grid.shape`. */
  readonly indices: Uint8Array | Uint16Array;
  /** Number of voxels per palette entry. */
  readonly counts: Float64Array;
  /** The scaling of stored values by the file's header; null or omitted without one. */
  readonly scaled?: ScaledValues | null;
}

/**
 * Masks that came as separate channels: bit `i & 31` of `bitPlanes[c][i >>> 5]` is voxel i (C order) of
 * channel c.
 */
export interface MaskStack {
  readonly grid: Grid;
  readonly names: readonly string[];
  /** Colours from the file, by channel; omitted if it has none. */
  readonly colors?: readonly LabelName["color"][];
  readonly bitPlanes: readonly Uint32Array[];
}

/** The source of targets: a palette volume or a mask stack. */
export type Source =
  | { readonly kind: "labels"; readonly volume: PaletteVolume }
  | { readonly kind: "masks"; readonly stack: MaskStack };

export function sourceGrid(source: Source): Grid {
  return source.kind === "labels" ? source.volume.grid : source.stack.grid;
}

/** The distinct values of a volume, ascending, with their voxel counts. */
export function volumeLabels(volume: PaletteVolume): { value: number; voxels: number }[] {
  return [...volume.palette].map((value, p) => ({ value, voxels: volume.counts[p] ?? 0 }));
}

/**
 * The same voxels with the array axes reordered: new axis a is old axis `axes[a]`, reversed if
 * `backwards[a]`.
 */
export function transposeVolume(
  volume: PaletteVolume,
  axes: Triple,
  backwards: Backwards = FORWARD,
): PaletteVolume {
  return {
    ...volume,
    grid: transposeGrid(volume.grid, axes, backwards),
    indices: transposeArray(volume.indices, volume.grid.shape, axes, backwards),
  };
}

/** {@link transposeVolume} for masks. */
export function transposeMasks(stack: MaskStack, axes: Triple, backwards: Backwards = FORWARD): MaskStack {
  if (isIdentity(axes, backwards)) return stack;
  return {
    ...stack,
    grid: transposeGrid(stack.grid, axes, backwards),
    bitPlanes: stack.bitPlanes.map((bitPlane) => transposeBits(bitPlane, stack.grid.shape, axes, backwards)),
  };
}

function transposeBits(
  bitPlane: Uint32Array,
  shape: Triple,
  axes: Triple,
  backwards: Backwards,
): Uint32Array {
  const out = new Uint32Array(Math.ceil(voxelCount(shape) / 32));
  const layout = transposedLayout(shape, axes, backwards);
  const [depth, height, width] = layout.shape;
  const [dz, dy, dx] = layout.strides;
  let to = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      let from = layout.start + z * dz + y * dy;
      for (let x = 0; x < width; x++) {
        const bit = ((bitPlane[from >>> 5] ?? 0) >>> (from & 31)) & 1;
        if (bit) out[to >>> 5] = (out[to >>> 5] ?? 0) | (1 << (to & 31));
        to++;
        from += dx;
      }
    }
  return out;
}

/** {@link transposeVolume} for either kind of source. */
export function transposeSource(source: Source, axes: Triple, backwards: Backwards = FORWARD): Source {
  return source.kind === "labels"
    ? { kind: "labels", volume: transposeVolume(source.volume, axes, backwards) }
    : { kind: "masks", stack: transposeMasks(source.stack, axes, backwards) };
}
