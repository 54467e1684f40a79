import { VIEWS } from "./insight/views.ts";

interface Shortcut {
  /** As shown. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** The list that the help dialog shows; what the pointer does is part of it. */
const SHORTCUTS: readonly { readonly title: string; readonly entries: readonly Shortcut[] }[] = [
  {
    title: "Slices and crosshair",
    entries: [
      { keys: ["[", "]"], does: "previous, next slice" },
      { keys: ["⇧ [", "⇧ ]"], does: "ten slices" },
      { keys: ["←", "→", "↑", "↓"], does: "crosshair by one voxel" },
      { keys: ["1", "2", "3"], does: "axial, coronal, sagittal" },
      { keys: ["drag"], does: "crosshair" },
      { keys: ["wheel"], does: "slices" },
    ],
  },
  {
    title: "Zoom and window",
    entries: [
      { keys: ["+", "−"], does: "zoom" },
      { keys: ["0"], does: "whole slice" },
      { keys: ["0", "0"], does: "in 3D: all, then the shown regions" },
      { keys: ["double click"], does: "one tile or pane alone, and back" },
      { keys: ["Ctrl wheel", "pinch"], does: "zoom about the pointer" },
      { keys: ["middle or Space drag", "two fingers"], does: "pan" },
      { keys: ["right or Alt drag"], does: "window and level of the image" },
    ],
  },
  {
    title: "Regions",
    entries: [
      { keys: ["J", "K"], does: "next, previous region" },
      { keys: ["Ctrl click", "⇧ click", "⇧ ↑", "⇧ ↓", "Ctrl A"], does: "select several, in the list" },
      { keys: ["C", "double click its line"], does: "crosshair to the centre of the selected region" },
      { keys: [",", "."], does: "previous, next slice that has the selected regions" },
      { keys: ["⇧ ,", "⇧ ."], does: "previous, next component of the selected region" },
      { keys: ["S"], does: "solo the selected regions" },
      { keys: ["H", "⇧ H"], does: "hide or show them, hide the others" },
      { keys: ["A"], does: "show all regions" },
      { keys: ["Page ↑", "Page ↓", "Home", "End"], does: "scroll the rows" },
      { keys: ["⇧ wheel"], does: "scroll the rows" },
      { keys: ["N", "⇧ N"], does: "next, previous component that vanishes" },
      { keys: ["L"], does: "what the loss sees in one training patch" },
      { keys: ["⇧ L"], does: "patch around the crosshair" },
      { keys: ["M"], does: "mark components that vanish, in the grid" },
    ],
  },
  {
    title: "Editing",
    entries: [
      { keys: ["E"], does: "name of the selected region" },
      { keys: ["Insert"], does: "new region" },
      { keys: ["Alt ↑", "Alt ↓", "drag"], does: "move it up, down in the list" },
      { keys: ["Alt Home", "Alt End"], does: "move it to the top, to the end" },
      { keys: ["Delete"], does: "remove it, in the list" },
      { keys: ["P"], does: "pick labels in the grid: click or Enter, Esc ends" },
      { keys: ["Ctrl Z", "Ctrl ⇧ Z"], does: "undo, redo" },
      { keys: ["Ctrl S"], does: "save dataset.json" },
    ],
  },
  {
    title: "Page",
    entries: [
      { keys: VIEWS.map(({ key }) => key.toUpperCase()), does: VIEWS.map(({ name }) => name).join(", ") },
      { keys: ["Alt ←", "Alt →"], does: "view before, view after" },
      { keys: ["O", "⇧ O"], does: "open files, a folder" },
      { keys: ["B"], does: "bits of the voxel" },
      { keys: ["F"], does: "frame times, over the grid" },
      { keys: ["Esc"], does: "end solo, then selection" },
      { keys: ["?"], does: "this list" },
    ],
  },
];

/** All keys, in groups. */
export function ShortcutList() {
  return SHORTCUTS.map((group) => (
    <section key={group.title}>
      <h3>{group.title}</h3>
      <dl>
        {group.entries.map((entry) => (
          <div key={`${entry.keys.join()} ${entry.does}`}>
            <dt>
              {entry.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{entry.does}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
