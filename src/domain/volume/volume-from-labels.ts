/** Builds palette volumes from label values in memory. */
import type { Grid } from "../geometry/grid.ts";
import type { PaletteVolume } from "./palette-volume.ts";

/**
 * A palette volume of label values that are all in memory (C order over `grid.shape`). Files are read
 * incrementally instead.
 */
export function volumeFromLabels(grid: Grid, labels: ArrayLike<number>): PaletteVolume {
  const distinct = new Set<number>();
  let previous = Number.NaN;
  for (let i = 0; i < labels.length; i++) {
    const value = labels[i] ?? 0;
    // Neighbours are mostly equal, and comparing is cheaper than hashing.
    if (value !== previous) distinct.add(value);
    previous = value;
  }
  const palette = Float64Array.from(distinct).sort();
  const indexOf = new Map([...palette].map((value, p) => [value, p]));
  const indices = palette.length <= 256 ? new Uint8Array(labels.length) : new Uint16Array(labels.length);
  const counts = new Float64Array(palette.length);
  let index = 0;
  previous = Number.NaN;
  for (let i = 0; i < labels.length; i++) {
    const value = labels[i] ?? 0;
    if (value !== previous) index = indexOf.get(value) ?? 0;
    previous = value;
    indices[i] = index;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { grid, palette, indices, counts };
}
