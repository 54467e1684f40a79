/** Tests which regions *See inside* makes transparent. */
import { expect, test } from "vitest";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseClosed, caseOpened } from "../actions/case-actions.ts";
import { seeInside } from "../actions/see-inside-actions.ts";
import { setStyle } from "../actions/slices-actions.ts";
import { toggleHidden } from "../actions/view-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { SEE_THROUGH, seesInside, selectContainers } from "./see-inside.ts";

const state = () => useStore.getState();

test("those shown that have all labels of another and more, and it makes them opaque again", () => {
  caseClosed();
  const volume = volumeOf([1, 1, 6], [0, 1, 2, 3, 4, 5]);
  const labels = { background: 0, urinary: [1, 2, 3], kidneys: [2, 3], left: 3, both: [2, 3], apart: [4, 5] };
  const definition = definitionOf(labels, [1, 2, 3, 4, 5]);
  caseOpened({ openCase: caseOf(volume), definition, plans: null, notices: [] });
  expect(selectContainers(state())).toEqual(["urinary", "kidneys", "both"]);
  toggleHidden("left");
  expect(selectContainers(state())).toEqual(["urinary"]);
  toggleHidden("left");
  setStyle("kidneys", { drawing: "outline" });
  seeInside();
  expect(seesInside(state())).toBe(true);
  expect([...state().styles]).toEqual([
    ["kidneys", { drawing: "outline", opacity: SEE_THROUGH }],
    ["urinary", { drawing: "both", opacity: SEE_THROUGH }],
    ["both", { drawing: "both", opacity: SEE_THROUGH }],
  ]);
  seeInside();
  expect(seesInside(state())).toBe(false);
  expect([...state().styles]).toEqual([["kidneys", { drawing: "outline", opacity: 1 }]]);
});

test("there is nothing to see inside without labels", () => {
  caseClosed();
  const stack = stackOf([1, 1, 3], { body: [1, 1, 1], organ: [0, 1, 0] });
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 1], [0]), { source: { kind: "masks", stack } }),
    definition: null,
    plans: null,
    notices: [],
  });
  expect(selectContainers(state())).toEqual([]);
  expect(seesInside(state())).toBe(false);
});
