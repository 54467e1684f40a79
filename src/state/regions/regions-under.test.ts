/** Tests which regions lie under a voxel of a picture, and in which order. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../actions/case-actions.ts";
import { comparedDrawn } from "../actions/compare-actions.ts";
import { definitionEdited } from "../actions/edit-actions.ts";
import { setStyle, toggleFront } from "../actions/slices-actions.ts";
import { toggleHidden } from "../actions/view-actions.ts";
import { selectRegionSet } from "../case/case-selectors.ts";
import type { CompareQuery } from "../slices/compare-slice.ts";
import { useStore } from "../store.ts";
import { caseOf, PLANS } from "../testing/test-case.ts";
import { regionsUnder } from "./regions-under.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
afterEach(() => useStore.setState(initial, true));
const VALUES = Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : i % 2 === 0 ? 2 : 3));

beforeEach(() => {
  caseOpened({
    openCase: caseOf(volumeOf([4, 4, 4], VALUES)),
    definition: definitionOf({ background: 0, whole: [1, 2, 3], core: [2, 3], tip: 3 }, [1, 2, 3]),
    plans: PLANS,
    notices: [],
  });
});

test("the region written last is in front, unless another was brought there; hidden ones do not count", () => {
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual(["tip", "core", "whole"]);
  expect(regionsUnder(state(), [3, 3, 2], 0)).toEqual(["core", "whole"]);
  expect(regionsUnder(state(), [0, 0, 0], 0)).toEqual(["whole"]);
  toggleFront("whole");
  toggleHidden("core");
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual(["whole", "tip"]);
});

test("a region that is transparent all through is in front of none", () => {
  setStyle("tip", { opacity: 0 });
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual(["core", "whole", "tip"]);
  setStyle("tip", { opacity: 0.05 });
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual(["tip", "core", "whole"]);
});

test("a scale has the regions of the voxels that it samples; one that collapses has none", () => {
  const at = [0, 1, 2, 3].map((x) => regionsUnder(state(), [3, 3, x], 1));
  expect(at).toEqual([at[0], at[0], at[2], at[2]]);
  expect(at.every((names) => names.includes("whole"))).toBe(true);
  expect(regionsUnder(state(), [3, 3, 3], 4)).toEqual([]);
  expect(regionsUnder(state(), [3, 3, 3], 9)).toEqual([]);
});

test("labels in no region are found like a region, unless they are hidden", () => {
  definitionEdited(definitionOf({ background: 0, whole: [1, 2] }, [1]), "remove");
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual([IN_NO_REGION]);
  expect(regionsUnder(state(), [3, 3, 2], 0)).toEqual(["whole"]);
  toggleHidden(IN_NO_REGION);
  expect(regionsUnder(state(), [3, 3, 3], 0)).toEqual([]);
});

test("outside the volume and without a case there is none", () => {
  expect(regionsUnder(state(), [4, 0, 0], 0)).toEqual([]);
});

test("the other side of a comparison has the regions of its own voxels", () => {
  const volume = volumeOf([4, 4, 4], VALUES.toReversed());
  const set = selectRegionSet(state());
  if (!set) throw new Error("no regions");
  const other = {
    source: { kind: "labels", volume } as const,
    table: regionTable(volume.palette, set.regions),
    targets: placedTargets([4, 4, 4], null, [[1, 1, 1]], "nearest-exact"),
  };
  expect(regionsUnder(state(), [3, 3, 3], 0, other)).toEqual(["whole"]);
  expect(regionsUnder(state(), [0, 0, 0], 0, other)).toEqual(["tip", "core", "whole"]);
  const stack = stackOf([4, 4, 4], { whole: VALUES.map(() => 0), core: VALUES.map(() => 1), tip: [] });
  const masks = { ...other, source: { kind: "masks", stack } as const, table: null };
  expect(regionsUnder(state(), [0, 0, 0], 0, masks)).toEqual(["core"]);
});

test("on the other side, labels in no region are found by label, and what only that side has is not", () => {
  definitionEdited(definitionOf({ background: 0, whole: 1 }, [1]), "remove");
  const { openCase } = state();
  const name = (label: number) => ({
    name: `label ${label}`,
    labels: [label],
    classOrder: null,
    ignore: false,
  });
  const rows = [1, 2, 3, 40].map(name);
  const side = (values: readonly number[]) => {
    const volume = volumeOf([4, 4, 4], [...values]);
    return {
      source: { kind: "labels", volume } as const,
      table: regionTable(volume.palette, rows),
      targets: placedTargets([4, 4, 4], null, [[1, 1, 1]], "nearest-exact"),
    };
  };
  if (openCase?.source.kind !== "labels") throw new Error("no labels");
  const other = side(VALUES.map((_, i) => [1, 2, 3, 40][i % 4] ?? 0));
  comparedDrawn({
    kind: "file",
    a: { table: regionTable(openCase.source.volume.palette, rows) },
    b: other,
    channels: rows.length,
    rows: rows.map((row) => ({ name: row.name, nameInB: null, color: [1, 0, 0] })),
    regions: 1,
  } as unknown as CompareQuery);
  const under = [0, 1, 2, 3].map((x) => regionsUnder(state(), [0, 0, x], 0, other));
  expect(under).toEqual([["whole"], [IN_NO_REGION], [IN_NO_REGION], []]);
});
