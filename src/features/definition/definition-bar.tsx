/** Toolbar under the list of regions: the file they are in, undo, redo, compare and save. */
import { Redo2, Save, Undo2 } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { redo, undo } from "../../state/actions/edit-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectUnsaved } from "../../state/case/unsaved-edits.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { save } from "./actions.ts";
import { DefinitionDiffSection } from "./definition-diff.tsx";
import { DefinitionFactsMenu } from "./definition-facts.tsx";
import { type DefinitionFacts, selectDefinitionFacts } from "./edit-selectors.ts";

/** Nothing in it moves other parts of the panel. */
export function DefinitionBar() {
  const commands = useCommands();
  const facts = useStore(selectDefinitionFacts);
  const undone = useStore((s) => s.undoable.at(-1)?.did ?? null);
  const redone = useStore((s) => s.redoable.at(-1)?.did ?? null);
  const unsaved = useStore(selectUnsaved);
  const fromMasks = useStore((s) => selectRegionSet(s)?.fromMasks ?? true);
  return (
    <div className="definition-bar" role="toolbar" aria-label="Edit dataset.json">
      {facts ? <DefinitionFactsMenu facts={facts} /> : null}
      {fromMasks ? null : (
        <span className="unsaved" role="status">
          {unsaved ? (
            <>
              <i aria-hidden="true" /> Unsaved
            </>
          ) : null}
        </span>
      )}
      <span className="definition-brief">{facts && !unsaved ? <Brief facts={facts} /> : null}</span>
      <IconButton
        icon={Undo2}
        label={undone === null ? "Undo" : `Undo: ${undone}`}
        disabled={undone === null}
        onClick={undo}
      />
      <IconButton
        icon={Redo2}
        label={redone === null ? "Redo" : `Redo: ${redone}`}
        disabled={redone === null}
        onClick={redo}
      />
      {facts ? <DefinitionDiffSection /> : null}
      {fromMasks ? null : (
        <button
          type="button"
          className="button slim save-button"
          aria-label={`Save dataset.json (${keyOf("save")})`}
          title={`Save dataset.json (${keyOf("save")})`}
          onClick={() => save(commands)}
        >
          <Save size={13} aria-hidden /> <span>Save</span>
        </button>
      )}
    </div>
  );
}

/** Shows only what is unusual, where there is room. */
function Brief({ facts: { background, ignore } }: { readonly facts: DefinitionFacts }) {
  const parts = [
    ...(background === null ? ["no background"] : background.zero ? [] : ["background is not 0"]),
    ...(ignore === null ? [] : [`ignore ${ignore}`]),
  ];
  return parts.length > 0 ? <small className="muted">{parts.join(" · ")}</small> : null;
}
