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

/** Union-find over runs: joins each run with those it touches in the four preceding rows. */
function joinRuns(runs: MaskRuns): Int32Array {
  const { shape, rowStart, starts, ends } = runs;
  const height = shape[1];
  const parents = Int32Array.from(starts, (_, i) => i);
  const join = (row: number, earlier: number) => {
    const to = rowStart[row + 1] ?? 0;
    const earlierTo = rowStart[earlier + 1] ?? 0;
    let i = rowStart[row] ?? 0;
    let j = rowStart[earlier] ?? 0;
    while (i < to && j < earlierTo) {
      const end = ends[i] ?? 0;
      const earlierEnd = ends[j] ?? 0;
      // Ends lie one past the last voxel, so "not beyond" includes neighbours across a corner.
      if ((starts[i] ?? 0) <= earlierEnd && (starts[j] ?? 0) <= end) unite(parents, i, j);
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
    const parent = parents[at] ?? at;
    if (parent === at) return at;
    const above = parents[parent] ?? parent;
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
  const { shape, rowStart, starts, ends } = runs;
  const height = shape[1];
  const count = voxels.length;
  const sums = [0, 1, 2].map(() => new Float64Array(count));
  const least = [0, 1, 2].map(() => new Int32Array(count).fill(0x7fffffff));
  const most = [0, 1, 2].map(() => new Int32Array(count).fill(-1));
  const note = (axis: number, c: number, first: number, last: number, weight: number) => {
    const sum = sums[axis];
    const low = least[axis];
    const high = most[axis];
    if (!sum || !low || !high) return;
    sum[c] = (sum[c] ?? 0) + ((first + last) / 2) * weight;
    low[c] = Math.min(low[c] ?? 0, first);
    high[c] = Math.max(high[c] ?? 0, last);
  };
  eachListed(runs, componentOf, count, (c, row, i) => {
    const z = Math.floor(row / height);
    const y = row - z * height;
    const first = starts[i] ?? 0;
    const last = (ends[i] ?? 0) - 1;
    const size = last - first + 1;
    note(0, c, z, z, size);
    note(1, c, y, y, size);
    note(2, c, first, last, size);
  });
  const triple = (from: readonly { readonly [c: number]: number | undefined }[], c: number): Triple => [
    from[0]?.[c] ?? 0,
    from[1]?.[c] ?? 0,
    from[2]?.[c] ?? 0,
  ];
  const centres = sums.map((sum) => sum.map((total, c) => total / (voxels[c] || 1)));
  const examples = nearestVoxels(runs, componentOf, centres, rowStart.length - 1);
  return Array.from(voxels, (size, c) => ({
    voxels: size,
    box: { first: triple(least, c), last: triple(most, c) },
    example: triple(examples, c),
  }));
}

/** For each listed component, the voxel nearest to its centre; the first in case of a tie. */
function nearestVoxels(
  runs: MaskRuns,
  componentOf: Int32Array,
  centres: readonly Float64Array[],
  rows: number,
): Int32Array[] {
  const [cz, cy, cx] = centres;
  const count = cz?.length ?? 0;
  const best = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const out = [0, 1, 2].map(() => new Int32Array(count));
  const [oz, oy, ox] = out;
  if (!cz || !cy || !cx || !oz || !oy || !ox || rows === 0) return out;
  const height = runs.shape[1];
  eachListed(runs, componentOf, count, (c, row, i) => {
    const z = Math.floor(row / height);
    const y = row - z * height;
    const first = runs.starts[i] ?? 0;
    const last = (runs.ends[i] ?? 0) - 1;
    const centre = cx[c] ?? 0;
    const x = Math.min(last, Math.max(first, Math.ceil(centre - 0.5)));
    const distance = (z - (cz[c] ?? 0)) ** 2 + (y - (cy[c] ?? 0)) ** 2 + (x - centre) ** 2;
    if (distance >= (best[c] ?? 0)) return;
    best[c] = distance;
    oz[c] = z;
    oy[c] = y;
    ox[c] = x;
  });
  return out;
}

/** Calls back for every run of the first `count` components: component, row, run. */
function eachListed(
  runs: MaskRuns,
  componentOf: Int32Array,
  count: number,
  call: (component: number, row: number, run: number) => void,
): void {
  const { rowStart } = runs;
  const [firstRow, endRow] = rowsWithRuns(runs);
  for (let row = firstRow; row < endRow; row++) {
    const to = rowStart[row + 1] ?? 0;
    for (let i = rowStart[row] ?? 0; i < to; i++) {
      const c = componentOf[i] ?? 0;
      if (c < count) call(c, row, i);
    }
  }
}
