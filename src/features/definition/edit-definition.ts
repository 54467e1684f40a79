/** Edits of the open definition: each is one step that can be undone, and every view follows by itself. */
import { fetchedOnce } from "../../app/busy.ts";
import { saveFile } from "../../app/save-file.ts";
import { errorMessage } from "../../base/errors.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { certainEnding } from "../../domain/dataset/dataset-files.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import { labelsIn } from "../../domain/dataset/label-entries.ts";
import { orderedNames } from "../../domain/dataset/label-entry-order.ts";
import type { Finding } from "../../domain/findings/findings.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import * as edit from "../../formats/dataset/edit-dataset.ts";
import type { Repair } from "../../formats/dataset/repair.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";

/** Does an edit. What cannot be done (a name that is taken) is said in one sentence, and nothing changes. */
export function editDefinition(change: DefinitionEdit): void {
  const definition = editableDefinition();
  if (!definition) return;
  try {
    const edited = apply(definition, change);
    if (edited.text === definition.text && useStore.getState().definition === definition) return;
    useStore.getState().definitionEdited(edited, stepName(change, definition), renamed(change, definition));
  } catch (error) {
    useStore.getState().problemRaised(errorMessage(error));
  }
}

/**
 * The certain repair of a finding, or null where a person has to choose. What tries repairs comes when it is
 * first asked for: no picture waits for it.
 */
export async function repairOf(finding: Finding): Promise<Repair | null> {
  const { repairFor } = await repairs();
  const { definition, openCase } = useStore.getState();
  return definition ? repairFor(finding, definition, openCase?.files) : null;
}

const repairs = fetchedOnce(() => import("../../formats/dataset/repairs.ts"));

/** Whether something was changed. */
export async function applyRepair(finding: Finding): Promise<boolean> {
  const repair = await repairOf(finding);
  const { definition, definitionEdited } = useStore.getState();
  if (!definition || !repair) return false;
  const repaired = repair.apply(definition);
  if (repaired.text === definition.text) return false;
  definitionEdited(repaired, repair.label);
  return true;
}

/** Saves dataset.json as it is now, errors and all. */
export function saveDefinition(): void {
  const definition = editableDefinition();
  if (!definition) return;
  saveFile("dataset.json", definition.text, "application/json");
  useStore.getState().definitionSaved();
}

/** Another dataset.json, to compare with; null once the user was told why it cannot be read. */
export async function readDefinition(file: File): Promise<DatasetDefinition | null> {
  try {
    return parseDataset(await file.text(), file.name);
  } catch (error) {
    useStore.getState().problemRaised(errorMessage(error));
    return null;
  }
}

/** The open definition; for a volume without dataset.json the one that nnU-Net would need for it. */
function editableDefinition(): DatasetDefinition | null {
  const state = useStore.getState();
  if (state.definition) return state.definition;
  const { openCase } = state;
  const regions = selectRegionSet(state)?.regions;
  if (openCase?.source.kind !== "labels" || !regions) return null;
  const labels = regions.flatMap(({ name, labels: [value] }) =>
    value === undefined ? [] : [{ value, name }],
  );
  const { name, files = null } = openCase;
  const cases = files?.folder?.trainingCases ?? 1;
  return edit.newDefinition(labels, { name, cases, fileEnding: certainEnding(files) ?? ".nii.gz" });
}

function apply(definition: DatasetDefinition, change: DefinitionEdit): DatasetDefinition {
  switch (change.kind) {
    case "add":
      return edit.addEntry(definition, change.name, change.labels);
    case "remove":
      return edit.removeEntry(definition, change.index);
    case "rename":
      return edit.renameEntry(definition, change.index, change.name);
    case "move":
      return edit.moveEntry(definition, change.from, change.to);
    case "set-labels":
      return edit.setLabels(definition, change.index, change.labels);
    case "add-label":
      return withOrderValue(definition, edit.addLabel(definition, change.index, change.label), change);
    case "remove-label":
      return edit.removeLabel(definition, change.index, change.label);
    case "set-order-value":
      return edit.setOrderValue(definition, change.channel, change.value);
    case "set-order":
      return edit.setOrder(definition, change.values);
    case "set-ignore":
      return edit.setIgnore(definition, change.value);
    case "add-background":
      return edit.addBackground(definition);
  }
}

/**
 * A region that had no label could write nothing that means it: its first label is what it writes from now
 * on.
 */
function withOrderValue(
  before: DatasetDefinition,
  after: DatasetDefinition,
  { index, label }: { readonly index: number; readonly label: number },
): DatasetDefinition {
  const channel = orderedNames(after).indexOf(after.labels[index]?.name ?? "");
  const wasEmpty = labelsIn(edit.turnAround(before).labels[index]?.value).length === 0;
  if (!wasEmpty || channel < 0 || !after.regionsClassOrder) return after;
  return edit.setOrderValue(after, channel, label);
}

function nameAt(definition: DatasetDefinition, index: number): string {
  // A version 1 file has names and values the other way round until its first edit.
  return edit.turnAround(definition).labels[index]?.name ?? `entry ${index + 1}`;
}

function renamed(change: DefinitionEdit, definition: DatasetDefinition) {
  return change.kind === "rename" ? { from: nameAt(definition, change.index), to: change.name } : undefined;
}

/** For the undo button: "Undo: move spine". */
function stepName(change: DefinitionEdit, definition: DatasetDefinition): string {
  switch (change.kind) {
    case "add":
      return `add ${change.name}`;
    case "remove":
      return `remove ${nameAt(definition, change.index)}`;
    case "rename":
      return `rename ${nameAt(definition, change.index)} to ${change.name}`;
    case "move":
      return `move ${nameAt(definition, change.from)}`;
    case "set-labels":
      return `labels of ${nameAt(definition, change.index)}`;
    case "add-label":
      return `label ${change.label} into ${nameAt(definition, change.index)}`;
    case "remove-label":
      return `label ${change.label} out of ${nameAt(definition, change.index)}`;
    case "set-order-value":
      return `order value ${change.value}`;
    case "set-order":
      return "order values";
    case "set-ignore":
      return change.value === null ? "remove the ignore label" : `ignore label ${change.value}`;
    case "add-background":
      return "add background";
  }
}
