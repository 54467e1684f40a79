/** Tests of edits and saving of the open definition before and after the script for them has loaded. */
import { expect, test, vi } from "vitest";
import type { Commands } from "../../app/commands/commands.ts";
import { saveFile } from "../../app/save-file.ts";
import { volumeOf } from "../../domain/testing/small-case.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import { caseClosed, caseOpened } from "../../state/actions/case-actions.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectUnsaved } from "../../state/case/unsaved-edits.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { addRegion, moveSelected, removeSelected } from "./actions.ts";
import { editDefinition, saveDefinition } from "./editing.ts";

vi.mock("../../app/save-file.ts", () => ({ saveFile: vi.fn() }));

const state = () => useStore.getState();
const names = () => state().definition?.labels.map(({ name }) => name);
// Importing takes long beside other work.
const atRest = () => vi.waitFor(() => expect(state().busy).toBe(0), { timeout: 30_000 });
const commands = { editDefinition, saveDefinition } as unknown as Commands;
const TEXT =
  '{"labels": {"background": 0, "a": [1, 2, 3], "b": [2, 3], "c": 3}, "regions_class_order": [1, 2, 3]}';

function openCase(text: string | null): void {
  vi.mocked(saveFile).mockClear();
  caseClosed();
  const definition = text === null ? null : parseDataset(text, "dataset.json");
  const volume = volumeOf([1, 1, 4], [0, 1, 2, 3]);
  caseOpened({ openCase: caseOf(volume), definition, plans: null, notices: [] });
}

// The first test of this file: the script has not been fetched yet.
test("an edit waits for its script, and one meant for an older definition is dropped", async () => {
  openCase(TEXT);
  saveDefinition();
  expect(vi.mocked(saveFile).mock.calls).toEqual([["dataset.json", TEXT, "application/json"]]);
  expect(state().busy).toBe(0);

  selectRegion("c");
  moveSelected(commands, -1);
  // Would move c back: it is still last when the key is pressed again.
  moveSelected(commands, -1);
  expect(names()).toEqual(["background", "a", "b", "c"]);
  expect(state().busy).toBeGreaterThan(0);
  await atRest();
  expect(names()).toEqual(["background", "a", "c", "b"]);

  moveSelected(commands, -1);
  moveSelected(commands, 1);
  moveSelected(commands, -1);
  expect(names()).toEqual(["background", "c", "a", "b"]);
});

test("a new region is selected, and after a removal the next one", () => {
  openCase(TEXT);
  addRegion(commands);
  expect(state().selectedRegion).toBe("new region");
  removeSelected(commands);
  expect(names()).toEqual(["background", "a", "b", "c"]);
  expect(state().selectedRegion).toBe("c");
});

test("without dataset.json, the one that nnU-Net needs is saved", async () => {
  openCase(null);
  saveDefinition();
  await atRest();
  const [, text] = vi.mocked(saveFile).mock.calls[0] ?? [];
  expect(JSON.parse(String(text)).labels).toEqual({
    background: 0,
    "label 1": 1,
    "label 2": 2,
    "label 3": 3,
  });
  expect(selectUnsaved(state())).toBe(false);
});
