/** Tests which components the overlay marks, where, and where their text goes. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Box } from "../../domain/analysis/components.ts";
import type { ComponentSurvival, RegionSurvival } from "../../domain/analysis/survival.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { setPlane, setView, setVoxel, zoomBy } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { overlap } from "../../viewers/grid/place-captions.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import type { SurvivalOutcome } from "./survival-rows.ts";
import {
  type CaptionMetrics,
  type SlicePlace,
  selectSlicePlace,
  vanishingOverlay,
} from "./vanishing-overlay.ts";

const LAYOUT: GridLayout = {
  widthPx: 800,
  heightPx: 400,
  devicePixelRatio: 1,
  columnWidthPx: 202,
  rowHeightPx: 222,
  gapPx: 2,
  captionPx: 20,
  scrollTopPx: 0,
};
const SIZES: CaptionMetrics = {
  of: () => [100, 14],
  more: () => ({ x: 0, y: 0, width: 80, height: 18 }),
  letters: () => [],
};
const SHAPE = [4, 20, 20] as const;
const VOLUME = volumeOf(SHAPE, new Array(1600).fill(1));

const initial = useStore.getInitialState();
const state = useStore.getState;
beforeEach(() => {
  caseOpened({
    openCase: caseOf(VOLUME),
    definition: definitionOf({ background: 0, one: 1 }, [1]),
    plans: null,
    notices: [],
  });
  setPlane("axial");
  setVoxel([2, 10, 10]);
});
afterEach(() => useStore.setState(initial, true));

function place(): SlicePlace {
  const found = selectSlicePlace(state());
  if (!found) throw new Error("no case");
  return found;
}

function component(box: Box, perScale: readonly number[]): ComponentSurvival {
  const first = perScale.indexOf(0);
  return {
    voxels: 9,
    inPatch: 9,
    perScale,
    vanishesAt: first < 0 ? null : first,
    box,
    example: box.first,
  };
}

function row(...parts: readonly (readonly [ComponentSurvival, SurvivalOutcome])[]) {
  const survival: RegionSurvival = {
    channel: 0,
    voxels: 100,
    inPatch: 100,
    perScale: [100, 40, 9, 2],
    vanishesAt: null,
    components: parts.map(([part]) => part),
    rest: { components: 0, voxels: 0 },
  };
  return { survival, outcomes: parts.map(([, outcome]) => outcome) };
}

/** One voxel of 10 px in slice 2, at a given position in a row. */
const dot = (x: number, y = 10): Box => ({ first: [1, y, x], last: [2, y, x] });
const at = (scale: number): SurvivalOutcome => ({ kind: "emptied", scale });
const unseen = (scale: number): SurvivalOutcome => ({ kind: "weightless", scale });

describe("marks", () => {
  test("a component has a caption at the scale where it vanishes, is present before it and gone after it", () => {
    const tiles = vanishingOverlay(place(), LAYOUT, row([component(dot(5), [9, 1, 0, 0]), at(2)]), SIZES);
    expect(tiles.map(({ boxes }) => boxes.map(({ here, caption }) => [here, caption !== null]))).toEqual([
      [["present", false]],
      [["present", false]],
      [["emptied", true]],
      [["gone", false]],
    ]);
    // R on the left, A at the top: x 5 is the fifteenth voxel from the left.
    const rect = tiles[2]?.boxes[0]?.rect;
    expect([rect?.x, rect?.y, rect?.width, rect?.height].map((n) => Math.round(n ?? 0))).toEqual([
      140, 90, 10, 10,
    ]);
  });

  test("marks follow the neurological convention, with the patient's left on the left", () => {
    const { view } = state();
    useStore.setState({ view: { ...view, convention: "neurological" } });
    const [tile] = vanishingOverlay(place(), LAYOUT, row([component(dot(5), [9, 1, 0, 0]), at(2)]), SIZES);
    // The sixth voxel from the left.
    expect(Math.round(tile?.boxes[0]?.rect.x ?? 0)).toBe(50);
  });

  test("a component that reappears at a coarser scale is present there", () => {
    const [, one, two, three] = vanishingOverlay(
      place(),
      LAYOUT,
      row([component(dot(5), [9, 0, 1, 0]), at(1)]),
      SIZES,
    );
    expect([one, two, three].map((tile) => tile?.boxes[0]?.here)).toEqual(["emptied", "present", "gone"]);
  });

  test("only components that vanish and that the slice cuts are marked", () => {
    const kept = component(dot(3), [9, 5, 2, 1]);
    const outside = { ...component(dot(7), [0, 0, 0, 0]), inPatch: 0 };
    const lost = component(dot(9), [9, 0, 0, 0]);
    const regions = row([kept, { kind: "kept" }], [outside, { kind: "outside" }], [lost, at(1)]);
    const [tile] = vanishingOverlay(place(), LAYOUT, regions, SIZES);
    expect(tile?.boxes.map((item) => item.component)).toEqual([2]);
    setVoxel([3, 10, 10]);
    expect(vanishingOverlay(place(), LAYOUT, regions, SIZES)[0]?.boxes).toEqual([]);
    expect(vanishingOverlay(place(), LAYOUT, { survival: null, outcomes: [] }, SIZES)).toEqual([]);
  });

  test("components that the loss misses come before those outside it, and further ones are counted", () => {
    const many = Array.from(
      { length: 15 },
      (_, i) => [component(dot(i, 3), [9, 3, 1, 0]), unseen(3)] as const,
    );
    const [tile] = vanishingOverlay(
      place(),
      LAYOUT,
      row(...many, [component(dot(9), [1, 0, 0, 0]), at(1)]),
      SIZES,
    );
    expect(tile?.boxes.map((item) => item.component)).toEqual([15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([tile?.more, tile?.moreAtLeast]).toEqual([4, false]);
    const all = row(...many);
    const unlisted = { ...all, survival: { ...all.survival, rest: { components: 7, voxels: 7 } } };
    expect(vanishingOverlay(place(), LAYOUT, unlisted, SIZES)[0]?.moreAtLeast).toBe(true);
  });

  test("captions stay within the picture, and avoid the corner with the number of further components", () => {
    const low = Array.from({ length: 14 }, (_, i) => [component(dot(i, 0), [9, 0, 0, 0]), at(1)] as const);
    const high = [component(dot(19, 19), [9, 0, 0, 0]), at(1)] as const;
    const boxes = vanishingOverlay(place(), LAYOUT, row(high, ...low), SIZES)[1]?.boxes ?? [];
    const places = boxes.flatMap(({ caption }) => (caption ? [caption] : []));
    expect(places.length).toBeGreaterThanOrEqual(2);
    for (const [x, y] of places) {
      const caption = { x, y, width: 100, height: 14 };
      expect(overlap(caption, { x: 0, y: 200, width: 200, height: 20 })).toBeNull();
      expect(overlap(caption, { x: 0, y: 0, width: 80, height: 18 })).toBeNull();
    }
  });
});

test("captions avoid the orientation letters if there is room elsewhere", () => {
  const lost = row([component(dot(10, 8), [9, 0, 0, 0]), at(1)]);
  const captionWith = (letters: CaptionMetrics["letters"]) =>
    vanishingOverlay(place(), LAYOUT, lost, { ...SIZES, letters })[1]?.boxes[0]?.caption?.map(Math.round);
  // The box spans 90 to 100 horizontally and 110 to 120 vertically.
  expect(captionWith(() => [])).toEqual([45, 122]);
  expect(captionWith(() => [{ x: 45, y: 125, width: 12, height: 14 }])).toEqual([45, 94]);
  expect(captionWith(([width, height]) => [{ x: 0, y: 0, width, height }])).toEqual([45, 122]);
});

test("marks are placed again only when slice, plane, zoom or pan changes", () => {
  const before = place();
  setVoxel([2, 3, 4]);
  setView({ fillOpacity: 0.1, crosshair: false });
  expect(place()).toBe(before);
  for (const change of [
    () => setVoxel([1, 3, 4]),
    () => zoomBy(2),
    () => setView({ panMm: [3, 0] }),
    () => setPlane("sagittal"),
  ]) {
    const last = place();
    change();
    expect(place()).not.toBe(last);
  }
});
