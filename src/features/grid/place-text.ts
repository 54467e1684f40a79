/** Says in which slices a region lies that is not in the slice that is shown. */
import type { SlicesElsewhere } from "../../state/regions/slices-elsewhere.ts";

/** Within a gap between parts of the region, the ends of the gap say more. */
export function placeText(elsewhere: SlicesElsewhere | null): string | null {
  if (!elsewhere) return null;
  const { first, last, around } = elsewhere;
  if (around) return `slices ≤${around[0]}, ≥${around[1]}`;
  return first === last ? `slice ${first}` : `slices ${first}–${last}`;
}

/** The same in words. */
export function spokenPlace(text: string): string {
  return text.replace(/≤(\d+), ≥/, "up to $1 and from ");
}
