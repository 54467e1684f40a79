/** Field for the region's name: Enter or leaving the field renames it, Escape restores it. */
import { useEffect, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { DraftInput } from "./draft-input.tsx";
import type { EditedRegion } from "./edit-selectors.ts";
import { useEditor } from "./editor-state.ts";

export function NameField({ region }: { readonly region: EditedRegion }) {
  const commands = useCommands();
  const wanted = useEditor((s) => s.nameWanted);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wanted) return;
    useEditor.setState({ nameWanted: null });
    input.current?.focus();
    const end = input.current?.value.length ?? 0;
    input.current?.setSelectionRange(wanted === "all" ? 0 : end, end);
  }, [wanted]);
  return (
    <DraftInput
      inputRef={input}
      id="region-name"
      className="name-field"
      label="Region name"
      value={region.name}
      disabled={region.entry === null}
      problem={(text) => nameProblem(text, region.name)}
      onCommit={(name) => {
        if (region.entry) commands.editDefinition({ kind: "rename", index: region.entry.index, name });
      }}
    />
  );
}

function nameProblem(name: string, own: string): string | null {
  if (name.trim() === "") return "A region needs a name.";
  const state = useStore.getState();
  const names =
    state.definition?.labels.map((entry) => entry.name) ?? selectRegionRows(state).map((row) => row.name);
  return name !== own && names.includes(name)
    ? `The name “${name}” is already used; nnU-Net keeps only one entry per name.`
    : null;
}
