/** Counts regions voxel by voxel, to compare the counts of histograms with. */
import { type RegionTable, regionCounts } from "../dataset/region-table.ts";
import { strideOf } from "../geometry/transpose.ts";
import type { AxisTables } from "../targets/deep-supervision.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";

/** Voxels of every channel among those that the tables name. */
export function regionVoxelsAt(
  source: Source,
  table: RegionTable | null,
  channels: number,
  [zs, ys, xs]: AxisTables,
): number[] {
  const [dz, dy] = strideOf(sourceGrid(source).shape);
  const each = (call: (voxel: number) => void) => {
    for (const z of zs) for (const y of ys) for (const x of xs) call(z * dz + y * dy + x);
  };
  if (source.kind === "labels") {
    if (!table) throw new Error("a channel of a label volume needs the region table");
    const entries = new Float64Array(table.paletteSize);
    const { indices } = source.volume;
    each((voxel) => {
      const entry = indices[voxel] ?? 0;
      entries[entry] = (entries[entry] ?? 0) + 1;
    });
    return regionCounts(table, entries);
  }
  return Array.from({ length: channels }, (_, c) => {
    const bitPlane = source.stack.bitPlanes[c] ?? new Uint32Array(0);
    let count = 0;
    each((voxel) => {
      count += ((bitPlane[voxel >>> 5] ?? 0) >>> (voxel & 31)) & 1;
    });
    return count;
  });
}
