/** Tests of edits of the open definition and of reading another one. */
import { beforeEach, expect, test } from "vitest";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import { caseClosed, definitionOpened } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { editDefinition, readDefinition } from "./edit-definition.ts";

const state = () => useStore.getState();
const TEXT = '{"labels": {"background": 0, "organ": [1, 2], "tumour": 2}, "regions_class_order": [1, 2]}';

beforeEach(() => {
  caseClosed();
  definitionOpened(parseDataset(TEXT, "dataset.json"));
});

test("a new region writes its first label into the prediction", () => {
  editDefinition({ kind: "add", name: "cyst", labels: [] });
  editDefinition({ kind: "add-label", index: 3, label: 4 });
  editDefinition({ kind: "add-label", index: 3, label: 3 });
  expect(state().definition?.labels[3]?.value).toEqual([4, 3]);
  expect(state().definition?.regionsClassOrder).toEqual([1, 2, 4]);
  expect(state().undoable.map((step) => step.did)).toEqual([
    "add cyst",
    "add label 4 to cyst",
    "add label 3 to cyst",
  ]);
});

test("an impossible edit shows one sentence and adds no undo step", () => {
  editDefinition({ kind: "rename", index: 1, name: "tumour" });
  expect(state().problem).toMatch(/^The name “tumour” is already used/);
  expect(state().undoable).toHaveLength(0);
  expect(state().definition?.text).toBe(TEXT);
});

test("the first edit of a version 1 file writes its labels by name, and undo steps name its regions", () => {
  definitionOpened(
    parseDataset('{"labels": {"0": "background", "1": "liver", "2": "spleen"}}', "dataset.json"),
  );
  editDefinition({ kind: "rename", index: 1, name: "Leber" });
  expect(state().definition?.labels.map(({ name, value }) => [name, value])).toEqual([
    ["background", 0],
    ["Leber", 1],
    ["spleen", 2],
  ]);
  expect(state().undoable.at(-1)?.did).toBe("rename liver to Leber");
});

test("another definition is opened for comparison, and a file that is none is refused with a sentence", async () => {
  expect((await readDefinition(new File([TEXT], "other.json")))?.labels).toHaveLength(3);
  expect(state().problem).toBeNull();
  expect(await readDefinition(new File(["{"], "broken.json"))).toBeNull();
  expect(state().problem).toContain("broken.json");
});
