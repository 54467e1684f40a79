import type { KeyBindingMap } from "tinykeys";
import type { Commands } from "../app/commands.ts";
import { selectListedRows } from "../state/region-order.ts";
import { selectRows } from "../state/row-selectors.ts";
import { useStore } from "../state/store.ts";
import { addRegion, moveSelected, save } from "./editor/actions.ts";
import { useEditor, wantName } from "./editor/editor-state.ts";
import { VIEWS } from "./insight/views.ts";
import { travelViews } from "./later-views.tsx";
import { goToNextSlice, goToRegion } from "./regions/jump.ts";

/** What the page does without a case: opening and help. */
interface Dialogs {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
  readonly help: () => void;
}

export interface Shortcut {
  /** As shown. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** The list that the help dialog shows; what the pointer does is part of it. */
export const SHORTCUTS: readonly { readonly title: string; readonly entries: readonly Shortcut[] }[] = [
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

/** Keys of the whole page. Fields, menus and dialogs keep theirs. */
export function keyBindings(commands: Commands, dialogs: Dialogs): KeyBindingMap {
  const state = useStore.getState;
  const scroll = (pages: number) => {
    const scroller = document.querySelector(".grid-scroller");
    scroller?.scrollBy({ top: pages * scroller.clientHeight });
  };
  const endSolo = () => {
    if (state().solo !== null) state().endSolo();
    else state().selectRegion(null);
  };
  const bindings: readonly (readonly [string, () => void])[] = [
    ["[", () => commands.stepSlice(-1)],
    ["]", () => commands.stepSlice(1)],
    ["Shift+BracketLeft", () => commands.stepSlice(-10)],
    ["Shift+BracketRight", () => commands.stepSlice(10)],
    ["ArrowLeft", () => state().nudge(-1, 0)],
    ["ArrowRight", () => state().nudge(1, 0)],
    ["ArrowUp", () => state().nudge(0, -1)],
    ["ArrowDown", () => state().nudge(0, 1)],
    ["PageUp", () => scroll(-1)],
    ["PageDown", () => scroll(1)],
    ["Home", () => scroll(-1e6)],
    ["End", () => scroll(1e6)],
    ["1", () => commands.setPlane("axial")],
    ["2", () => commands.setPlane("coronal")],
    ["3", () => commands.setPlane("sagittal")],
    ["+", () => state().zoomBy(1.25)],
    ["Shift++", () => state().zoomBy(1.25)],
    ["=", () => state().zoomBy(1.25)],
    ["-", () => state().zoomBy(0.8)],
    ["0", () => state().resetView()],
    ["j", () => selectNext(1)],
    ["k", () => selectNext(-1)],
    ["c", () => withSelected(goToRegion)],
    [",", () => goToNextSlice(-1)],
    [".", () => goToNextSlice(1)],
    ["Shift+Comma", () => commands.stepComponent(-1)],
    ["Shift+Period", () => commands.stepComponent(1)],
    ["s", () => withSelected(() => state().soloSelected())],
    ["h", () => state().hideSelected()],
    ["Shift+H", () => state().hideOthers()],
    ["a", () => state().showAll()],
    ...VIEWS.map(({ key, value }) => [key, () => state().setCentre(value)] as const),
    ["n", () => commands.stepVanishing(1)],
    ["Shift+N", () => commands.stepVanishing(-1)],
    ["l", () => state().setPatchWish({ on: !state().patchWish.on })],
    ["Shift+L", () => commands.centrePatch()],
    ["m", markVanishing],
    ["b", () => state().togglePanel("bits")],
    ["f", frameTimes],
    ["o", dialogs.pickFiles],
    ["Shift+O", dialogs.pickFolder],
    ["e", editSelected],
    ["Insert", () => addRegion(commands)],
    ["p", () => withSelected(() => useEditor.setState((s) => ({ picking: !s.picking, cardOpen: true })))],
    ["Alt+ArrowUp", () => moveSelected(commands, -1)],
    ["Alt+ArrowDown", () => moveSelected(commands, 1)],
    ["Alt+Home", () => moveSelected(commands, Number.NEGATIVE_INFINITY)],
    ["Alt+End", () => moveSelected(commands, Number.POSITIVE_INFINITY)],
    ["Alt+ArrowLeft", () => travelViews(-1)],
    ["Alt+ArrowRight", () => travelViews(1)],
    ["$mod+z", () => state().undo()],
    ["$mod+Shift+z", () => state().redo()],
    ["$mod+y", () => state().redo()],
    ["Shift+?", dialogs.help],
    ["?", dialogs.help],
    ["Escape", endSolo],
  ];
  const map = Object.fromEntries(
    bindings.map(([keys, run]) => [
      keys,
      (event: KeyboardEvent) => {
        if (keepsItsKeys(event)) return;
        event.preventDefault();
        run();
      },
    ]),
  );
  return { ...map, "$mod+s": (event) => saveFromAnywhere(event, commands) };
}

/** In a field too, whose text takes effect first; the browser would save the page. */
function saveFromAnywhere(event: KeyboardEvent, commands: Commands): void {
  const { definition, openCase } = useStore.getState();
  event.preventDefault();
  if (event.repeat || (!definition && openCase?.source.kind !== "labels")) return;
  if (event.target instanceof HTMLInputElement) {
    event.target.blur();
    event.target.focus();
  }
  save(commands);
}

/** Nothing would be seen of it in the other views. */
function markVanishing(): void {
  const { openCase, centre, toggleShowVanishing } = useStore.getState();
  if (openCase && centre === "grid") toggleShowVanishing();
}

/** As {@link markVanishing}: they stand over the grid. */
function frameTimes(): void {
  const { openCase, centre, toggleShowFrameTimes } = useStore.getState();
  if (openCase && centre === "grid") toggleShowFrameTimes();
}

function editSelected(): void {
  if (useStore.getState().selectedRegion === null) selectNext(1);
  wantName();
}

function withSelected(act: (name: string) => void): void {
  const { selectedRegion } = useStore.getState();
  if (selectedRegion !== null) act(selectedRegion);
}

function selectNext(step: number): void {
  const state = useStore.getState();
  const shown = new Set(selectRows(state));
  const rows = selectListedRows(state).filter((row) => shown.has(row));
  const at = rows.findIndex((row) => row.name === state.selectedRegion);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  if (next) state.selectRegion(next.name);
}

const OWN_KEYS =
  "input, textarea, select, [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [contenteditable]";

/** A control that means something else by this key has the focus. */
function keepsItsKeys({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    // A checkbox uses Space alone, radios and sliders the keys that move: every other shortcut still works from them.
    if (target.type === "checkbox") return false;
    if (target.type === "radio") return key.startsWith("Arrow");
    if (target.type === "range") return MOVING_KEYS.test(key);
  }
  return target.closest(OWN_KEYS) !== null;
}

const MOVING_KEYS = /^(Arrow|Page|Home|End)/;
