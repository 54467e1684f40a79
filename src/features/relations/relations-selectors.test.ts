/** Tests of the selectors of relations. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { selectContainment, selectRelations } from "./relations-selectors.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

beforeEach(() =>
  caseOpened({
    // Voxels per label: 1 has one, 2 two, 3 three; 9 is in no region and has one.
    openCase: caseOf(volumeOf([2, 2, 2], [0, 1, 2, 2, 3, 3, 3, 9])),
    definition: definitionOf({ background: 0, whole: [1, 2, 3, 4], core: [1, 2], centre: 1 }, [1, 2, 3]),
    plans: null,
    notices: [],
  }),
);
afterEach(() => useStore.setState(initial, true));

test("regions are related by labels or by voxels", () => {
  expect(selectRelations(state(), "labels")?.both(0, 1)).toBe(2);
  expect(selectRelations(state(), "voxels")?.both(0, 1)).toBe(3);
  expect(selectRelations(state(), "voxels")).toBe(selectRelations(state(), "voxels"));
  expect(selectContainment(state(), "voxels")).toEqual([0, 1, 2]);
});

test("masks have no labels to compare", () => {
  const stack = stackOf([1, 1, 2], { liver: [1, 1], tumour: [0, 1] });
  const openCase = caseOf(volumeOf([1, 1, 2], [0, 1]), { source: { kind: "masks", stack } });
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
  expect(selectRelations(state(), "labels")).toBeNull();
  expect(selectRelations(state(), "voxels")?.relation(1, 0)).toBe("inside");
});
