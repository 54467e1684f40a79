/** Tests the colours of labels, and which labels the legend lists. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb, regionColor } from "../../domain/colors/region-colors.ts";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../actions/case-actions.ts";
import { colorChosen } from "../actions/edit-actions.ts";
import { setFields } from "../actions/fields-actions.ts";
import { setStyle } from "../actions/slices-actions.ts";
import { setActiveView, toggleHidden } from "../actions/view-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { colorsByLabel, whyNotByLabel } from "./color-source.ts";
import {
  entryStyles,
  selectEntryColors,
  selectLegendLabels,
  selectRegionLabels,
  shownEntryColors,
} from "./label-colors.ts";
import { selectLayers } from "./layer-selectors.ts";
import { selectRegionRows } from "./region-rows.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
const RED = [0.9, 0.3, 0.3] as const;
const GREEN = [0.4, 0.9, 0.4] as const;

beforeEach(() => {
  const labelNames = [
    { value: 2, name: "core", color: RED },
    { value: 3, name: "rim", color: GREEN },
  ];
  caseOpened({
    openCase: caseOf(volumeOf([1, 2, 3], [0, 1, 2, 3, 4, 4]), { labelNames }),
    definition: definitionOf({ background: 0, whole: [1, 2, 3], core: 2 }, [1, 2]),
    plans: null,
    notices: [],
  });
  setFields({ colorBy: "label" });
});
afterEach(() => useStore.setState(initial, true));

test("labels have their colours of the file, and the others automatic ones", () => {
  const [, one, two, three, four] = selectEntryColors(state());
  expect([two, three]).toEqual([RED, GREEN]);
  expect(new Set([one, four, RED, GREEN].map((color) => color && hexFromRgb(color))).size).toBe(4);
});

test("a label below zero that no region has is seen, unlike background", () => {
  const openCase = caseOf(volumeOf([1, 1, 4], [-2, -1, 0, 2]));
  caseOpened({
    openCase,
    definition: definitionOf({ background: 0, core: 2 }, []),
    plans: null,
    notices: [],
  });
  setFields({ colorBy: "label" });
  const colors = selectEntryColors(state()).map(hexFromRgb);
  expect(colors.map((hex) => hex === "#000000")).toEqual([false, false, true, false]);
  expect(selectLegendLabels(state())?.map(({ value }) => value)).toEqual([-2, -1, 2]);
});

test("without the file's colours, a region of one label has the same colour as its label", () => {
  setFields({ fileColors: false });
  const core = selectRegionRows(state())[1];
  expect(core?.color).toEqual(regionColor(1));
  expect(selectEntryColors(state())[2]).toEqual(core?.color);
  expect(selectEntryColors(state())[3]).not.toEqual(GREEN);
});

test("the user's colours take precedence over the file's", () => {
  colorChosen("core", [0.1, 0.2, 0.9]);
  expect(selectEntryColors(state())[2]).toEqual([0.1, 0.2, 0.9]);
});

test("only labels in shown regions are tinted and listed in the legend", () => {
  const fills = () => entryStyles(state(), selectLayers(state()))?.map(({ fill }) => fill > 0);
  expect(fills()).toEqual([false, true, true, true, false]);
  // Label 4 is in no region, whose row is hatched.
  expect(selectLegendLabels(state())?.map(({ name }) => name)).toEqual(["whole", "core", "rim", "label 4"]);
  toggleHidden(IN_NO_REGION);
  expect(selectLegendLabels(state())?.map(({ name }) => name)).toEqual(["whole", "core", "rim"]);
  toggleHidden("whole");
  expect(fills()).toEqual([false, false, true, false, false]);
  expect(selectLegendLabels(state())).toEqual([{ value: 2, name: "core", hex: hexFromRgb(RED) }]);
  setStyle("core", { drawing: "outline" });
  expect(fills()).toEqual([false, false, false, false, false]);
});

test("each region lists its labels, with a colour if the volume has them; none when colouring by region", () => {
  const colors = selectEntryColors(state()).map(hexFromRgb);
  expect(selectRegionLabels(state())).toEqual([
    [1, 2, 3].map((value) => ({ value, hex: colors[value] })),
    [{ value: 2, hex: colors[2] }],
    // In no region.
    [{ value: 4, hex: colors[4] }],
  ]);
  expect(shownEntryColors(state())).toBe(selectEntryColors(state()));
  setFields({ colorBy: "region" });
  expect([selectRegionLabels(state()), shownEntryColors(state())]).toEqual([null, null]);
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 2], [0, 1])),
    definition: definitionOf({ background: 0, whole: [1, 7], core: 7 }, [1, 7]),
    plans: null,
    notices: [],
  });
  setFields({ colorBy: "label" });
  expect(selectRegionLabels(state())?.map((labels) => labels.map(({ hex }) => hex !== null))).toEqual([
    [true, false],
    [false],
  ]);
});

test("the tints stay the same list while none of them changes", () => {
  const layers = selectLayers(state());
  expect(entryStyles(state(), layers)).toBe(entryStyles(state(), layers));
});

test("voxels are coloured by region if there are no labels, with the reason", () => {
  setActiveView("compare");
  expect([colorsByLabel(state()), whyNotByLabel(state())]).toEqual([false, expect.stringMatching(/Compare/)]);
  expect(entryStyles(state(), selectLayers(state()))).toBeNull();
  setActiveView("planes");
  expect(colorsByLabel(state())).toBe(true);
  const source = { kind: "masks", stack: stackOf([1, 2, 2], { a: [1, 0, 0, 1] }) } as const;
  caseOpened({
    openCase: { ...caseOf(volumeOf([1, 2, 2], [0, 0, 0, 1])), source },
    definition: null,
    plans: null,
    notices: [],
  });
  expect([colorsByLabel(state()), whyNotByLabel(state())]).toEqual([false, "These masks have no labels."]);
});

test("automatic colours go by name, so that an edit changes none, and the file's come before them", () => {
  const blue = [0.2, 0.5, 0.9] as const;
  const labelNames = [{ value: 2, name: "core", color: RED }];
  const automaticColors = new Map<string, Rgb>([
    ["whole", blue],
    ["core", GREEN],
  ]);
  caseOpened({
    openCase: { ...caseOf(volumeOf([1, 2, 2], [0, 1, 2, 2]), { labelNames }), automaticColors },
    definition: definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]),
    plans: null,
    notices: [],
  });
  const colors = () => selectRegionRows(state()).map(({ color }) => color);
  expect(colors()).toEqual([blue, RED]);
  setFields({ fileColors: false });
  expect(colors()).toEqual([blue, GREEN]);
  useStore.setState({
    definition: definitionOf({ background: 0, core: 2, rest: 1, whole: [1, 2] }, [1, 2, 3]),
  });
  expect(colors()).toEqual([GREEN, regionColor(1), blue]);
});
