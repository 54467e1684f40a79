/** Tests which edits count as unsaved. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "../actions/case-actions.ts";
import { colorChosen, definitionEdited, definitionSaved, redo, undo } from "../actions/edit-actions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { selectUnsaved, unsavedEdits } from "./unsaved-edits.ts";

const state = () => useStore.getState();
const version = (n: number) => definitionOf({ background: 0, liver: [1, 2], [`region ${n}`]: 2 }, [1, 2]);
const edit = (n: number) => definitionEdited(version(n), `edit ${n}`);

beforeEach(() => {
  caseClosed();
  definitionOpened(version(0));
});

test("edits are counted from the text opened or saved last, in both directions", () => {
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([false, 0]);
  edit(1);
  edit(2);
  edit(3);
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([true, 3]);
  undo();
  expect(unsavedEdits(state())).toBe(2);
  definitionSaved();
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([false, 0]);
  redo();
  expect(unsavedEdits(state())).toBe(1);
  undo();
  undo();
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([true, 1]);
});

test("a colour does not count as an edit of the file", () => {
  colorChosen("liver", [1, 0, 0]);
  expect(selectUnsaved(state())).toBe(false);
  edit(1);
  colorChosen("liver", [0, 1, 0]);
  expect(unsavedEdits(state())).toBe(1);
});

test("the number is unknown once no step holds the saved text", () => {
  edit(1);
  definitionSaved();
  undo();
  edit(2);
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([true, null]);
});

test("a definition that the first edit made for a volume without one counts as unsaved", () => {
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 2], [0, 1])),
    definition: null,
    plans: null,
    notices: [],
  });
  expect(selectUnsaved(state())).toBe(false);
  edit(1);
  expect([selectUnsaved(state()), unsavedEdits(state())]).toEqual([true, 1]);
  undo();
  expect(selectUnsaved(state())).toBe(false);
});

test("a case that keeps the open definition keeps its edits", () => {
  edit(1);
  const opened = {
    openCase: caseOf(volumeOf([1, 1, 2], [0, 1])),
    definition: state().definition,
    plans: null,
    notices: [],
  };
  caseOpened({ ...opened, keepsEdits: true });
  expect(unsavedEdits(state())).toBe(1);
  undo();
  expect(state().definition?.text).toBe(version(0).text);
  redo();
  caseOpened(opened);
  expect([selectUnsaved(state()), state().undoable.length]).toEqual([false, 0]);
});
