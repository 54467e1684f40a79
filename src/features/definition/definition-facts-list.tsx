/** List of the background entry and the ignore label of dataset.json, to be edited. */
import { Check, Minus, TriangleAlert } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { DraftInput, wholeNumberProblem } from "./draft-input.tsx";
import type { DefinitionFacts } from "./edit-selectors.ts";

export function DefinitionFactsList({ facts }: { readonly facts: DefinitionFacts }) {
  return (
    <dl className="definition-facts">
      <Background facts={facts} />
      <Ignore facts={facts} />
    </dl>
  );
}

function Background({ facts: { background } }: { readonly facts: DefinitionFacts }) {
  const commands = useCommands();
  const add = () => commands.editDefinition({ kind: "add-background" });
  return (
    <div>
      <dt>Background</dt>
      <dd>
        {background === null ? (
          <>
            <Minus size={13} aria-hidden /> Missing
          </>
        ) : background.zero ? (
          <>
            <Check size={13} aria-hidden /> 0
          </>
        ) : (
          <>
            <TriangleAlert size={13} aria-hidden /> {background.text} (must be 0)
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
      <dt>Ignore label</dt>
      <dd>
        <DraftInput
          id="ignore-label"
          className="ignore-field"
          numeric
          label="Ignore label"
          placeholder={`None (would be ${nextLabel})`}
          value={ignore === null ? "" : String(ignore)}
          problem={(text) => wholeNumberProblem(text, true)}
          description="A whole number, or nothing for no ignore label"
          onCommit={(text) => set(text.trim() === "" ? null : Number(text))}
        />
      </dd>
    </div>
  );
}
