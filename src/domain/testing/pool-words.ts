/** Plain version of the kernels that pool words. */
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import { type Cells, cellsShape, type PoolingRule, poolsTo } from "../targets/pooling.ts";

/**
 * Pools the words of one word plane, C order over `shape`, bit by bit.
 * @returns one word per cell, C order over `cellsShape(cells)`
 */
export function poolWords(words: Uint32Array, shape: Triple, cells: Cells, rule: PoolingRule): Uint32Array {
  const [zs, ys, xs] = cells;
  const [dz, dy] = strideOf(shape);
  const out = new Uint32Array(voxelCount(cellsShape(cells)));
  const present = new Uint32Array(32);
  let to = 0;
  for (let cz = 0; cz < zs.starts.length; cz++)
    for (let cy = 0; cy < ys.starts.length; cy++)
      for (let cx = 0; cx < xs.starts.length; cx++) {
        present.fill(0);
        let voxels = 0;
        for (let z = zs.starts[cz] ?? 0; z < (zs.ends[cz] ?? 0); z++)
          for (let y = ys.starts[cy] ?? 0; y < (ys.ends[cy] ?? 0); y++)
            for (let x = xs.starts[cx] ?? 0; x < (xs.ends[cx] ?? 0); x++) {
              const word = words[z * dz + y * dy + x] ?? 0;
              for (let bit = 0; bit < 32; bit++) present[bit] = (present[bit] ?? 0) + ((word >>> bit) & 1);
              voxels++;
            }
        let pooled = 0;
        for (let bit = 0; bit < 32; bit++) if (poolsTo(rule, present[bit] ?? 0, voxels)) pooled |= 1 << bit;
        out[to++] = pooled;
      }
  return out;
}
