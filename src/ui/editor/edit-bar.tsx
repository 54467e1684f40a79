import { Plus, Redo2, Save, Undo2 } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import { selectRegionSet } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";
import { selectUnsaved } from "../../state/unsaved-edits.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { keyOf } from "../keys.ts";
import { addRegion, save } from "./actions.ts";
import { useEditor } from "./editor-state.ts";

/** Under the table: add a region, undo, redo, save. */
export function EditBar() {
  const commands = useCommands();
  const undo = useStore((s) => s.undoable.at(-1)?.did ?? null);
  const redo = useStore((s) => s.redoable.at(-1)?.did ?? null);
  const unsaved = useStore(selectUnsaved);
  const fromMasks = useStore((s) => selectRegionSet(s)?.fromMasks ?? true);
  const state = useStore.getState();
  return (
    <>
      <div className="edit-bar" role="toolbar" aria-label="Edit dataset.json">
        {fromMasks ? null : (
          <button type="button" className="button slim" onClick={() => addRegion(commands)}>
            <Plus size={13} aria-hidden /> Add region
          </button>
        )}
        <IconButton
          icon={Undo2}
          label={undo === null ? "Undo" : `Undo: ${undo}`}
          disabled={undo === null}
          onClick={state.undo}
        />
        <IconButton
          icon={Redo2}
          label={redo === null ? "Redo" : `Redo: ${redo}`}
          disabled={redo === null}
          onClick={state.redo}
        />
        <span className="stretch" />
        {fromMasks ? null : (
          <>
            <span className="unsaved" role="status">
              {unsaved ? (
                <>
                  <i aria-hidden="true" /> unsaved
                </>
              ) : null}
            </span>
            <button
              type="button"
              className="button slim"
              aria-label={`Save dataset.json (${keyOf("save")})`}
              title={`Save dataset.json (${keyOf("save")})`}
              onClick={() => save(commands)}
            >
              <Save size={13} aria-hidden /> Save
            </button>
          </>
        )}
      </div>
      <Said />
    </>
  );
}

/** What came of the last save or repair, until something changes. */
function Said() {
  const said = useEditor((s) => s.said);
  const holds = useStore((s) => said !== null && s.definition === said.of);
  return (
    <p className="said" role="status" title={holds ? said?.sentence : undefined}>
      {holds ? said?.sentence : null}
    </p>
  );
}
