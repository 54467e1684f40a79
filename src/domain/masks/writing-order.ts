/**
 * Chooses the order for writing regions so that a prediction keeps as much as possible.
 *
 * nnU-Net writes one label per region in turn, and later regions overwrite earlier ones
 * (`LabelManager.convert_probabilities_to_segmentation`). So a combination of regions comes back as itself
 * only if the last of them to be written writes its label, and at most as many combinations come back as
 * there are regions. Seen from the end: the last region keeps one of its combinations and all others with it
 * are lost; then the same holds for the region before it, among what is left.
 */
import { keepMost, MAX_EXACT } from "./exact-writing-order.ts";

/** Regions that share voxels: a combination of masks, with the value of keeping it. */
export interface WeighedCombination {
  readonly masks: readonly number[];
  readonly weight: number;
}

export interface WritingOrder {
  /** Indices of regions in writing order. */
  readonly order: readonly number[];
  /** By region: index of the combination that it writes; null if later regions overwrite all its voxels. */
  readonly writes: readonly (number | null)[];
  /**
   * True if no order keeps more; always so if everything is kept, or if only few regions compete with each
   * other.
   */
  readonly exact: boolean;
}

/**
 * The order that loses the least weight. Regions with at most one combination left are written last, which
 * never loses more. Of the others, those that overlap are handled together: up to {@link MAX_EXACT} in every
 * order, more of them one at a time, with the cheapest last. Regions stay in their order if it makes no
 * difference, with parents before their children.
 */
export function bestWritingOrder(regions: number, combinations: readonly WeighedCombination[]): WritingOrder {
  const elimination = new Elimination(regions, combinations);
  const exact = elimination.complete();
  const order = parentsFirst(elimination.lastFirst.toReversed(), regions, combinations);
  return { order, writes: heaviestOfEach(order, combinations), exact };
}

/**
 * Removes regions from the last written to the first; a combination disappears with the first of its regions.
 */
class Elimination {
  /** Regions in order of removal. */
  readonly lastFirst: number[] = [];
  readonly #combinations: readonly WeighedCombination[];
  /** By region: its combinations. */
  readonly #of: readonly (readonly number[])[];
  readonly #isLeft: Uint8Array;
  /** By region: how many of its combinations are left. */
  readonly #left: number[];
  readonly #isTaken: Uint8Array;

  constructor(regions: number, combinations: readonly WeighedCombination[]) {
    const of: number[][] = Array.from({ length: regions }, () => []);
    for (const [c, { masks }] of combinations.entries()) for (const mask of masks) of[mask]?.push(c);
    this.#combinations = combinations;
    this.#of = of;
    this.#left = of.map((list) => list.length);
    this.#isLeft = new Uint8Array(combinations.length).fill(1);
    this.#isTaken = new Uint8Array(regions);
  }

  /** @returns whether no order keeps more */
  complete(): boolean {
    let exact = true;
    const waiting = [Array.from(this.#of, (_, region) => region)];
    for (let group = waiting.pop(); group; group = waiting.pop()) {
      const rest = this.#takeFree(group);
      for (const together of this.#groupsOf(rest)) {
        if (together.length <= MAX_EXACT) this.#takeBest(together);
        else {
          exact = false;
          this.#take(this.#cheapest(together));
          waiting.push(together.filter((region) => !this.#isTaken[region]));
        }
      }
    }
    return exact;
  }

  #take(region: number): void {
    this.#isTaken[region] = 1;
    this.lastFirst.push(region);
    for (const c of this.#of[region] ?? []) {
      if (!this.#isLeft[c]) continue;
      this.#isLeft[c] = 0;
      for (const mask of this.#combinations[c]?.masks ?? []) this.#left[mask] = (this.#left[mask] ?? 0) - 1;
    }
  }

  /** Removes regions, the last first, while one has at most one combination left. @returns the others */
  #takeFree(group: readonly number[]): number[] {
    const rest = [...group].sort((a, b) => a - b);
    for (;;) {
      const at = rest.findLastIndex((region) => (this.#left[region] ?? 0) <= 1);
      const region = rest[at];
      if (region === undefined) return rest;
      rest.splice(at, 1);
      this.#take(region);
    }
  }

  /**
   * Regions that share combinations, directly or through others; the group with the last region comes first.
   */
  #groupsOf(regions: readonly number[]): number[][] {
    const seen = new Set<number>();
    const found: number[][] = [];
    for (const first of regions.toReversed()) {
      if (seen.has(first)) continue;
      seen.add(first);
      const group = [first];
      for (let i = 0; i < group.length; i++) {
        for (const c of this.#leftOf(group[i] ?? 0)) {
          for (const mask of this.#combinations[c]?.masks ?? []) {
            if (seen.has(mask)) continue;
            seen.add(mask);
            group.push(mask);
          }
        }
      }
      found.push(group.sort((a, b) => a - b));
    }
    return found;
  }

  #leftOf(region: number): number[] {
    return (this.#of[region] ?? []).filter((c) => this.#isLeft[c]);
  }

  #takeBest(regions: readonly number[]): void {
    const bit = new Map(regions.map((region, i) => [region, i]));
    const used = new Set(regions.flatMap((region) => this.#leftOf(region)));
    const sets = [...used].map((c) => {
      const { masks, weight } = this.#combinations[c] ?? { masks: [], weight: 0 };
      return { set: masks.reduce((bits, mask) => bits | (1 << (bit.get(mask) ?? 0)), 0), weight };
    });
    for (const i of keepMost(regions.length, sets)) this.#take(regions[i] ?? 0);
  }

  /** The region that loses least when written after all remaining ones; the last in case of a tie. */
  #cheapest(regions: readonly number[]): number {
    let best = regions[0] ?? 0;
    let least = Number.POSITIVE_INFINITY;
    for (const region of regions) {
      const weights = this.#leftOf(region).map((c) => this.#combinations[c]?.weight ?? 0);
      const loses = weights.reduce((sum, weight) => sum + weight, 0) - weights.reduce(larger, 0);
      if (loses > least) continue;
      least = loses;
      best = region;
    }
    return best;
  }
}

const larger = (a: number, b: number) => Math.max(a, b);

/**
 * Moves each region after the last one that contains it, largest first. This loses nothing: the child now
 * writes what the parent wrote with the child in it, and everything else stays.
 */
function parentsFirst(
  order: readonly number[],
  regions: number,
  combinations: readonly WeighedCombination[],
): number[] {
  const shared = new Uint32Array(regions * regions);
  for (const { masks } of combinations) {
    for (const a of masks)
      for (const b of masks) shared[a * regions + b] = (shared[a * regions + b] ?? 0) + 1;
  }
  const both = (a: number, b: number) => shared[a * regions + b] ?? 0;
  const held = (region: number) => both(region, region);
  const isWithin = (child: number, parent: number) =>
    held(child) < held(parent) && both(child, parent) === held(child);
  const arranged = [...order];
  for (const child of order.toSorted((a, b) => held(b) - held(a))) {
    const at = arranged.indexOf(child);
    const parent = arranged.findLastIndex((other) => isWithin(child, other));
    if (parent < at) continue;
    arranged.splice(parent + 1, 0, child);
    arranged.splice(at, 1);
  }
  return arranged;
}

/** For each region the heaviest combination in which it is written last; the first in case of a tie. */
function heaviestOfEach(
  order: readonly number[],
  combinations: readonly WeighedCombination[],
): (number | null)[] {
  const place = new Map(order.map((region, i) => [region, i]));
  const writes = order.map((): number | null => null);
  for (const [c, { masks, weight }] of combinations.entries()) {
    const last = masks.reduce((a, b) => ((place.get(b) ?? -1) > (place.get(a) ?? -1) ? b : a), masks[0] ?? 0);
    const before = writes[last] ?? null;
    if (before === null || weight > (combinations[before]?.weight ?? 0)) writes[last] = c;
  }
  return writes;
}
