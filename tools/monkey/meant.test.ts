/** Tests which edits the monkey's actions mean, and what it takes for a change. */
import { expect, test } from "vitest";
import {
  type Change,
  type Control,
  changesBetween,
  type EditHistory,
  type Meant,
  meantByKey,
  meantByPress,
  meantByText,
  weigh,
} from "./meant.ts";

const control = (name: string, also: Partial<Control> = {}): Control => ({
  role: "button",
  name,
  isTextField: false,
  isGrid: false,
  isGrip: false,
  inRegionList: false,
  mayOpen: false,
  ...also,
});
const field = (name: string) => control(name, { role: "input", isTextField: true });
const history = (undo: string[], redo: string[] = [], text = "text"): EditHistory => ({ undo, redo, text });
const allows = (meant: readonly Meant[], ...changes: Change[]) => weigh(changes, meant).unmeant.length === 0;

test("a button means its own edit, and a double click only one of it", () => {
  const meant = meantByPress(control("Remove label 14 from skeleton"), 2, false);
  expect(allows(meant, { did: "remove label 14 from skeleton" })).toBe(true);
  expect(allows(meant, { did: "remove label 15 from skeleton" })).toBe(false);
  expect(
    allows(meant, { did: "remove label 14 from skeleton" }, { did: "remove label 14 from skeleton" }),
  ).toBe(false);
  expect(allows(meantByPress(control("Remove a.b"), 1, false), { did: "remove axb" })).toBe(false);
  expect(allows(meantByPress(control("Show skeleton"), 2, false), { did: "remove skeleton" })).toBe(false);
  expect(allows(meantByPress(control("Undo: move spine"), 2, false), "undo", "undo")).toBe(true);
  expect(allows(meantByPress(control("Undo: move spine"), 1, false), "redo")).toBe(false);
});

test("a click in the grid means an edit only while labels are picked", () => {
  const grid = control("", { role: "canvas", isGrid: true });
  expect(meantByPress(grid, 1, false)).toEqual([]);
  expect(allows(meantByPress(grid, 1, true), { did: "add label 3 to spine" })).toBe(true);
});

test("text means an edit only in fields of the definition", () => {
  expect(allows(meantByText(field("Region name")), { did: "rename a to b" })).toBe(true);
  expect(allows(meantByText(field("Region name")), { did: "set output label to 3" })).toBe(false);
  expect(meantByText(field("Slice"))).toEqual([]);
  expect(meantByText(control("Region name"))).toEqual([]);
});

test("undo by key is not meant in other text fields, nor in one with typed text", () => {
  const undo = (focus: Control, typed = false) => meantByKey("Control+z", focus, typed, false);
  expect(undo(control(""))).toEqual(["undo"]);
  expect(undo(field("Region name"))).toEqual(["undo"]);
  expect(undo(field("Region name"), true)).toEqual([]);
  expect(undo(field("Slice"))).toEqual([]);
  expect(meantByKey("Control+Shift+z", control(""), false, false)).toEqual(["redo"]);
});

test("changes of the history are told apart", () => {
  const before = history(["a", "b"], ["c"]);
  expect(changesBetween(before, history(["a", "b"], ["c"]))).toEqual([]);
  expect(changesBetween(before, history(["a"], ["c", "b"], "older"))).toEqual(["undo"]);
  expect(changesBetween(before, history(["a", "b", "c"], [], "newer"))).toEqual([{ did: "c", orRedo: true }]);
  expect(changesBetween(history(["a"], ["c", "b"]), history(["a", "b"], ["c"], "newer"))).toEqual(["redo"]);
  expect(allows(["redo"], { did: "c", orRedo: true })).toBe(true);
  expect(allows(["redo"], { did: "c" })).toBe(false);
  expect(changesBetween(before, history(["a", "b", "d"], [], "newer"))).toEqual([{ did: "d" }]);
  expect(changesBetween(before, history([], [], "other"))).toEqual(["opened"]);
  expect(changesBetween(before, history(["a", "b"], ["c"], "changed"))).toBeNull();
  expect(changesBetween(before, history(["a"], []))).toBeNull();
});
