/** Finds the connected components of one channel at full size. */
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Source } from "../volume/palette-volume.ts";
import { type MaskRuns, maskRunsOf, rowsWithRuns } from "./rle-mask.ts";

/** Maximum number of components to list individually; the rest are only counted. */
export const LISTED_COMPONENTS = 2000;

export interface Box {
  readonly first: Triple;
  /** Inclusive. */
  readonly last: Triple;
}

interface Component {
  readonly voxels: number;
  readonly box: Box;
  /** The component's voxel nearest to its centre of mass, in voxel units; always inside the component. */
  readonly example: Triple;
}

export interface Components {
  readonly channel: number;
  /** Largest first; equal sizes in C order of their first voxels. */
  readonly listed: readonly Component[];
  /** The smaller components that are not listed. */
  readonly rest: { readonly components: number; readonly voxels: number };
  readonly runs: MaskRuns;
  /** Component of each run, as a rank by size; ranks beyond `listed` belong to the rest. */
  readonly componentOf: Int32Array;
}

/**
 * The 26-connected components of one channel: voxels that share a face, an edge or a corner are connected.
 * @param table required for label volumes; null for masks
 */
export function components(
  source: Source,
  table: RegionTable | null,
  channel: number,
  listed = LISTED_COMPONENTS,
): Components {
  return componentsOfRuns(maskRunsOf(source, table)(channel), channel, listed);
}

/** {@link components} for existing runs. */
export function componentsOfRuns(runs: MaskRuns, channel: number, listed = LISTED_COMPONENTS): Components {
  const parents = joinRuns(runs);
  const { componentOf, voxels } = numberBySize(runs, parents);
  const kept = Math.min(listed, voxels.length);
  let restVoxels = 0;
  for (let c = kept; c < voxels.length; c++) restVoxels += voxels[c] ?? 0;
  return {
    channel,
    listed: detailsOf(runs, componentOf, voxels.subarray(0, kept)),
    rest: { components: voxels.length - kept, voxels: restVoxels },
    runs,
    componentOf,
  };
}

/** Voxels of each component, largest first, where nothing else of them is needed. */
export function componentSizes(runs: MaskRuns): Float64Array {
  return numberBySize(runs, joinRuns(runs)).voxels;
}

/** Union-find over runs: joins each run with those it touches in the four preceding rows. */
function joinRuns(runs: MaskRuns): Int32Array {
  const { shape, rowStart, starts, ends } = runs;
  const height = shape[1];
  const parents = new Int32Array(starts.length);
  for (let i = 0; i < parents.length; i++) parents[i] = i;
  const join = (row: number, earlier: number) => {
    const to = rowStart[row + 1] as number;
    const earlierTo = rowStart[earlier + 1] as number;
    let i = rowStart[row] as number;
    let j = rowStart[earlier] as number;
    while (i < to && j < earlierTo) {
      const end = ends[i] as number;
      const earlierEnd = ends[j] as number;
      // Ends lie one past the last voxel, so "not beyond" includes neighbours across a corner.
      if (
        (starts[i] as number) <= earlierEnd &&
        (starts[j] as number) <= end &&
        // Most runs are of one component already.
        parents[i] !== parents[j]
      )
        unite(parents, i, j);
      if (end < earlierEnd) i++;
      else j++;
    }
  };
  const [firstRow, endRow] = rowsWithRuns(runs);
  for (let row = firstRow; row < endRow; row++) {
    if (rowStart[row] === rowStart[row + 1]) continue;
    const y = row % height;
    if (y > 0) join(row, row - 1);
    if (row < height) continue;
    if (y > 0) join(row, row - height - 1);
    join(row, row - height);
    if (y + 1 < height) join(row, row - height + 1);
  }
  return parents;
}

function rootOf(parents: Int32Array, run: number): number {
  let at = run;
  for (;;) {
    const parent = parents[at] as number;
    if (parent === at) return at;
    const above = parents[parent] as number;
    parents[at] = above;
    at = above;
  }
}

/** The earlier root stays the root, so the root of a component is its first run. */
function unite(parents: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parents, a);
  const rootB = rootOf(parents, b);
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

/** Numbers components by size; equal sizes keep their order. */
function numberBySize(
  { starts, ends }: MaskRuns,
  parents: Int32Array,
): { componentOf: Int32Array; voxels: Float64Array } {
  const componentOf = new Int32Array(parents.length);
  let count = 0;
  for (let i = 0; i < parents.length; i++) {
    const root = rootOf(parents, i);
    componentOf[i] = root === i ? count++ : (componentOf[root] ?? 0);
  }
  const voxels = new Float64Array(count);
  for (let i = 0; i < parents.length; i++) {
    const c = componentOf[i] ?? 0;
    voxels[c] = (voxels[c] ?? 0) + (ends[i] ?? 0) - (starts[i] ?? 0);
  }
  const largest = voxels.reduce((a, b) => Math.max(a, b), 0);
  // Combines size and number into one key: sorting plain numbers is much faster than a comparison callback.
  const keys = voxels.map((size, c) => (largest - size) * count + c).sort();
  const rank = new Int32Array(count);
  const sorted = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const c = (keys[place] ?? 0) % count;
    rank[c] = place;
    sorted[place] = voxels[c] ?? 0;
  }
  for (let i = 0; i < componentOf.length; i++) componentOf[i] = rank[componentOf[i] ?? 0] ?? 0;
  return { componentOf, voxels: sorted };
}

function detailsOf(runs: MaskRuns, componentOf: Int32Array, voxels: Float64Array): Component[] {
  const { starts, ends } = runs;
  const count = voxels.length;
  if (count === 0) return [];
  // Three numbers per component, one per axis.
  const sums = new Float64Array(3 * count);
  const low = new Int32Array(3 * count).fill(0x7fffffff);
  const high = new Int32Array(3 * count).fill(-1);
  eachRow(runs, (z, y, from, to) => {
    for (let i = from; i < to; i++) {
      const c = componentOf[i] as number;
      if (c >= count) continue;
      const at = 3 * c;
      const first = starts[i] as number;
      const last = (ends[i] as number) - 1;
      const size = last - first + 1;
      sums[at] = (sums[at] as number) + z * size;
      sums[at + 1] = (sums[at + 1] as number) + y * size;
      sums[at + 2] = (sums[at + 2] as number) + ((first + last) / 2) * size;
      // Rows come in the order of z.
      if (z < (low[at] as number)) low[at] = z;
      high[at] = z;
      if (y < (low[at + 1] as number)) low[at + 1] = y;
      if (y > (high[at + 1] as number)) high[at + 1] = y;
      if (first < (low[at + 2] as number)) low[at + 2] = first;
      if (last > (high[at + 2] as number)) high[at + 2] = last;
    }
  });
  const centres = sums.map((sum, k) => sum / (voxels[Math.floor(k / 3)] || 1));
  const examples = nearestVoxels(runs, componentOf, centres, count);
  const triple = (from: Int32Array, c: number): Triple => [
    from[3 * c] ?? 0,
    from[3 * c + 1] ?? 0,
    from[3 * c + 2] ?? 0,
  ];
  return Array.from(voxels, (size, c) => ({
    voxels: size,
    box: { first: triple(low, c), last: triple(high, c) },
    example: triple(examples, c),
  }));
}

/**
 * For each listed component, the voxel nearest to its centre; the first in case of a tie.
 * @param centres three numbers per component, as the result has
 */
function nearestVoxels(
  runs: MaskRuns,
  componentOf: Int32Array,
  centres: Float64Array,
  count: number,
): Int32Array {
  const { starts, ends } = runs;
  const best = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const out = new Int32Array(3 * count);
  eachRow(runs, (z, y, from, to) => {
    for (let i = from; i < to; i++) {
      const c = componentOf[i] as number;
      if (c >= count) continue;
      const at = 3 * c;
      const centre = centres[at + 2] as number;
      const first = starts[i] as number;
      const last = (ends[i] as number) - 1;
      const x = Math.min(last, Math.max(first, Math.ceil(centre - 0.5)));
      const dz = z - (centres[at] as number);
      const dy = y - (centres[at + 1] as number);
      const distance = dz * dz + dy * dy + (x - centre) * (x - centre);
      if (distance >= (best[c] as number)) continue;
      best[c] = distance;
      out[at] = z;
      out[at + 1] = y;
      out[at + 2] = x;
    }
  });
  return out;
}

/**
 * Calls back for every row with runs: z, y, its first run, and one past its last. Not for every run, because
 * noisy labels have a run for every few voxels.
 */
function eachRow(runs: MaskRuns, call: (z: number, y: number, from: number, to: number) => void): void {
  const { shape, rowStart } = runs;
  const height = shape[1];
  const [firstRow, endRow] = rowsWithRuns(runs);
  for (let row = firstRow; row < endRow; row++) {
    const from = rowStart[row] as number;
    const to = rowStart[row + 1] as number;
    if (from === to) continue;
    const z = Math.floor(row / height);
    call(z, row - z * height, from, to);
  }
}
