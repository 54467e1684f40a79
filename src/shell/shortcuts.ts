/** Binds the page's keys (`keys.ts`) to what commands do. */
import type { KeybindingsMap } from "tinykeys";
import type { Commands } from "../app/commands/commands.ts";
import type { ViewName } from "../domain/view/view-values.ts";
import { addRegion, moveSelected, save, togglePicking } from "../features/definition/actions.ts";
import { useEditor, wantName } from "../features/definition/editor-state.ts";
import { toggleGrid } from "../features/training-grid/lazy.tsx";
import { placeStepped } from "../state/actions/changed-places-actions.ts";
import { redo, undo } from "../state/actions/edit-actions.ts";
import { chooseRegion, goToNextSlice, goToRegion } from "../state/actions/go-to.ts";
import { endSolo, hideOthers, hideSelected, soloSelected } from "../state/actions/region-list-actions.ts";
import { toggleRuler } from "../state/actions/ruler-actions.ts";
import { toggleMaximised } from "../state/actions/slices-actions.ts";
import { setPatchSettings, stepEnded } from "../state/actions/survival-actions.ts";
import {
  nudge,
  resetView,
  selectRegion,
  setActiveView,
  setView,
  showAll,
  showResamplingChanges,
  togglePanel,
  toggleShowFrameTimes,
  toggleShowVanishing,
  zoomBy,
} from "../state/actions/view-actions.ts";
import { nameInNoRegion } from "../state/case/case-selectors.ts";
import { showKeyNote } from "../state/key-note.ts";
import { selectListedRows } from "../state/regions/region-order.ts";
import { selectRows } from "../state/regions/region-rows.ts";
import { hasRulers } from "../state/slices/view-slice.ts";
import { useStore } from "../state/store.ts";
import { type GivenToPage, isGivenToPage } from "../ui/controls/text-history.ts";
import { KEYS, keyOf, PAGE_COMMANDS, type PageCommand } from "../ui/keys.ts";
import { navigateViews } from "./lazy-views.tsx";

/** Actions that also work without a case: opening and help. */
interface Dialogs {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
  readonly help: () => void;
}

/** Commands for one region: with several selected, nothing tells which. */
const NEED_ONE: ReadonlySet<PageCommand> = new Set([
  "rename",
  "move-up",
  "move-down",
  "move-first",
  "move-last",
  "pick",
]);

/** Commands for regions: labels in no region are none. */
const NEED_REGION: ReadonlySet<PageCommand> = new Set([...NEED_ONE, "component-before", "component-next"]);

/** Commands for all that is selected, which may be labels in no region. */
const NEED_SELECTION: ReadonlySet<PageCommand> = new Set([
  ...NEED_REGION,
  "region-centre",
  "region-slice-back",
  "region-slice-on",
  "solo",
  "hide",
  "hide-others",
]);

/** Commands that also work in fields and handle the event themselves. */
type Everywhere = "save";

/**
 * Returns the key bindings of the whole page, without those of scopes. Fields, menus and dialogs keep their
 * own keys.
 */
export function keyBindings(commands: Commands, dialogs: Dialogs): KeybindingsMap {
  const actions = actionsOf(commands, dialogs);
  const bind = (command: PageCommand) => {
    if (command === "save") return (event: KeyboardEvent) => saveFromAnywhere(event, commands);
    const run = actions[command];
    return (event: KeyboardEvent) => {
      if (command === "undo" || command === "redo" ? keepsUndo(event, command) : keepsItsKeys(event)) return;
      event.preventDefault();
      if (lacksSelection(command)) sayToSelect(command);
      else if (needsOne(command))
        showKeyNote(`${keyOf(command)} is for one region: click the row of the one you mean.`);
      else run();
    };
  };
  return Object.fromEntries(
    PAGE_COMMANDS.flatMap((command) => KEYS[command].map((key) => [key, bind(command)])),
  );
}

/** Maps every command to its action; a missing action, or one without a key, is a type error. */
function actionsOf(
  commands: Commands,
  dialogs: Dialogs,
): Readonly<Record<Exclude<PageCommand, Everywhere>, () => void>> {
  const state = useStore.getState;
  const scroll = (pages: number) => {
    const scroller = document.querySelector(".grid-scroller");
    scroller?.scrollBy({ top: pages * scroller.clientHeight });
  };
  const show = (view: ViewName) => () => setActiveView(view);
  return {
    "slice-back": () => commands.stepSlice(-1),
    "slice-on": () => commands.stepSlice(1),
    "ten-slices-back": () => commands.stepSlice(-10),
    "ten-slices-on": () => commands.stepSlice(10),
    "crosshair-left": () => nudge(-1, 0),
    "crosshair-right": () => nudge(1, 0),
    "crosshair-up": () => nudge(0, -1),
    "crosshair-down": () => nudge(0, 1),
    axial: () => commands.setPlane("axial"),
    coronal: () => commands.setPlane("coronal"),
    sagittal: () => commands.setPlane("sagittal"),
    "zoom-in": () => zoomBy(1.25),
    "zoom-out": () => zoomBy(0.8),
    whole: () => resetView(),
    interpolate: toggleInterpolated,
    "region-next": () => selectNext(1),
    "region-before": () => selectNext(-1),
    search: focusSearch,
    "region-centre": () => goToRegion(state().selectedRegion ?? ""),
    "region-slice-back": () => goToNextSlice(-1),
    "region-slice-on": () => goToNextSlice(1),
    "component-before": () => commands.stepComponent(-1),
    "component-next": () => commands.stepComponent(1),
    solo: () => soloSelected(),
    hide: () => hideSelected(),
    "hide-others": () => hideOthers(),
    "show-all": () => showAll(),
    "rows-page-up": () => scroll(-1),
    "rows-page-down": () => scroll(1),
    "rows-first": () => scroll(-1e6),
    "rows-last": () => scroll(1e6),
    "vanishing-next": () => commands.stepVanishing(1),
    "vanishing-before": () => commands.stepVanishing(-1),
    "change-next": () => commands.stepPlace(1),
    "change-before": () => commands.stepPlace(-1),
    patch: () => setPatchSettings({ on: !state().patchSettings.on }),
    "patch-here": () => commands.centrePatch(),
    "toggle-vanishing": toggleVanishing,
    rename: () => wantName("end"),
    "new-region": () => addRegion(commands),
    "move-up": () => moveSelected(commands, -1),
    "move-down": () => moveSelected(commands, 1),
    "move-first": () => moveSelected(commands, Number.NEGATIVE_INFINITY),
    "move-last": () => moveSelected(commands, Number.POSITIVE_INFINITY),
    pick: togglePicking,
    undo: () => undo(),
    redo: () => redo(),
    grid: show("grid"),
    planes: show("planes"),
    lightbox: show("lightbox"),
    compare: show("compare"),
    "round-trip": show("round-trip"),
    relations: show("relations"),
    survival: show("survival"),
    resampling: showResamplingChanges,
    "view-before": () => navigateViews(-1),
    "view-after": () => navigateViews(1),
    "training-grid": toggleGrid,
    "open-files": dialogs.pickFiles,
    "open-folder": dialogs.pickFolder,
    bits: () => togglePanel("bits"),
    "frame-times": frameTimes,
    ruler,
    escape: stepOut,
    help: dialogs.help,
  };
}

/** Also works in a field, whose text takes effect first. Prevents the browser from saving the page. */
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

/** Leaves what was entered last, as far as that is known. */
function stepOut(): void {
  const { solo, activeView, maximised, placeStep, survivalStep, selectedRegion } = useStore.getState();
  // Another region hides the line about a component.
  const isHidden = survivalStep?.kind === "at" && survivalStep.place.region !== selectedRegion;
  if (placeStep) placeStepped(null);
  else if (survivalStep && !isHidden) stepEnded(null);
  else if (activeView === "planes" && maximised) toggleMaximised(maximised);
  else if (solo !== null) endSolo();
  else selectRegion(null);
}

/** Opens the panel of the list first, which React renders before the timeout. */
function focusSearch(): void {
  const { panels, openCase, definition } = useStore.getState();
  if (!panels.left && (openCase || definition)) togglePanel("left");
  setTimeout(() => document.querySelector<HTMLInputElement>(".search-line input")?.focus());
}

/** Only in the grid; the other views do not show the marks. */
function toggleVanishing(): void {
  const { openCase, activeView } = useStore.getState();
  if (openCase && activeView === "grid") toggleShowVanishing();
}

/** Only in the grid, like {@link toggleVanishing}, because frame times are shown over it. */
function frameTimes(): void {
  const { openCase, activeView } = useStore.getState();
  if (openCase && activeView === "grid") toggleShowFrameTimes();
}

/** Only with an image. */
function toggleInterpolated(): void {
  const { openCase, view } = useStore.getState();
  if (openCase?.image) setView({ interpolated: !view.interpolated });
}

/** Only in views with slices to draw on. */
function ruler(): void {
  const { openCase, activeView } = useStore.getState();
  if (openCase && hasRulers({ activeView })) toggleRuler();
}

function lacksSelection(command: PageCommand): boolean {
  const state = useStore.getState();
  if (state.selectedRegion === null) return NEED_SELECTION.has(command);
  return NEED_REGION.has(command) && state.selectedRegion === nameInNoRegion(state);
}

/** Ending what has begun needs no choice. */
function needsOne(command: PageCommand): boolean {
  const ends = command === "pick" && useEditor.getState().picking;
  return NEED_ONE.has(command) && !ends && useStore.getState().selectedMore.size > 0;
}

/** Selecting a region by itself would let the next keys change one that nobody chose. */
function sayToSelect(command: PageCommand): void {
  if (selectListedRows(useStore.getState()).length === 0) return;
  showKeyNote(`${keyOf(command)} needs a selected region: click its row, or press ${keyOf("region-next")}.`);
}

function selectNext(step: number): void {
  const state = useStore.getState();
  const shown = new Set(selectRows(state));
  const rows = selectListedRows(state).filter((row) => shown.has(row));
  const at = rows.findIndex((row) => row.name === state.selectedRegion);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  if (next) chooseRegion(next.name);
}

const OWN_KEYS =
  "input, textarea, select, [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [contenteditable]";

/** Returns whether the focused control uses this key itself. */
function keepsItsKeys({ target, key, altKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    // Checkboxes use only Space, radios and sliders only the moving keys without Alt, so every other shortcut
    // works from them.
    if (target.type === "checkbox") return false;
    if (target.type === "radio") return key.startsWith("Arrow") && !altKey;
    if (target.type === "range") return MOVING_KEYS.test(key) && !altKey;
  }
  return target.closest(OWN_KEYS) !== null;
}

/**
 * Returns whether undo belongs to the browser or to nobody: text being typed has the browser's own undo until
 * it takes effect, and dialogs and menus have nothing to undo.
 */
function keepsUndo({ target }: KeyboardEvent, command: GivenToPage): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches(TEXT_FIELD)) return !isGivenToPage(target, command);
  return target.closest(OVER_PAGE) !== null;
}

const TEXT_FIELD =
  "textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file])";
const OVER_PAGE = "[role=menu], [role=listbox], [role=alertdialog], [role=dialog]:not(.popup)";

const MOVING_KEYS = /^(Arrow|Page|Home|End)/;
