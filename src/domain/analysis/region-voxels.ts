/**
 * Counts voxels of every region at every scale on the CPU, in time proportional to the voxels, not the
 * regions: a label volume needs one histogram of palette entries per scale.
 */
import { type RegionTable, regionCounts } from "../dataset/region-table.ts";
import { type AxisTables, isIdentity } from "../targets/deep-supervision.ts";
import { type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";
import { maskRunsOf } from "./rle-mask.ts";
import { samplesBefore } from "./samples-before.ts";

/**
 * @param table null for masks
 * @param scales source indices per axis, one triple per scale
 * @returns `[scale][channel]`
 * @throws Error for a label volume without its region table
 */
export function regionVoxels(
  source: Source,
  table: RegionTable | null,
  scales: readonly AxisTables[],
): number[][] {
  if (source.kind === "masks") return maskVoxels(source, scales);
  if (!table) throw new Error("the regions of a label volume need the region table");
  return scales.map((tables) => regionCounts(table, entryVoxels(source.volume, tables)));
}

/** Voxels of each palette entry at one scale. */
export function entryVoxels(
  { grid, indices, counts, palette }: PaletteVolume,
  tables: AxisTables,
): Float64Array {
  if (isIdentity(tables, grid.shape)) return counts;
  const [, height, width] = grid.shape;
  const [zs, ys, xs] = tables;
  const voxels = new Float64Array(palette.length);
  for (const z of zs)
    for (const y of ys) {
      const row = (z * height + y) * width;
      for (const x of xs) {
        const entry = indices[row + x] ?? 0;
        voxels[entry] = (voxels[entry] ?? 0) + 1;
      }
    }
  return voxels;
}

/** Masks share no entries, so this counts each mask's runs in the rows that a scale samples. */
function maskVoxels(source: Extract<Source, { kind: "masks" }>, scales: readonly AxisTables[]): number[][] {
  const [, height, width] = sourceGrid(source).shape;
  const runsOf = maskRunsOf(source, null);
  const before = scales.map(([, , xs]) => samplesBefore(xs, width));
  const voxels = scales.map(() => new Array<number>(source.stack.bitPlanes.length).fill(0));
  for (const channel of source.stack.bitPlanes.keys()) {
    const { rowStart, starts, ends } = runsOf(channel);
    for (const [s, [zs, ys]] of scales.entries()) {
      const samples = before[s];
      const counts = voxels[s];
      if (!samples || !counts) continue;
      let sum = 0;
      for (const z of zs)
        for (const y of ys) {
          const row = z * height + y;
          const to = rowStart[row + 1] ?? 0;
          for (let i = rowStart[row] ?? 0; i < to; i++)
            sum += (samples[ends[i] ?? 0] ?? 0) - (samples[starts[i] ?? 0] ?? 0);
        }
      counts[channel] = sum;
    }
  }
  return voxels;
}
