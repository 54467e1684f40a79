/** Finds the best writing order of a few regions by trying all orders. */

/**
 * Maximum number of regions to try in every order: that is 2^16 sets, each of which takes 256 steps and 128
 * bytes.
 */
export const MAX_EXACT = 16;

/** Regions as bits, with the value of keeping their combination. */
interface WeighedSet {
  readonly set: number;
  readonly weight: number;
}

/**
 * Finds what the best order keeps for each set of regions: the last region keeps the heaviest combination
 * within the set that contains it, and the others form a smaller set.
 *
 * @param regions at most {@link MAX_EXACT}
 * @param combinations distinct sets
 * @returns regions, the last to be written first; among equal orders the one with higher regions later
 */
export function keepMost(regions: number, combinations: readonly WeighedSet[]): number[] {
  const sets = 1 << regions;
  const heaviest = heaviestWithin(regions, combinations);
  const kept = new Float64Array(sets);
  const last = new Int8Array(sets);
  for (let set = 1; set < sets; set++) {
    let most = -1;
    for (let region = 0; region < regions; region++) {
      if (((set >>> region) & 1) === 0) continue;
      const keeps = (heaviest[set * regions + region] ?? 0) + (kept[set ^ (1 << region)] ?? 0);
      if (keeps < most) continue;
      most = keeps;
      last[set] = region;
    }
    kept[set] = most;
  }
  const lastFirst: number[] = [];
  for (let set = sets - 1; set !== 0; ) {
    const region = last[set] ?? 0;
    lastFirst.push(region);
    set ^= 1 << region;
  }
  return lastFirst;
}

/**
 * Indexed by `set * regions + region`: the weight of the heaviest combination within the set that contains
 * the region; 0 without one.
 */
function heaviestWithin(regions: number, combinations: readonly WeighedSet[]): Float64Array {
  const sets = 1 << regions;
  const own = new Float64Array(sets);
  for (const { set, weight } of combinations) own[set] = weight;
  const heaviest = new Float64Array(sets * regions);
  for (let set = 1; set < sets; set++) {
    for (let region = 0; region < regions; region++) {
      if (((set >>> region) & 1) === 0) continue;
      let most = own[set] ?? 0;
      for (let without = 0; without < regions; without++) {
        if (without === region || ((set >>> without) & 1) === 0) continue;
        most = Math.max(most, heaviest[(set ^ (1 << without)) * regions + region] ?? 0);
      }
      heaviest[set * regions + region] = most;
    }
  }
  return heaviest;
}
