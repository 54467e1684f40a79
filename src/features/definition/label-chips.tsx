/** Chips of the region's labels, each with a button that removes it. */
import { X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount, plural } from "../../base/format-numbers.ts";
import { shownOn } from "../../state/case/shown-on.ts";
import { useStore } from "../../state/store.ts";
import { moveAlongButtons } from "../../ui/controls/roving-focus.ts";
import { chipsAndGaps, type Gap } from "./chip-places.ts";
import type { EditedRegion, NamedLabel } from "./edit-selectors.ts";
import { useEditor } from "./editor-state.ts";

/**
 * One Tab stop; the arrow keys move from chip to chip. The place of a chip removed by the pointer stays empty
 * until the pointer leaves: the next chip, with its own button, must not come under it.
 */
export function LabelChips({ region }: { readonly region: EditedRegion }) {
  const commands = useCommands();
  const where = useStore((s) => shownOn(s.openCase));
  const highlighted = useEditor((s) => s.highlightedLabels);
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [gaps, setGaps] = useState<readonly Gap[]>([]);
  const { entry, labels, name } = region;
  const last = labels.length - 1;

  const remove = (label: NamedLabel, place: number) => {
    if (!entry) return;
    commands.editDefinition({ kind: "remove-label", index: entry.index, label: label.value });
    // The focused chip is removed, so its neighbour takes the focus.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll("button") ?? [];
      buttons[Math.min(place, buttons.length - 1)]?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return moveAlongButtons(event);
    const label = labels[at];
    event.preventDefault();
    event.stopPropagation();
    if (label) remove(label, at);
  };
  return (
    <ul
      className="label-chips"
      aria-label={`Labels of ${name}`}
      ref={list}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setGaps([])}
    >
      {chipsAndGaps(labels, gaps).map(({ label, isGap }, place) => {
        const i = labels.indexOf(label);
        return isGap ? (
          <li key={label.value} className="label-chip" data-gap aria-hidden>
            <ChipFacts label={label} />
            <span className="label-chip-end" />
          </li>
        ) : (
          <li
            key={label.value}
            className="label-chip"
            data-highlighted={highlighted.includes(label.value) || undefined}
            data-unseen={label.voxels === 0 || undefined}
            title={chipText(label, where)}
          >
            <ChipFacts label={label} />
            {entry ? (
              <button
                type="button"
                aria-label={`Remove label ${label.value} from ${name}`}
                aria-description={chipText(label, where)}
                tabIndex={i === Math.min(at, last) ? 0 : -1}
                onFocus={() => setAt(i)}
                onClick={({ detail }) => {
                  // Enter and Space have no detail.
                  if (detail > 0)
                    setGaps([...gaps.filter((gap) => gap.label.value !== label.value), { place, label }]);
                  remove(label, i);
                }}
              >
                <X size={12} aria-hidden />
              </button>
            ) : null}
          </li>
        );
      })}
      {labels.length === 0 ? <li className="no-labels">No labels yet</li> : null}
    </ul>
  );
}

function ChipFacts({ label }: { readonly label: NamedLabel }) {
  return (
    <>
      <b>{label.value}</b>
      {label.name ? <span className="label-name">{label.name}</span> : null}
      {label.voxels === null ? null : <small>{formatCount(label.voxels)}</small>}
    </>
  );
}

function chipText({ value, name, voxels }: NamedLabel, where: string): string {
  const named = name ? ` ${name}` : "";
  return `label ${value}${named}${voxels === null ? "" : `, ${plural(voxels, "voxel")} ${where}`}`;
}
