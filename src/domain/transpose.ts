import type { Triple } from "./grid.ts";

export type Voxels = Uint8Array | Uint16Array | Uint32Array | Float32Array;

export function isIdentity(axes: Triple): boolean {
  return axes[0] === 0 && axes[1] === 1 && axes[2] === 2;
}

/** Elements between neighbours along each axis of a C-order array. */
export function strideOf(shape: Triple): Triple {
  return [shape[1] * shape[2], shape[2], 1];
}

/** The shape and, in elements of the source, the strides of an array whose axis a is the source's axis `axes[a]`. */
export function transposedLayout(shape: Triple, axes: Triple): { shape: Triple; strides: Triple } {
  const stride = strideOf(shape);
  const pick = (from: Triple, a: number) => from[a] ?? 1;
  return {
    shape: [pick(shape, axes[0]), pick(shape, axes[1]), pick(shape, axes[2])],
    strides: [pick(stride, axes[0]), pick(stride, axes[1]), pick(stride, axes[2])],
  };
}

/**
 * Reorders a C-order array: axis a of the result is axis `axes[a]` of the source, as `numpy.transpose`.
 * Returns the source itself where nothing changes.
 */
export function transposeArray<T extends Voxels>(data: T, shape: Triple, axes: Triple): T {
  if (isIdentity(axes)) return data;
  const layout = transposedLayout(shape, axes);
  const [depth, height, width] = layout.shape;
  const [dz, dy, dx] = layout.strides;
  const out = data.slice() as T;
  let to = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      let from = z * dz + y * dy;
      for (let x = 0; x < width; x++) {
        out[to++] = data[from] ?? 0;
        from += dx;
      }
    }
  return out;
}
