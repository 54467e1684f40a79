/** Tests what the probe says about a voxel. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { hovered, setVoxel } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { selectProbe } from "./probe-selectors.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

const OPENED = {
  openCase: caseOf(volumeOf([2, 2, 2], [0, 1, 1, 2, 2, 2, 0, 0])),
  definition: definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]),
  plans: PLANS,
  notices: [],
};

beforeEach(() => caseOpened(OPENED));
afterEach(() => useStore.setState(initial, true));

test("the probe names a label after the region that consists of it, or else writes it", () => {
  setVoxel([0, 0, 1]);
  expect(selectProbe(state())).toMatchObject({ label: 1, labelName: "whole", words: [0b01] });
  hovered({ voxel: [1, 0, 0], row: 0, column: 0 });
  expect(selectProbe(state())).toMatchObject({
    hovering: true,
    label: 2,
    labelName: "core",
    words: [0b11],
  });
});

test("masks have no label", () => {
  const stack = stackOf([1, 1, 2], { liver: [1, 1], tumour: [0, 1] });
  const openCase = { ...OPENED.openCase, source: { kind: "masks", stack } as const };
  caseOpened({ ...OPENED, openCase, definition: null });
  expect(selectProbe(state())).toMatchObject({ label: null });
});
