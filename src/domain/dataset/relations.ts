/** Relates every region of a case to every other, by labels or by shared voxels. */
import { popcount } from "../../base/popcount.ts";
import { voxelCount } from "../geometry/grid.ts";
import type { MaskStack, PaletteVolume, Source } from "../volume/palette-volume.ts";
import { labelSet } from "./label-sets.ts";
import type { Region } from "./region-set.ts";
import { type RegionTable, regionTable } from "./region-table.ts";

/** The relation of region a to region b. A region that holds nothing is disjoint from all others. */
export type Relation = "identical" | "contains" | "inside" | "overlaps" | "disjoint";

/** A square table over the regions, in channel order. */
export class Relations {
  constructor(
    /** Number of regions, which is the side of the table. */
    readonly size: number,
    /**
     * `shared[a * size + b]` counts what regions a and b both hold: labels or voxels. The diagonal counts
     * what a holds.
     */
    readonly shared: Float64Array,
    readonly unit: "labels" | "voxels",
  ) {}

  /** Number of labels or voxels that region a holds. */
  sizeOf(a: number): number {
    return this.both(a, a);
  }

  both(a: number, b: number): number {
    return this.shared[a * this.size + b] ?? 0;
  }

  relation(a: number, b: number): Relation {
    if (a === b) return "identical";
    const both = this.both(a, b);
    if (both === 0) return "disjoint";
    const allOfA = both === this.sizeOf(a);
    const allOfB = both === this.sizeOf(b);
    if (allOfA && allOfB) return "identical";
    return allOfB ? "contains" : allOfA ? "inside" : "overlaps";
  }

  /** 2 · shared / (a + b), from 0 to 1; null if neither holds anything. */
  dice(a: number, b: number): number | null {
    const sum = this.sizeOf(a) + this.sizeOf(b);
    return sum === 0 ? null : (2 * this.both(a, b)) / sum;
  }
}

const KNOWN = new WeakMap<readonly Region[], Relations>();

/** Relates regions by the labels in their definition; cached per list of regions. */
export function labelRelations(regions: readonly Region[]): Relations {
  const known = KNOWN.get(regions);
  if (known) return known;
  const made = countLabels(regions);
  KNOWN.set(regions, made);
  return made;
}

function countLabels(regions: readonly Region[]): Relations {
  const members = new Map<number, number[]>();
  for (const [channel, region] of regions.entries()) {
    for (const label of new Set(region.labels)) {
      const known = members.get(label);
      if (known) known.push(channel);
      else members.set(label, [channel]);
    }
  }
  const shared = new Float64Array(regions.length ** 2);
  for (const channels of members.values()) addPairs(shared, regions.length, channels, 1);
  return new Relations(regions.length, shared, "labels");
}

/** Relates regions by the voxels of the open case. `regions` are the channels of `source`. */
export function voxelRelations(source: Source, regions: readonly Region[]): Relations {
  return source.kind === "labels"
    ? labelledVoxels(source.volume, regionTable(source.volume.palette, regions))
    : maskedVoxels(source.stack);
}

/** Uses the voxel count of each palette entry, without looking at voxels again. */
function labelledVoxels({ counts }: PaletteVolume, table: RegionTable): Relations {
  const { channels, words, paletteSize, bits } = table;
  const shared = new Float64Array(channels ** 2);
  const held: number[] = [];
  for (let p = 0; p < paletteSize; p++) {
    const voxels = counts[p] ?? 0;
    if (voxels === 0) continue;
    held.length = 0;
    for (let w = 0; w < words; w++) {
      for (let rest = bits[w * paletteSize + p] ?? 0; rest !== 0; rest &= rest - 1) {
        held.push(w * 32 + 31 - Math.clz32(rest & -rest));
      }
    }
    addPairs(shared, channels, held, voxels);
  }
  return new Relations(channels, shared, "voxels");
}

/**
 * Works on bit planes, 32 voxels at a time. Structures are compact: of hundreds of channels only a few have a
 * voxel in a given word, and only those are compared.
 */
function maskedVoxels({ grid, bitPlanes }: MaskStack): Relations {
  const size = bitPlanes.length;
  const shared = new Float64Array(size ** 2);
  const voxels = voxelCount(grid.shape);
  const words = Math.ceil(voxels / 32);
  const lastBits = voxels % 32 === 0 ? -1 : (1 << (voxels % 32)) - 1;
  const channels = new Uint16Array(size);
  const bits = new Uint32Array(size);
  for (let w = 0; w < words; w++) {
    let n = 0;
    for (let c = 0; c < size; c++) {
      const own = (bitPlanes[c]?.[w] ?? 0) & (w === words - 1 ? lastBits : -1);
      if (own === 0) continue;
      channels[n] = c;
      bits[n++] = own;
    }
    for (let i = 0; i < n; i++) {
      const row = (channels[i] ?? 0) * size;
      const own = bits[i] ?? 0;
      for (let j = i; j < n; j++) {
        const at = row + (channels[j] ?? 0);
        shared[at] = (shared[at] ?? 0) + popcount(own & (bits[j] ?? 0));
      }
    }
  }
  mirror(shared, size);
  return new Relations(size, shared, "voxels");
}

/** Adds `amount` to every pair of `channels` (ascending), in both directions. */
function addPairs(shared: Float64Array, size: number, channels: readonly number[], amount: number): void {
  for (const a of channels) {
    for (const b of channels) shared[a * size + b] = (shared[a * size + b] ?? 0) + amount;
  }
}

function mirror(shared: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) shared[a * size + b] = shared[b * size + a] ?? 0;
  }
}

export interface LabelDifference {
  readonly both: readonly number[];
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
}

/** Labels that two regions share, and labels that only one has, such as a missing or surplus label. */
export function labelDifference(a: Region, b: Region): LabelDifference {
  const [first, second] = [labelSet(a), labelSet(b)];
  return {
    both: [...first].filter((label) => second.has(label)),
    onlyA: [...first].filter((label) => !second.has(label)),
    onlyB: [...second].filter((label) => !first.has(label)),
  };
}
