/** Tests edits with undo and redo, and what follows a renamed or removed region. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { useStore } from "../store.ts";
import { caseClosed, definitionOpened } from "./case-actions.ts";
import { colorChosen, definitionEdited, definitionSaved, redo, undo } from "./edit-actions.ts";
import { selectRegion, toggleHidden, toggleSolo } from "./view-actions.ts";

const state = () => useStore.getState();
const FIRST = definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]);

beforeEach(() => {
  caseClosed();
  definitionOpened(FIRST);
});

test("a renamed region stays selected, hidden and coloured, also after undo", () => {
  toggleHidden("liver");
  selectRegion("liver");
  colorChosen("liver", [1, 0, 0]);
  definitionEdited(
    definitionOf({ background: 0, Leber: [1, 2], tumour: 2 }, [1, 2]),
    "rename liver to Leber",
    { from: "liver", to: "Leber" },
  );
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["Leber", ["Leber"]]);
  expect(state().chosenColors.get("Leber")).toEqual([1, 0, 0]);
  undo();
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["liver", ["liver"]]);
  expect(state().definition).toBe(FIRST);
  redo();
  expect([state().selectedRegion, [...state().hidden]]).toEqual(["Leber", ["Leber"]]);
});

test("a name that a region leaves takes no colour with it", () => {
  const renamed = (name: string) => definitionOf({ background: 0, [name]: [1, 2], tumour: 2 }, [1, 2]);
  colorChosen("liver", [1, 0, 0]);
  definitionEdited(renamed("in no region"), "rename", { from: "liver", to: "in no region" });
  definitionEdited(renamed("Leber"), "rename", { from: "in no region", to: "Leber" });
  expect(state().chosenColors.get("Leber")).toEqual([1, 0, 0]);
  expect([...state().chosenColors.keys()].sort()).toEqual(["Leber", "tumour"]);
  undo();
  undo();
  expect(state().chosenColors.get("liver")).toEqual([1, 0, 0]);
});

test("a region's state goes when it is removed; undo selects the region that returns", () => {
  selectRegion("tumour");
  toggleSolo("tumour");
  definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  expect([state().selectedRegion, state().solo]).toEqual([null, null]);
  selectRegion("liver");
  undo();
  expect(state().selectedRegion).toBe("tumour");
  expect(state().undoable).toHaveLength(0);
  expect(state().redoable.map((step) => step.did)).toEqual(["remove tumour"]);
});

test("regions keep their colours when they move, and new ones get different colours", () => {
  const colors = () => Object.fromEntries(selectRegionRows(state()).map((row) => [row.name, row.hex]));
  const before = colors();
  const moved = definitionOf({ background: 0, cyst: [1, 3], tumour: 2, liver: [1, 2] }, [3, 2, 1]);
  definitionEdited(moved, "move tumour");
  const { cyst, ...others } = colors();
  expect(others).toEqual(before);
  expect(Object.values(before)).not.toContain(cyst);
  undo();
  expect(colors()).toEqual(before);
});

test("the text on disk is the one opened or saved last", () => {
  expect(state().savedText).toBe(FIRST.text);
  definitionEdited(definitionOf({ background: 0, liver: 1 }, null), "remove tumour");
  expect(state().savedText).toBe(FIRST.text);
  definitionSaved();
  expect(state().savedText).toBe(state().definition?.text);
});
