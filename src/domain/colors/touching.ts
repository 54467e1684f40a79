/** Finds which regions touch or overlap, by the labels of neighbouring voxels. */
import type { Region } from "../dataset/region-set.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";

/** Volumes with more distinct values have hundreds of regions, which no colours tell apart. */
const MOST_ENTRIES = 1024;
/**
 * About this many voxels are looked at, whole rows of them, so that a large case takes no longer: about 20
 * ms.
 */
const MOST_VOXELS = 4_000_000;

/**
 * For each region, those that share a label with it or have voxels that share a face with its voxels, by
 * index. Null if the volume has too many distinct values.
 */
export function touchingRegions(volume: PaletteVolume, regions: readonly Region[]): number[][] | null {
  const count = volume.palette.length;
  if (count > MOST_ENTRIES) return null;
  const near = touchingEntries(volume);
  const entryOf = new Map([...volume.palette].map((value, entry) => [value, entry]));
  const labels = regions.map((region) => new Set(region.labels));
  const reached = labels.map((own) => {
    const all = new Set(own);
    for (const label of own) {
      const entry = entryOf.get(label);
      if (entry === undefined) continue;
      for (let other = 0; other < count; other++)
        if (near[entry * count + other]) all.add(volume.palette[other] ?? 0);
    }
    return all;
  });
  return reached.map((all, a) =>
    labels.flatMap((own, b) => (a !== b && [...own].some((label) => all.has(label)) ? [b] : [])),
  );
}

/** 1 at `a * palette.length + b` if voxels of the palette entries a and b share a face, in both orders. */
function touchingEntries({ grid, palette, indices }: PaletteVolume): Uint8Array {
  const [depth, height, width] = grid.shape;
  const count = palette.length;
  const near = new Uint8Array(count * count);
  const every = Math.max(1, Math.ceil((depth * height * width) / MOST_VOXELS));
  for (let z = 0; z < depth; z++)
    // Each slice begins with another row, so that every row is looked at in some slices.
    for (let y = z % every; y < height; y += every) {
      const at = (z * height + y) * width;
      const below = y < height - 1 ? width : 0;
      const behind = z < depth - 1 ? width * height : 0;
      for (let i = at; i < at + width; i++) {
        const a = indices[i] ?? 0;
        const right = indices[i + 1 < at + width ? i + 1 : i] ?? 0;
        if (right !== a) near[a * count + right] = 1;
        const under = indices[i + below] ?? 0;
        if (under !== a) near[a * count + under] = 1;
        const next = indices[i + behind] ?? 0;
        if (next !== a) near[a * count + next] = 1;
      }
    }
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++)
      near[a * count + b] = near[b * count + a] = (near[a * count + b] ?? 0) | (near[b * count + a] ?? 0);
  return near;
}
