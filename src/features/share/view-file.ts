/** Saves the view as a file and restores it. */
import { fileStem, saveFile } from "../../app/save-file.ts";
import type { OpenedView } from "../../formats/intake/definition-files.ts";
import { setConfiguration, setMode, setTrainer } from "../../state/actions/case-actions.ts";
import { viewReplaced } from "../../state/actions/history-actions.ts";
import { setPatchSettings, setPooling } from "../../state/actions/survival-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { gridSettled } from "../../state/grid-settled.ts";
import { useStore } from "../../state/store.ts";
import { fittingView, hasConfiguration, savedViewOf } from "../../state/view/saved-view.ts";

/**
 * Saves the view of the open case.
 * @returns the file's name; null without a case
 */
export function saveView(): string | null {
  const saved = savedViewOf(useStore.getState());
  if (!saved) return null;
  const name = `${fileStem(saved.case.name)}.view.json`;
  saveFile(name, `${JSON.stringify(saved, null, 2)}\n`, "application/json");
  return name;
}

/**
 * Restores a saved view on the open case, as far as it fits. Waits for the grid that its positions are on.
 */
export async function showView({ file, saved }: OpenedView): Promise<void> {
  const store = useStore.getState();
  if (store.mode !== saved.mode) setMode(saved.mode);
  const { configuration } = saved;
  if (
    configuration !== null &&
    configuration !== store.configuration &&
    hasConfiguration(store, configuration)
  )
    setConfiguration(configuration);
  setTrainer(saved.trainer);
  if (store.pooling !== saved.pooling) setPooling(saved.pooling);
  if (store.grid !== saved.grid) setGrid(saved.grid);
  await gridSettled();
  // Read again, because the scales may have changed.
  const fitting = fittingView(useStore.getState(), saved, file);
  if (fitting.placed) {
    const { patch } = saved;
    if (patch) setPatchSettings({ on: true, origin: patch.origin, size: patch.size });
    else if (store.patchSettings.on) setPatchSettings({ on: false });
  }
  viewReplaced(fitting.change, fitting.notices);
}
