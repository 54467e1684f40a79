/** Tests which row of a comparison is chosen. */
import { afterEach, expect, test } from "vitest";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { chooseRow, chosenChannel } from "./difference-steps.ts";

const initial = useStore.getInitialState();
afterEach(() => useStore.setState(initial, true));

/** Two regions of the case, then labels that only B has. */
const query = {
  regions: 2,
  rows: ["liver", "spleen", "label 40", "label 41"].map((name) => ({
    name,
    nameInB: null,
    color: [1, 1, 1],
  })),
} as unknown as CompareQuery;

test("a row is chosen by its name: that of the selected region, or one that is no region", () => {
  const state = useStore.getState;
  const chosen = () => chosenChannel(query, state().selectedRegion, state().compareRow);
  expect(chosen()).toBeNull();
  for (const channel of [1, 3, 0, 2]) {
    chooseRow(query, channel);
    expect(chosen()).toBe(channel);
  }
  expect([state().selectedRegion, state().compareRow]).toEqual([null, "label 40"]);
  // Of another comparison, whose rows are others.
  const other = { ...query, rows: query.rows.toReversed(), regions: 0 };
  expect(chosenChannel(other, null, "label 40")).toBe(1);
  expect(chosenChannel({ ...query, rows: query.rows.slice(0, 2) }, null, "label 40")).toBeNull();
  // A region that the comparison does not have, and a row of the name of a region.
  expect(chosenChannel(query, "label 40", null)).toBeNull();
  expect(chosenChannel(query, null, "liver")).toBeNull();
  expect(chosenChannel(query, "kidney", "label 40")).toBeNull();
});
