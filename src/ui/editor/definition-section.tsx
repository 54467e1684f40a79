import { Check, Minus, TriangleAlert } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import { type DefinitionFacts, selectDefinitionFacts } from "../../state/edit-selectors.ts";
import { useStore } from "../../state/store.ts";
import { CompareDefinitions } from "./compare/compare-definitions.tsx";
import { DraftInput, wholeNumberProblem } from "./draft-input.tsx";
import { useEditor } from "./editor-state.ts";
import { Fold } from "./fold.tsx";

/** What dataset.json says besides its regions: background and the ignore label; and how it differs from another. */
export function DefinitionSection() {
  const facts = useStore(selectDefinitionFacts);
  const open = useEditor((s) => s.definitionOpen);
  if (!facts) return null;
  return (
    <section className="definition" aria-label="Definition">
      <div className="card-line">
        <Fold open={open} onToggle={() => useEditor.setState({ definitionOpen: !open })}>
          <span className="definition-file" title={facts.file}>
            {facts.file.split("/").at(-1)}
          </span>
        </Fold>
        {open ? null : <Brief facts={facts} />}
        <span className="stretch" />
        <CompareDefinitions />
      </div>
      {open ? (
        <dl className="definition-facts">
          <Background facts={facts} />
          <Ignore facts={facts} />
        </dl>
      ) : null}
    </section>
  );
}

/** While folded: only what is unusual is worth a word. */
function Brief({ facts: { background, ignore } }: { readonly facts: DefinitionFacts }) {
  const words = [
    ...(background === null ? ["no background"] : background.zero ? [] : ["background is not 0"]),
    ...(ignore === null ? [] : [`ignore ${ignore}`]),
  ];
  return words.length > 0 ? <small className="muted">{words.join(" · ")}</small> : null;
}

function Background({ facts: { background } }: { readonly facts: DefinitionFacts }) {
  const commands = useCommands();
  const add = () => commands.editDefinition({ kind: "add-background" });
  return (
    <div>
      <dt>background</dt>
      <dd>
        {background === null ? (
          <>
            <Minus size={13} aria-hidden /> missing
          </>
        ) : background.zero ? (
          <>
            <Check size={13} aria-hidden /> 0
          </>
        ) : (
          <>
            <TriangleAlert size={13} aria-hidden /> {background.text}, not 0
          </>
        )}
        <span className="stretch" />
        {background?.zero ? null : (
          <button type="button" className="link" onClick={add}>
            {background ? "Set background to 0" : "Add background"}
          </button>
        )}
        {background ? (
          <button
            type="button"
            className="link"
            onClick={() => commands.editDefinition({ kind: "remove", index: background.index })}
          >
            Remove background
          </button>
        ) : null}
      </dd>
    </div>
  );
}

function Ignore({ facts: { ignore, nextLabel } }: { readonly facts: DefinitionFacts }) {
  const commands = useCommands();
  const set = (value: number | null) => commands.editDefinition({ kind: "set-ignore", value });
  return (
    <div>
      <dt>ignore label</dt>
      <dd>
        <DraftInput
          id="ignore-label"
          className="ignore-field"
          numeric
          label="Ignore label"
          placeholder={`none; it would be ${nextLabel}`}
          value={ignore === null ? "" : String(ignore)}
          problem={(text) => wholeNumberProblem(text, true)}
          onCommit={(text) => set(text.trim() === "" ? null : Number(text))}
        />
      </dd>
    </div>
  );
}
