/** Turns resampled palette entries into a label volume with the values that nnU-Net's number type holds. */
import type { Grid } from "../geometry/grid.ts";
import { castTo } from "../volume/number-cast.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import type { Entries, SliceSource } from "./slice-source.ts";

interface TrainedVolume {
  readonly volume: PaletteVolume;
  readonly type: "int8" | "int16";
  readonly gapVoxels: number;
}

/** Voxels per step: a few milliseconds. */
const STEP_VOXELS = 1 << 20;

/**
 * Gaps become background; labels without voxels leave the palette. Yields the completed fraction, 0..1, after
 * every step.
 *
 * @param entries are overwritten
 */
export function* trainedVolume(
  grid: Grid,
  { labels, gap }: Pick<SliceSource, "labels" | "gap">,
  entries: Entries,
): Generator<number, TrainedVolume> {
  const voxels = new Float64Array(gap + 1);
  for (let from = 0; from < entries.length; from += STEP_VOXELS) {
    countEntries(entries.subarray(from, from + STEP_VOXELS), voxels);
    yield from / entries.length / 2;
  }
  // The gap comes last, and counts as background.
  const found = [...labels, 0].map((label, entry) => ({ label, voxels: voxels[entry] ?? 0 }));
  const present = found.filter((its) => its.voxels > 0);
  const bits = present.some(({ label }) => label > 127) ? 16 : 8;
  const palette = Float64Array.from(new Set(present.map(({ label }) => castTo(bits, label)))).sort();
  const entryOfValue = new Map([...palette].map((value, entry) => [value, entry]));
  const entryOf = Uint16Array.from(found, ({ label }) => entryOfValue.get(castTo(bits, label)) ?? 0);
  const counts = new Float64Array(palette.length);
  for (const [entry, its] of found.entries()) {
    const to = entryOf[entry] ?? 0;
    counts[to] = (counts[to] ?? 0) + its.voxels;
  }
  if (entryOf.some((to, entry) => to !== entry && voxels[entry])) {
    for (let from = 0; from < entries.length; from += STEP_VOXELS) {
      replaceEntries(entries.subarray(from, from + STEP_VOXELS), entryOf);
      yield 0.5 + from / entries.length / 2;
    }
  }
  return {
    volume: { grid, palette, indices: entries, counts },
    type: `int${bits}`,
    gapVoxels: voxels[gap] ?? 0,
  };
}

function countEntries(entries: Entries, voxels: Float64Array): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    voxels[entry] = (voxels[entry] ?? 0) + 1;
  }
}

function replaceEntries(entries: Entries, entryOf: Uint16Array): void {
  for (let i = 0; i < entries.length; i++) entries[i] = entryOf[entries[i] ?? 0] ?? 0;
}
