/** Tests which labels are hatched, for the round trip and for a compared definition. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "../actions/case-actions.ts";
import { definitionEdited, overlayDiff, undo } from "../actions/edit-actions.ts";
import { toggleShowChanged } from "../actions/view-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { selectHatchBits } from "./hatched-labels.ts";

const state = () => useStore.getState();
const hatchBits = () => selectHatchBits(state());

/** Labels of palette entries 0 to 3. */
const VOLUME = volumeOf([1, 1, 6], [0, 1, 7, 40, 40, 0]);
const OPEN = definitionOf({ background: 0, organ: [1, 7], bone: 40 }, [1, 40]);
const OTHER = definitionOf({ background: 0, organ: [1, 40], bone: 40 }, [1, 40]);
/** Label 7 (entry 2) changes to 1 in the round trip. */
const CHANGED = [0b0100];

beforeEach(() => {
  caseOpened({ openCase: caseOf(VOLUME), definition: OPEN, plans: null, notices: [] });
  if (state().showChanged) toggleShowChanged();
});

const bits = (entries: Uint32Array | null) => (entries ? [...entries] : null);

test("nothing is hatched unless switched on; the round trip's hatching stays", () => {
  expect(hatchBits()).toBeNull();
  toggleShowChanged();
  expect(bits(hatchBits())).toEqual(CHANGED);
});

test("labels that enter or leave a region are hatched, instead of the round trip's, until the comparison ends", () => {
  toggleShowChanged();
  overlayDiff({ definition: OTHER, title: "other.json" });
  expect(bits(hatchBits())).toEqual([0b1100]);
  expect(hatchBits()).toBe(hatchBits());
  overlayDiff(null);
  expect(bits(hatchBits())).toEqual(CHANGED);
});

test("hatching follows edits, and ends when no difference remains", () => {
  toggleShowChanged();
  overlayDiff({ definition: OTHER, title: "other.json" });
  definitionEdited(definitionOf({ background: 0, organ: [1, 7, 40], bone: 40 }, [1, 40]), "add");
  expect(bits(hatchBits())).toEqual([0b0100]);
  definitionEdited(definitionOf({ background: 0, organ: [1, 40], bone: 40 }, [1, 40]), "remove");
  expect(hatchBits()).toBeNull();
  undo();
  expect(bits(hatchBits())).toEqual([0b0100]);
});

test("another case or definition ends the hatching; a case that keeps the definition does not", () => {
  const mark = () => overlayDiff({ definition: OTHER, title: "other.json" });
  const opened = { openCase: caseOf(VOLUME), definition: OPEN, plans: null, notices: [] };
  mark();
  caseOpened({ ...opened, keepsEdits: true });
  expect(bits(hatchBits())).toEqual([0b1100]);
  caseOpened(opened);
  expect(state().otherDefinition).toBeNull();
  mark();
  definitionOpened(OPEN);
  expect(state().otherDefinition).toBeNull();
  mark();
  caseClosed();
  expect([state().otherDefinition, hatchBits()]).toEqual([null, null]);
});

test("masks have no palette entries to hatch", () => {
  const stack = stackOf([1, 1, 2], { a: [0, 1] });
  const openCase = caseOf(VOLUME, { source: { kind: "masks", stack } });
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
  overlayDiff({ definition: OTHER, title: "other.json" });
  expect(hatchBits()).toBeNull();
});
