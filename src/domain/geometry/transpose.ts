/** Reorders the axes of C-order arrays. */
import { type Backwards, FORWARD, type Triple } from "./grid.ts";

type Voxels = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** The axis order that changes nothing. */
export const IDENTITY: Triple = [0, 1, 2];

export function isIdentity(axes: Triple, backwards: Backwards = FORWARD): boolean {
  return axes[0] === 0 && axes[1] === 1 && axes[2] === 2 && !backwards.includes(true);
}

/** Distance, in elements, between neighbours along each axis of a C-order array. */
export function strideOf(shape: Triple): Triple {
  return [shape[1] * shape[2], shape[2], 1];
}

/**
 * Layout of an array whose axis a is the given array's axis `axes[a]`: its shape, and its strides and first
 * element's offset in elements of the given array.
 */
export function transposedLayout(
  shape: Triple,
  axes: Triple,
  backwards: Backwards = FORWARD,
): { shape: Triple; strides: Triple; start: number } {
  const stride = strideOf(shape);
  const pick = (from: Triple, a: number) => from[a] ?? 1;
  const step = (a: 0 | 1 | 2) => pick(stride, axes[a]) * (backwards[a] ? -1 : 1);
  const ends = ([0, 1, 2] as const).map((a) =>
    backwards[a] ? (pick(shape, axes[a]) - 1) * pick(stride, axes[a]) : 0,
  );
  return {
    shape: [pick(shape, axes[0]), pick(shape, axes[1]), pick(shape, axes[2])],
    strides: [step(0), step(1), step(2)],
    start: ends.reduce((sum, end) => sum + end, 0),
  };
}

/**
 * Reorders a C-order array: axis a of the result is axis `axes[a]` of the source, as in `numpy.transpose`,
 * reversed if `backwards[a]`. Returns the given array itself if nothing changes.
 */
export function transposeArray<T extends Voxels>(
  data: T,
  shape: Triple,
  axes: Triple,
  backwards: Backwards = FORWARD,
): T {
  if (isIdentity(axes, backwards)) return data;
  const layout = transposedLayout(shape, axes, backwards);
  const [depth, height, width] = layout.shape;
  const [dz, dy, dx] = layout.strides;
  const out = data.slice() as T;
  let to = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      let from = layout.start + z * dz + y * dy;
      for (let x = 0; x < width; x++) {
        out[to++] = data[from] ?? 0;
        from += dx;
      }
    }
  return out;
}
