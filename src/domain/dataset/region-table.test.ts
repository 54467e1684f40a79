/** Tests which palette entries belong to which channels. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import {
  channelEntries,
  entriesOfChannel,
  type RegionTable,
  regionCounts,
  regionTable,
} from "./region-table.ts";

const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });

/** The palette entries of a channel, read directly from the bits. */
function held({ bits, paletteSize }: RegionTable, channel: number): number[] {
  const at = (channel >>> 5) * paletteSize;
  return Array.from({ length: paletteSize }, (_, p) => p).filter(
    (p) => (((bits[at + p] ?? 0) >>> (channel & 31)) & 1) === 1,
  );
}

describe("channelEntries", () => {
  const palette = Float64Array.from({ length: 61 }, (_, i) => i - 1);
  const random = randomFrom(3);
  const some = Array.from({ length: 70 }, () =>
    region(Array.from({ length: 6 }, () => Math.floor(random() * 60))),
  );
  const table = regionTable(palette, [...some, region([0, 0, 7, 7]), region([99])]);

  it("agrees with the bits, also for -1 and labels listed twice", () => {
    for (let channel = 0; channel < table.channels; channel++)
      expect([...entriesOfChannel(table, channel)]).toEqual(held(table, channel));
    expect([...entriesOfChannel(table, 70)]).toEqual([0, 1, 8]);
    expect([...entriesOfChannel(table, 71)]).toEqual([]);
  });

  it("is the same for a cloned table, such as one from a worker", () => {
    expect(channelEntries(structuredClone(table))).toEqual(channelEntries(table));
  });

  it("gives the voxel counts of every channel by adding up its entries", () => {
    const voxels = Array.from(palette, (_, p) => p * p + 1);
    const expected = Array.from({ length: table.channels }, (_, c) =>
      held(table, c).reduce((sum, p) => sum + (voxels[p] ?? 0), 0),
    );
    expect(regionCounts(table, voxels)).toEqual(expected);
  });
});
