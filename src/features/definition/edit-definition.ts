/** Edits the open definition; each edit is one undoable step, and every view follows. */
import { fetchedOnce } from "../../app/busy.ts";
import { errorMessage } from "../../base/errors.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { certainEnding } from "../../domain/dataset/dataset-files.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import { newDefinition } from "../../formats/dataset/new-dataset.ts";
import type { Repair } from "../../formats/dataset/repair.ts";
import { showError } from "../../state/actions/case-actions.ts";
import { definitionEdited } from "../../state/actions/edit-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { applyEdit, describeEdit, entryName } from "./definition-edits.ts";

/** Applies an edit. If it is impossible (a name already used), raises one sentence and changes nothing. */
export function editDefinition(change: DefinitionEdit): void {
  const definition = editableDefinition();
  if (!definition) return;
  try {
    const edited = applyEdit(definition, change);
    if (edited.text === definition.text && useStore.getState().definition === definition) return;
    definitionEdited(edited, describeEdit(change, definition), renamed(change, definition));
  } catch (error) {
    showError(errorMessage(error));
  }
}

/**
 * Returns the certain repair of a finding, or null if a person has to choose. The repairs' script is fetched
 * on the first call, so that no view waits for it.
 */
export async function repairOf(finding: Finding): Promise<Repair | null> {
  const { repairFor } = await repairs();
  const { definition, openCase } = useStore.getState();
  return definition ? repairFor(finding, definition, openCase?.files) : null;
}

const repairs = fetchedOnce(() => import("../../formats/dataset/repairs.ts"));

/** Applies the repair of a finding. Returns true if it changed something. */
export async function applyRepair(finding: Finding): Promise<boolean> {
  const repair = await repairOf(finding);
  const { definition } = useStore.getState();
  if (!definition || !repair) return false;
  const repaired = repair.apply(definition);
  if (repaired.text === definition.text) return false;
  definitionEdited(repaired, repair.action);
  return true;
}

/** Reads another dataset.json to compare with; raises the problem and returns null if it cannot be read. */
export async function readDefinition(file: File): Promise<DatasetDefinition | null> {
  try {
    return parseDataset(await file.text(), file.name);
  } catch (error) {
    showError(errorMessage(error));
    return null;
  }
}

/** Returns the open definition, or, for a volume without dataset.json, the one nnU-Net would need for it. */
export function editableDefinition(): DatasetDefinition | null {
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
  return newDefinition(labels, { name, cases, fileEnding: certainEnding(files) ?? ".nii.gz" });
}

function renamed(change: DefinitionEdit, definition: DatasetDefinition) {
  if (change.kind !== "rename") return undefined;
  return { from: entryName(definition, change.index), to: change.name };
}
