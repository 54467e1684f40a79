/** Computes what pooling keeps of a region and its components from runs, without making a target. */
import { type AxisCells, type Cells, type PoolingRule, poolsTo } from "../targets/pooling.ts";
import type { Components } from "./components.ts";

interface PooledSurvival {
  /**
   * Per listed component: target voxels where the region is present and whose cell contains part of the
   * component. One target voxel may count for several components.
   */
  readonly byComponent: Float64Array;
  /** Number of target voxels where the region is present. */
  readonly all: number;
}

/** Counts the target voxels of one scale that pooling keeps. */
export function pooledSurvival(found: Components, [zs, ys, xs]: Cells, rule: PoolingRule): PooledSurvival {
  const { runs, componentOf, listed } = found;
  const { shape, rowStart, starts, ends } = runs;
  const columns = xs.starts.length;
  const firstColumn = columnsAt(xs, shape[2]);
  const byComponent = new Float64Array(listed.length);
  let all = 0;
  // For one row of cells: the region's voxels in each cell, and their components.
  const present = new Uint32Array(columns);
  const members: number[][] = Array.from({ length: columns }, () => []);
  // Most cells contain nothing of the region and are never visited.
  const touched: number[] = [];

  const gather = (row: number) => {
    const to = rowStart[row + 1] ?? 0;
    for (let i = rowStart[row] ?? 0; i < to; i++) {
      const start = starts[i] ?? 0;
      const end = ends[i] ?? 0;
      const component = componentOf[i] ?? 0;
      for (let c = firstColumn[start] ?? columns; c < columns && (xs.starts[c] ?? 0) < end; c++) {
        const low = Math.max(start, xs.starts[c] ?? 0);
        const high = Math.min(end, xs.ends[c] ?? 0);
        if (present[c] === 0) touched.push(c);
        present[c] = (present[c] ?? 0) + high - low;
        const known = members[c];
        if (known && !known.includes(component)) known.push(component);
      }
    }
  };

  for (let cz = 0; cz < zs.starts.length; cz++)
    for (let cy = 0; cy < ys.starts.length; cy++) {
      const [z0, z1] = cellAt(zs, cz);
      const [y0, y1] = cellAt(ys, cy);
      for (let z = z0; z < z1; z++) for (let y = y0; y < y1; y++) gather(z * shape[1] + y);
      for (const cx of touched) {
        const [x0, x1] = cellAt(xs, cx);
        const known = members[cx] ?? [];
        if (poolsTo(rule, present[cx] ?? 0, (z1 - z0) * (y1 - y0) * (x1 - x0))) {
          all++;
          for (const c of known) if (c < byComponent.length) byComponent[c] = (byComponent[c] ?? 0) + 1;
        }
        present[cx] = 0;
        known.length = 0;
      }
      touched.length = 0;
    }
  return { byComponent, all };
}

const cellAt = ({ starts, ends }: AxisCells, i: number): [number, number] => [starts[i] ?? 0, ends[i] ?? 0];

/** result[x]: the first cell that ends after x. */
function columnsAt({ ends }: AxisCells, length: number): Uint32Array {
  const first = new Uint32Array(length);
  let column = 0;
  for (let x = 0; x < length; x++) {
    while (column < ends.length && (ends[column] ?? 0) <= x) column++;
    first[x] = column;
  }
  return first;
}
