/** Tests which layers are drawn of a comparison, beside those of the regions. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../actions/case-actions.ts";
import { comparedDrawn } from "../actions/compare-actions.ts";
import { toggleHidden } from "../actions/view-actions.ts";
import type { CompareQuery } from "../slices/compare-slice.ts";
import { useStore } from "../store.ts";
import { caseOf, PLANS } from "../testing/test-case.ts";
import { selectComparedLayers } from "./layer-selectors.ts";

const initial = useStore.getInitialState();
afterEach(() => useStore.setState(initial, true));

const VOLUME = volumeOf([1, 1, 4], [0, 1, 7, 9]);

beforeEach(() => {
  const definition = definitionOf({ background: 0, organ: 1 }, null);
  caseOpened({ openCase: caseOf(VOLUME), definition, plans: PLANS, notices: [] });
});

/** @param more labels of the rows that are no region; those that A lacks are only in B */
function draw(kind: CompareQuery["kind"], more: readonly number[]): void {
  const labels = [1, ...more];
  const regions = labels.map((label) => ({
    name: `label ${label}`,
    labels: [label],
    classOrder: null,
    ignore: false,
  }));
  comparedDrawn({
    kind,
    a: { table: regionTable(VOLUME.palette, regions) },
    channels: labels.length,
    rows: regions.map(({ name }) => ({ name, nameInB: null, color: [1, 0, 0] })),
    regions: 1,
  } as unknown as CompareQuery);
}

const drawn = () => selectComparedLayers(useStore.getState()).map(({ name, channel }) => [name, channel]);

test("labels in no region are drawn row by row beside another file, and as everywhere beside another scale", () => {
  draw("scale", []);
  const [organ, rest] = [
    ["organ", 0],
    [IN_NO_REGION, 1],
  ];
  expect(drawn()).toEqual([organ, rest]);
  draw("file", [7, 9, 40]);
  expect(drawn()).toEqual([["label 7", 1], ["label 9", 2], ["label 40", 3], organ]);
});

test("beside another definition, what neither side has in a region is not drawn as another channel", () => {
  draw("definition", []);
  expect(drawn()).toEqual([["organ", 0]]);
});

test("they are hidden and shown alone with the row of labels in no region; what only B has is shown without", () => {
  draw("file", [7, 9, 40]);
  useStore.setState({ solo: IN_NO_REGION });
  expect(drawn()).toEqual([
    ["label 7", 1],
    ["label 9", 2],
  ]);
  useStore.setState({ solo: "organ" });
  expect(drawn()).toEqual([["organ", 0]]);
  useStore.setState({ solo: null });
  toggleHidden(IN_NO_REGION);
  expect(drawn()).toEqual([
    ["label 40", 3],
    ["organ", 0],
  ]);
});
