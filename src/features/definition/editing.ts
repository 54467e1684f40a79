/**
 * Edits, repairs and saving of the open definition; the script that edits its text loads after the page's.
 */
import { fetchedOnce, workInBackground } from "../../app/busy.ts";
import { saveFile } from "../../app/save-file.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { definitionSaved } from "../../state/actions/edit-actions.ts";
import { useStore } from "../../state/store.ts";

let loaded: typeof import("./edit-definition.ts") | null = null;

const editor = fetchedOnce(async () => {
  loaded = await import("./edit-definition.ts");
  return loaded;
});

/** Fetches the script early, so that the first edit need not wait for it. */
export function prefetchEditor(): void {
  editor().catch(() => undefined);
}

/** Makes one undoable edit; `made` runs after it, even if it was refused. */
export function editDefinition(change: DefinitionEdit, made?: () => void): void {
  if (loaded) {
    loaded.editDefinition(change);
    made?.();
    return;
  }
  const { definition } = useStore.getState();
  workInBackground(async () => {
    await editor();
    // Its places in the list are those of the definition that the user saw.
    if (useStore.getState().definition === definition) editDefinition(change, made);
  });
}

/** Returns the certain repair of a finding, or null if a person has to choose. */
export async function repairOf(finding: Finding) {
  return (await editor()).repairOf(finding);
}

/** Applies the repair of a finding. Returns true if it changed something. */
export async function applyRepair(finding: Finding): Promise<boolean> {
  return (await editor()).applyRepair(finding);
}

/** Reads another dataset.json to compare with; raises the problem and returns null if it cannot be read. */
export async function readDefinition(file: File): Promise<DatasetDefinition | null> {
  return (await editor()).readDefinition(file);
}

/** Saves dataset.json as it is, errors included. */
export function saveDefinition(): void {
  const { definition } = useStore.getState();
  // At once: the case may be closed next, and edits with it.
  if (definition) save(definition);
  else
    workInBackground(async () => {
      const made = (await editor()).editableDefinition();
      if (made) save(made);
    });
}

function save({ text }: DatasetDefinition): void {
  saveFile("dataset.json", text, "application/json");
  definitionSaved();
}
