import { Popover } from "@base-ui/react/popover";
import { Check, ChevronDown, Minus, TriangleAlert } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import type { DefinitionFacts } from "../../state/edit-selectors.ts";
import { DraftInput, wholeNumberProblem } from "./draft-input.tsx";

/** What dataset.json says besides its regions: background and the ignore label. They lie over the page, which stays as it is. */
export function DefinitionFactsMenu({ facts }: { readonly facts: DefinitionFacts }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="definition-file" title={`${facts.file}: background and ignore label`}>
        <span>{facts.file.split("/").at(-1)}</span>
        <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="layer" sideOffset={6} side="top" align="start">
          <Popover.Popup className="popup definition-popup">
            <Popover.Title className="definition-title">{facts.file}</Popover.Title>
            <dl className="definition-facts">
              <Background facts={facts} />
              <Ignore facts={facts} />
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
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
