/** Tests the best order for writing regions. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { bestWritingOrder, type WeighedCombination, type WritingOrder } from "./writing-order.ts";

/** Weight that survives writing: each region writes one combination over the existing ones. */
function keptBy({ order, writes }: WritingOrder, combinations: readonly WeighedCombination[]): number {
  return combinations.reduce((sum, { masks, weight }, c) => {
    let written: number | null = null;
    for (const region of order) if (masks.includes(region)) written = writes[region] ?? null;
    return written === c ? sum + weight : sum;
  }, 0);
}

/** Weight that an order keeps if each region writes its heaviest combination. */
function mostOf(order: readonly number[], combinations: readonly WeighedCombination[]): number {
  const heaviest = new Map<number, number>();
  for (const { masks, weight } of combinations) {
    const last = order.findLast((region) => masks.includes(region)) ?? 0;
    heaviest.set(last, Math.max(heaviest.get(last) ?? 0, weight));
  }
  return [...heaviest.values()].reduce((a, b) => a + b, 0);
}

/** The largest weight that any order keeps. */
function mostOfAll(regions: number, combinations: readonly WeighedCombination[]): number {
  let most = 0;
  const go = (order: readonly number[], rest: readonly number[]) => {
    if (rest.length === 0) most = Math.max(most, mostOf(order, combinations));
    for (const next of rest)
      go(
        [...order, next],
        rest.filter((region) => region !== next),
      );
  };
  go([], rangeOf(regions));
  return most;
}

const rangeOf = (length: number) => Array.from({ length }, (_, i) => i);

function randomCombinations(regions: number, wanted: number, seed: number): WeighedCombination[] {
  const random = randomFrom(seed);
  const found = new Map<string, WeighedCombination>();
  for (let n = 0; n < wanted; n++) {
    const density = 0.15 + random() * 0.5;
    const masks = rangeOf(regions).filter(() => random() < density);
    if (masks.length > 0) found.set(masks.join(), { masks, weight: 1 + Math.floor(random() ** 3 * 500) });
  }
  return [...found.values()];
}

const total = (combinations: readonly WeighedCombination[]) =>
  combinations.reduce((sum, { weight }) => sum + weight, 0);

describe("the best order of writing", () => {
  it("keeps as much as the best of all orders, for one to six regions", () => {
    for (let seed = 1; seed <= 120; seed++) {
      const regions = 1 + (seed % 6);
      const combinations = randomCombinations(regions, 1 + (seed % 17), seed);
      const found = bestWritingOrder(regions, combinations);
      expect(found.exact).toBe(true);
      expect([...found.order].sort((a, b) => a - b)).toEqual(rangeOf(regions));
      expect(keptBy(found, combinations), `seed ${seed}`).toBe(mostOfAll(regions, combinations));
    }
  });

  it("is unchanged for masks that do not overlap, and puts children after parents", () => {
    const alone = [0, 1, 2].map((mask) => ({ masks: [mask], weight: 5 }));
    expect(bestWritingOrder(3, alone)).toEqual({ order: [0, 1, 2], writes: [0, 1, 2], exact: true });
    // 2 contains 0, which contains 1.
    const nested = [
      { masks: [2], weight: 1 },
      { masks: [0, 2], weight: 9 },
      { masks: [0, 1, 2], weight: 5 },
    ];
    expect(bestWritingOrder(3, nested)).toEqual({ order: [2, 0, 1], writes: [1, 2, 0], exact: true });
  });

  it("puts a parent before the regions that make it up", () => {
    const made = [
      { masks: [0, 2], weight: 9 },
      { masks: [1, 2], weight: 5 },
    ];
    expect(bestWritingOrder(3, made)).toEqual({ order: [2, 0, 1], writes: [0, 1, null], exact: true });
  });

  it("loses nothing of 60 regions in a chain, each overlapping the next", () => {
    // Only one of two neighbours occurs alone: 60 combinations for 60 regions.
    const chain = Array.from({ length: 60 }, (_, i) => ({
      masks: i === 59 ? [i] : [i, i + 1],
      weight: 1 + i,
    }));
    const found = bestWritingOrder(60, chain);
    expect(found.exact).toBe(true);
    expect(keptBy(found, chain)).toBe(total(chain));
  });

  it("is found separately for groups that do not overlap: 80 regions in groups of four", () => {
    const groups = Array.from({ length: 20 }, (_, g) =>
      randomCombinations(4, 12, 900 + g).map(({ masks, weight }) => ({
        masks: masks.map((m) => 4 * g + m),
        weight,
      })),
    );
    const found = bestWritingOrder(80, groups.flat());
    expect(found.exact).toBe(true);
    const each = groups.map((group, g) =>
      mostOfAll(
        4,
        group.map(({ masks, weight }) => ({ masks: masks.map((m) => m - 4 * g), weight })),
      ),
    );
    expect(keptBy(found, groups.flat())).toBe(each.reduce((a, b) => a + b, 0));
  });

  it("is not exact if too many regions overlap, but keeps more than the given order", () => {
    const combinations = randomCombinations(40, 3000, 77);
    const found = bestWritingOrder(40, combinations);
    expect(found.exact).toBe(false);
    const kept = keptBy(found, combinations);
    expect(kept).toBe(mostOf(found.order, combinations));
    expect(kept).toBeGreaterThan(mostOf(rangeOf(40), combinations));
    expect(found.order.toSorted((a, b) => a - b)).toEqual(rangeOf(40));
  });
});
