import { beforeEach, expect, test } from "vitest";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { useStore } from "../store.ts";

const state = () => useStore.getState();
const FIRST = definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]);

beforeEach(() => {
  state().caseClosed();
  state().definitionOpened(FIRST);
});

test("a renamed region stays selected, hidden and coloured, there and back", () => {
  state().toggleHidden("liver");
  state().selectRegion("liver");
  state().colorChosen("liver", [1, 0, 0]);
  state().definitionEdited(
    definitionOf({ background: 0, Leber: [1, 2], tumour: 2 }, [1, 2]),
    "rename liver to Leber",
    { from: "liver", to: "Leber" },
  );
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["Leber", ["Leber"]]);
  expect(state().chosenColors.get("Leber")).toEqual([1, 0, 0]);
  state().undo();
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["liver", ["liver"]]);
  expect(state().definition).toBe(FIRST);
  state().redo();
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["Leber", ["Leber"]]);
});

test("what is known of a region goes with it; undo selects what came back", () => {
  state().selectRegion("tumour");
  state().toggleSolo("tumour");
  state().definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  expect([state().selectedRegion, state().solo]).toEqual([null, null]);
  state().selectRegion("liver");
  state().undo();
  expect(state().selectedRegion).toBe("tumour");
  expect(state().undoable).toHaveLength(0);
  expect(state().redoable.map((step) => step.did)).toEqual(["remove tumour"]);
});

test("regions keep their colours when they move; new ones get another", () => {
  const colors = () => Object.fromEntries(selectRegionRows(state()).map((row) => [row.name, row.hex]));
  const before = colors();
  const moved = definitionOf({ background: 0, cyst: [1, 3], tumour: 2, liver: [1, 2] }, [3, 2, 1]);
  state().definitionEdited(moved, "move tumour");
  const { cyst, ...others } = colors();
  expect(others).toEqual(before);
  expect(Object.values(before)).not.toContain(cyst);
  state().undo();
  expect(colors()).toEqual(before);
});

test("the text on disk is what was opened or saved last", () => {
  expect(state().savedText).toBe(FIRST.text);
  state().definitionEdited(definitionOf({ background: 0, liver: 1 }, null), "remove tumour");
  expect(state().savedText).toBe(FIRST.text);
  state().definitionSaved();
  expect(state().savedText).toBe(state().definition?.text);
});
