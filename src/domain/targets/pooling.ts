/**
 * Pools masks: alternatives to nnU-Net's downsampling, to see what they would keep (requested in its issue
 * 1226). nnU-Net copies one source voxel per target voxel; pooling uses all source voxels that a target voxel
 * represents.
 */
import type { Triple } from "../geometry/grid.ts";
import { type SamplingMode, type Scale, sourceIndices } from "./deep-supervision.ts";
import type { Patch } from "./patch.ts";

/**
 * `any`: present if any voxel of the cell is. `all`: if every voxel is. `majority`: if more than half are.
 * Exactly half counts as absent, so that two regions without a common voxel never claim the same target
 * voxel.
 */
export type PoolingRule = "any" | "all" | "majority";

/** Descriptions that the interface shows next to the rules. nnU-Net uses none of them. */
export const POOLING_SENTENCES: Readonly<Record<PoolingRule, string>> = {
  any: "Present if any voxel of the cell is: keeps everything, and makes thin structures thicker. Not used by nnU-Net.",
  all: "Present if every voxel of the cell is: keeps only what fills a cell. Not used by nnU-Net.",
  majority:
    "Present if more than half of the cell's voxels are; exactly half counts as absent. Not used by nnU-Net.",
};

/** Source voxels of each target voxel along one axis: `starts[i]` up to but excluding `ends[i]`. */
export interface AxisCells {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** The cells of a scale, per array axis; a target voxel's cell is the product of three. */
export type Cells = readonly [AxisCells, AxisCells, AxisCells];

/**
 * Maximum voxels per cell: counters on the GPU have 16 bits. 32 x 32 x 32, nnU-Net's usual limit, is half of
 * that.
 */
export const MAX_CELL_VOXELS = 65_535;

/**
 * Target voxel i of `nOut` represents source voxels `floor(i * nIn / nOut)` up to but excluding
 * `floor((i + 1) * nIn / nOut)`, and at least the first of them. If nOut <= nIn, every source voxel is in
 * exactly one cell.
 */
export function sourceCells(nIn: number, nOut: number): AxisCells {
  const starts = new Uint32Array(nOut);
  const ends = new Uint32Array(nOut);
  for (let i = 0; i < nOut; i++) {
    const start = Math.floor((i * nIn) / nOut);
    starts[i] = start;
    ends[i] = Math.max(start + 1, Math.floor(((i + 1) * nIn) / nOut));
  }
  return { starts, ends };
}

/** Cells of a scale of the whole case; empty if it collapses. */
export function scaleCells(shape: Triple, scale: Scale): Cells {
  const cells = (axis: 0 | 1 | 2) =>
    scale.collapses ? sourceCells(0, 0) : sourceCells(shape[axis], scale.shape[axis]);
  return [cells(0), cells(1), cells(2)];
}

/**
 * Cells of a scale of a patch, in voxels of the case: for the same target voxels as `patchTables`, so that
 * the two can be compared. A cell that extends past the case is judged by its voxels inside.
 */
export function patchCells(shape: Triple, patch: Patch, scale: Scale, mode: SamplingMode): Cells {
  const cells = (axis: 0 | 1 | 2): AxisCells => {
    if (scale.collapses) return sourceCells(0, 0);
    const origin = patch.origin[axis];
    const whole = sourceCells(patch.size[axis], scale.shape[axis]);
    const starts: number[] = [];
    const ends: number[] = [];
    for (const [i, relative] of sourceIndices(patch.size[axis], scale.shape[axis], mode).entries()) {
      const sample = relative + origin;
      if (sample < 0 || sample >= shape[axis]) continue;
      const start = Math.max(0, (whole.starts[i] ?? 0) + origin);
      const end = Math.min(shape[axis], (whole.ends[i] ?? 0) + origin);
      // With a fractional factor the sample may lie just outside its cell, and then be all that is left.
      starts.push(end > start ? start : sample);
      ends.push(end > start ? end : sample + 1);
    }
    return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
  };
  return [cells(0), cells(1), cells(2)];
}

/** Cells of every scale, of a patch or of the whole case; `scales` are those of `patchTargets`. */
export function targetCells(
  shape: Triple,
  patch: Patch | null,
  scales: readonly Scale[],
  mode: SamplingMode,
): Cells[] {
  return scales.map((scale) => (patch ? patchCells(shape, patch, scale, mode) : scaleCells(shape, scale)));
}

/** Number of cells per axis. */
export function cellsShape(cells: Cells): Triple {
  return [cells[0].starts.length, cells[1].starts.length, cells[2].starts.length];
}

/** Voxels in the largest cell; 0 without cells. */
export function largestCell(cells: Cells): number {
  const longest = (axis: 0 | 1 | 2) =>
    cells[axis].starts.reduce((most, start, i) => Math.max(most, (cells[axis].ends[i] ?? 0) - start), 0);
  return longest(0) * longest(1) * longest(2);
}

/** True if a cell of `voxels` voxels, `present` of which are in a region, belongs to it. */
export function poolsTo(rule: PoolingRule, present: number, voxels: number): boolean {
  if (rule === "any") return present > 0;
  if (rule === "all") return present === voxels;
  return present * 2 > voxels;
}
