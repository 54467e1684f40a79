/** Tests of the channel of labels in no region. */
import { expect, test } from "vitest";
import { entriesOfChannel, regionTable } from "./region-table.ts";
import { tableWithRest } from "./table-with-rest.ts";

const PALETTE = Float64Array.of(-2, -1, 0, 1, 2, 7.5, 9);

function regionsOf(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    name: `r${i}`,
    labels: [1 + (i % 2)],
    classOrder: null,
    ignore: false,
  }));
}

// 32 regions fill a word, so that the new channel starts the next one.
test.each([1, 2, 31, 32, 33])("the last of %i + 1 channels has what no region has", (count) => {
  const table = regionTable(PALETTE, regionsOf(count));
  const rest = tableWithRest(table, PALETTE);
  expect([rest.channels, rest.words]).toEqual([count + 1, Math.ceil((count + 1) / 32)]);
  for (let channel = 0; channel < count; channel++) {
    expect(entriesOfChannel(rest, channel)).toEqual(entriesOfChannel(table, channel));
  }
  // Label 2 is in no region if there is only one.
  expect([...entriesOfChannel(rest, count)]).toEqual(count === 1 ? [0, 4, 5, 6] : [0, 5, 6]);
});
