/** Actions that edit the definition and colours, with undo and redo. */
import type { Rgb } from "../../base/oklab.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { sameGrid } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { nameInNoRegion } from "../case/case-selectors.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { selectionOf, soloNames, soloOf } from "../regions/selected-regions.ts";
import type {
  EditSlice,
  EditState,
  EditStep,
  OtherDefinition,
  RemovedRulers,
  Renaming,
  UnsavedQuestion,
} from "../slices/edit-slice.ts";
import { useStore } from "../store.ts";
import { rulerOn } from "../view/regrid-view.ts";

/** More undo steps than anyone needs; each keeps the whole text of the definition. */
const MAX_STEPS = 500;

/** @param renamed old and new name, if the edit renames a region */
export function definitionEdited(definition: DatasetDefinition, did: string, renamed?: Renaming): void {
  const state = useStore.getState();
  useStore.setState({
    ...setPreference(state, did, renamed),
    definition,
    ...outdated(state.definition, definition),
    ...carryOver(state, definition, renamed),
    chosenColors: keptColors(state, renamed),
  });
}

export function colorChosen(name: string, color: Rgb): void {
  useStore.setState((state) => ({
    ...setPreference(state, `recolour ${name}`),
    chosenColors: new Map([...state.chosenColors, [name, color]]),
  }));
}

/** Removes rulers, which undo brings back. @param indices their places in the list, ascending */
export function rulersRemoved(indices: readonly number[], did: string): void {
  useStore.setState((state) => {
    const { openCase, rulers } = state;
    if (!openCase) return {};
    const removed: RemovedRulers = {
      grid: sourceGrid(openCase.source),
      rulers: rulers.flatMap((ruler, index) => (indices.includes(index) ? [{ index, ruler }] : [])),
    };
    return {
      undoable: [...state.undoable, { ...stepOf(state, did), removed }].slice(-MAX_STEPS),
      redoable: [],
      rulers: rulers.filter((_, index) => !indices.includes(index)),
      selectedRuler: null,
    };
  });
}

export function undo(): void {
  step("undoable", "redoable");
}

export function redo(): void {
  step("redoable", "undoable");
}

export function definitionSaved(): void {
  useStore.setState((state) => ({ savedText: state.definition?.text ?? null }));
}

/**
 * Hatches the differences from another definition in the viewers, also after further edits; null stops that.
 */
export function overlayDiff(otherDefinition: OtherDefinition | null): void {
  useStore.setState({ otherDefinition });
}

export function unsavedAsked(unsavedQuestion: UnsavedQuestion): void {
  useStore.setState({ unsavedQuestion });
}

export function unsavedAnswered(): void {
  useStore.setState({ unsavedQuestion: null });
}

function stepOf(state: AppState, did: string, renamed?: Renaming): EditStep {
  const { definition, chosenColors, selectedRegion } = state;
  return { before: { definition, chosenColors }, selected: selectedRegion, did, renamed };
}

function setPreference(
  state: AppState,
  did: string,
  renamed?: Renaming,
): Pick<EditSlice, "undoable" | "redoable"> {
  return { undoable: [...state.undoable, stepOf(state, did, renamed)].slice(-MAX_STEPS), redoable: [] };
}

/** Takes one step back or forward. */
function step(from: "undoable" | "redoable", to: "undoable" | "redoable"): void {
  const state = useStore.getState();
  const back = state[from].at(-1);
  if (!back) return;
  if (back.removed) {
    useStore.setState({
      ...(from === "undoable" ? broughtBack(state, back.removed) : removedAgain(state, back.removed)),
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], back],
    });
    return;
  }
  const renamed = back.renamed && { from: back.renamed.to, to: back.renamed.from };
  useStore.setState({
    ...back.before,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], stepOf(state, back.did, renamed)],
    ...outdated(state.definition, back.before.definition),
    ...carryOver({ ...state, selectedRegion: back.selected }, back.before.definition, renamed),
  });
}

/** Rulers drawn meanwhile stay. */
function broughtBack(s: AppState, removed: RemovedRulers): Partial<AppState> {
  const back = onShownGrid(s, removed);
  const rulers = back.reduce((list, { index, ruler }) => list.toSpliced(index, 0, ruler), s.rulers);
  return { rulers, selectedRuler: back.length === 1 ? rulers.indexOf(back[0]?.ruler as Ruler) : null };
}

function removedAgain(s: AppState, removed: RemovedRulers): Partial<AppState> {
  const gone = new Set(onShownGrid(s, removed).map(({ ruler }) => JSON.stringify(ruler)));
  return { rulers: s.rulers.filter((ruler) => !gone.has(JSON.stringify(ruler))), selectedRuler: null };
}

/** The grid may have changed since they were removed. */
function onShownGrid({ openCase }: AppState, { grid, rulers }: RemovedRulers): RemovedRulers["rulers"] {
  const shown = openCase && sourceGrid(openCase.source);
  if (!shown || sameGrid(grid, shown)) return rulers;
  return rulers.map(({ index, ruler }) => ({ index, ruler: rulerOn(grid, shown, ruler) }));
}

/** Counts and the verification are valid for one definition only. */
function outdated(before: DatasetDefinition | null, after: DatasetDefinition | null) {
  return before === after ? {} : { regionVoxels: null, shownVoxels: null, verified: null, onOtherGrid: null };
}

/**
 * Moves state that refers to a region or the labels in no region by name to their new names, and drops it if
 * they are gone.
 */
function carryOver(state: AppState, definition: DatasetDefinition | null, renamed: Renaming | undefined) {
  const { hidden, solo, soloMore, selectedRegion, selectedMore, rangeFrom, styles, frontRegions } = state;
  const [was, is] = [nameInNoRegion(state), nameInNoRegion({ ...state, definition })];
  const left = definition && new Set([is, ...definition.labels.flatMap((e) => [e.name, e.value])]);
  const follow = (known: string) => {
    const name = known === renamed?.from ? renamed.to : known === was ? (is ?? known) : known;
    return left === null || left.has(name) ? [name] : [];
  };
  const followOne = (known: string | null) => (known === null ? null : (follow(known)[0] ?? null));
  const names = [...hidden].flatMap(follow);
  const same = names.length === hidden.size && names.every((name) => hidden.has(name));
  return {
    hidden: same ? hidden : new Set(names),
    ...soloOf([...soloNames({ solo, soloMore })].flatMap(follow)),
    ...selectionOf(selectedRegion === null ? [] : [selectedRegion, ...selectedMore].flatMap(follow)),
    rangeFrom: followOne(rangeFrom),
    styles:
      styles.size === 0
        ? styles
        : new Map([...styles].flatMap(([name, style]) => follow(name).map((now) => [now, style] as const))),
    frontRegions: frontRegions.length === 0 ? frontRegions : frontRegions.flatMap(follow),
    highlighted: [],
  };
}

/**
 * Keeps the colour of every region through an edit. Undo does not need this, because each step stores the
 * colours.
 */
function keptColors(state: AppState, renamed: Renaming | undefined): EditState["chosenColors"] {
  const kept = new Map(state.chosenColors);
  for (const { name, color } of selectRegionRows(state)) if (!kept.has(name)) kept.set(name, color);
  const color = renamed && kept.get(renamed.from);
  if (!renamed || !color) return kept;
  // The labels in no region may be called that next, and have a colour of their own.
  kept.delete(renamed.from);
  return kept.set(renamed.to, color);
}
