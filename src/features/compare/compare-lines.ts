/** The lines of the table of a comparison, filtered and sorted. */
import { diceOf, type OverlapCount, type OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import type { RowFilter, RowOrder } from "../../domain/view/view-values.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";

export interface CompareLine {
  readonly channel: number;
  readonly name: string;
  readonly nameInB: string | null;
  readonly hex: string;
  /** Null until it is counted. */
  readonly count: OverlapCount | null;
  /** Null until it is counted, and if both sides are empty. */
  readonly dice: number | null;
  /** The only side with voxels; null if both or none have. */
  readonly onlyIn: "A" | "B" | null;
}

/** One line per channel: the regions, then what no region of the case matches. */
export function compareLines(
  { rows, regions }: CompareQuery,
  regionRows: readonly RegionRow[],
  counts: OverlapCounts | null,
): readonly CompareLine[] {
  return rows.map(({ name, nameInB, color }, channel) => {
    const count = counts?.regions[channel] ?? null;
    const ofRegion = channel < regions ? regionRows[channel] : undefined;
    return {
      channel,
      name,
      nameInB,
      hex: ofRegion?.hex ?? hexFromRgb(color),
      count,
      dice: count && diceOf(count),
      onlyIn: count && onlyIn(count),
    };
  });
}

function onlyIn({ a, b }: OverlapCount): CompareLine["onlyIn"] {
  if (a > 0 && b === 0) return "A";
  return b > 0 && a === 0 ? "B" : null;
}

/** Before anything is counted, every line passes every filter. */
export function passes({ count, dice, onlyIn: side }: CompareLine, filter: RowFilter): boolean {
  if (!count || filter === "all") return true;
  if (filter === "differ") return dice !== null && dice < 1;
  return side === (filter === "only-a" ? "A" : "B");
}

/** By Dice; lines that are empty on both sides have none and come last. */
export function sorted(lines: readonly CompareLine[], order: RowOrder): readonly CompareLine[] {
  if (order === "list") return lines;
  const sign = order === "lowest" ? 1 : -1;
  return [...lines].sort((a, b) =>
    a.dice === null || b.dice === null
      ? Number(a.dice === null) - Number(b.dice === null)
      : sign * (a.dice - b.dice),
  );
}
