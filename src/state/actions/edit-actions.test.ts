/** Tests edits with undo and redo, and what follows a renamed or removed region. */
import { beforeEach, expect, test } from "vitest";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { unsavedEdits } from "../case/unsaved-edits.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "./case-actions.ts";
import { colorChosen, definitionEdited, definitionSaved, redo, rulersRemoved, undo } from "./edit-actions.ts";
import { setRulers } from "./ruler-actions.ts";
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

test("undo brings removed rulers back, among edits in order, and keeps those drawn since", () => {
  const volume = volumeOf([4, 4, 4], new Array(64).fill(1));
  caseOpened({ openCase: caseOf(volume), definition: FIRST, plans: null, notices: [] });
  const ruler = (x: number): Ruler => ({ plane: "axial", from: [1, 0, x], to: [1, 3, x] });
  const xs = () => state().rulers.map(({ from }) => from[2]);
  setRulers({ rulers: [ruler(0), ruler(1), ruler(2)] });
  rulersRemoved([1], "remove the ruler of 3 mm");
  colorChosen("liver", [1, 0, 0]);
  rulersRemoved([0, 1], "remove all rulers");
  expect(xs()).toEqual([]);
  setRulers({ rulers: [ruler(3)] });
  undo();
  expect(xs()).toEqual([0, 2, 3]);
  undo();
  expect([xs(), state().chosenColors.get("liver")]).toEqual([[0, 2, 3], undefined]);
  undo();
  expect([xs(), state().selectedRuler]).toEqual([[0, 1, 2, 3], 1]);
  expect([state().definition, unsavedEdits(state())]).toEqual([FIRST, 0]);
  for (let i = 0; i < 3; i++) redo();
  expect([xs(), state().chosenColors.get("liver")]).toEqual([[3], [1, 0, 0]]);
});

test("a ruler comes back at its place in the patient on another grid", () => {
  const volume = volumeOf([4, 4, 4], new Array(64).fill(1));
  caseOpened({ openCase: caseOf(volume), definition: FIRST, plans: null, notices: [] });
  setRulers({ rulers: [{ plane: "axial", from: [2, 1, 1], to: [2, 3, 1] }] });
  rulersRemoved([0], "remove the ruler of 2 mm");
  const { grid } = volume;
  const finer = { ...grid, toWorld: grid.toWorld.map((n, i) => (i % 4 < 3 ? n / 2 : n)) };
  const { openCase } = state();
  if (!openCase) throw new Error("no case");
  const source = { kind: "labels", volume: { ...volume, grid: finer } } as const;
  useStore.setState({ openCase: { ...openCase, source } });
  undo();
  expect(state().rulers).toEqual([{ plane: "axial", from: [4, 2, 2], to: [4, 6, 2] }]);
});
