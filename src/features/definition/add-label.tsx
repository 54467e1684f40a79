/** Field that adds a label to a region: one of the case's, listed with its voxels, or any whole number. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { plural } from "../../base/format-numbers.ts";
import { useStore } from "../../state/store.ts";
import { toPage } from "../../ui/controls/text-history.ts";
import { wholeNumberProblem } from "./draft-input.tsx";
import { type EditedRegion, type NamedLabel, selectLabelChoices } from "./edit-selectors.ts";

/** An image opened as labels has thousands; typing narrows them down. */
const MAX_SHOWN = 60;

export function AddLabel({ region }: { readonly region: EditedRegion }) {
  const commands = useCommands();
  const choices = useStore(selectLabelChoices);
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const highlighted = useRef<NamedLabel | undefined>(undefined);
  const { entry } = region;
  const found = useMemo(() => {
    const held = new Set(entry?.labels);
    const wanted = text.trim().toLowerCase();
    const fits = ({ value, name }: NamedLabel) =>
      !held.has(value) &&
      (String(value).startsWith(wanted) || (name?.toLowerCase().includes(wanted) ?? false));
    return choices.filter(fits).slice(0, MAX_SHOWN);
  }, [choices, entry, text]);

  const add = (label: number) => {
    if (entry) commands.editDefinition({ kind: "add-label", index: entry.index, label });
    setText("");
    setRefusal(null);
    // The next key is the page's; a click into the field goes on adding.
    input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") event.stopPropagation();
    if (event.key !== "Enter" || highlighted.current) return;
    event.preventDefault();
    const [only, second] = found;
    if (text.trim() === "") return;
    if (wholeNumberProblem(text) === null) add(Number(text));
    else if (only && !second) add(only.value);
    else setRefusal("Enter a whole number, or choose from the list.");
  };
  return (
    <>
      <Autocomplete.Root
        items={choices}
        filteredItems={found}
        mode="none"
        openOnInputClick
        itemToStringValue={(label: NamedLabel) => String(label.value)}
        value={text}
        onValueChange={(value, { reason }) => {
          if (reason === "item-press") return;
          setText(value);
          setRefusal(null);
        }}
        onItemHighlighted={(label) => {
          highlighted.current = label;
        }}
      >
        <Autocomplete.Input
          ref={input}
          className="field add-label"
          aria-label={`Add label to ${region.name}`}
          placeholder="Add label…"
          aria-invalid={refusal !== null}
          disabled={entry === null}
          {...(text === "" ? toPage("undo", "redo") : toPage())}
          onKeyDown={onKeyDown}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className="popup-positioner" sideOffset={4} align="start">
            <Autocomplete.Popup className="popup menu label-menu">
              <Autocomplete.List>
                {(label: NamedLabel) => (
                  <Autocomplete.Item
                    key={label.value}
                    value={label}
                    className="menu-item label-choice"
                    onClick={() => add(label.value)}
                  >
                    <b>{label.value}</b>
                    <span>{label.name}</span>
                    <small>{label.voxels === null ? "" : plural(label.voxels, "voxel")}</small>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
              <Autocomplete.Empty className="label-empty">
                No other label matches. Press Enter to add the number you typed.
              </Autocomplete.Empty>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {refusal ? (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      ) : null}
    </>
  );
}
