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

/** Keys of the whole page; `shortcut-list.tsx` says what they do. Fields, menus and dialogs keep theirs. */
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
    ["d", ruler],
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

/** Only where slices lie that it could be drawn on. */
function ruler(): void {
  const { openCase, centre, toggleRuler } = useStore.getState();
  if (openCase && (centre === "grid" || centre === "planes" || centre === "compare")) toggleRuler();
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
