import type { StateCreator } from "zustand";
import type { Rgb } from "../../base/oklab.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { selectionOf, soloNames, soloOf } from "../regions/selected-regions.ts";

/** What an edit can change, and undo gives back. */
export interface EditState {
  readonly definition: DatasetDefinition | null;
  /**
   * Colours by region name, chosen on the page or kept from before the first edit: a region that moves stays
   * as it looks. dataset.json has no place for them.
   */
  readonly chosenColors: ReadonlyMap<string, Rgb>;
}

/** A region that carries on under another name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** One step of the history: the state before it, and what it did, for the undo button. */
export interface EditStep {
  readonly before: EditState;
  /** What was selected when the step was made: going back shows what it was about. */
  readonly selected: string | null;
  readonly did: string;
  readonly renamed: Renaming | undefined;
}

export interface EditSlice {
  readonly chosenColors: EditState["chosenColors"];
  readonly undoable: readonly EditStep[];
  readonly redoable: readonly EditStep[];
  /** The text that the file on disk has, as far as the page knows: opened or saved last. */
  readonly savedText: string | null;
  /** Voxels that are in other regions in this definition are hatched; null for none. */
  readonly comparedWith: ComparedDefinition | null;
  /** The user is asked whether these edits may be lost; null while nothing is asked. */
  readonly unsavedQuestion: UnsavedQuestion | null;

  /** @param renamed the region that carries on under another name */
  definitionEdited(definition: DatasetDefinition, did: string, renamed?: Renaming): void;
  colorChosen(name: string, color: Rgb): void;
  undo(): void;
  redo(): void;
  definitionSaved(): void;
  /** Hatches in the viewers what differs from another definition, through further edits; null ends that. */
  markDifferences(other: ComparedDefinition | null): void;
  unsavedAsked(question: UnsavedQuestion): void;
  unsavedAnswered(): void;
}

/** Another definition beside the open one. */
export interface ComparedDefinition {
  readonly definition: DatasetDefinition;
  /** What it is, where the file name does not tell. */
  readonly title: string;
}

/** What would be lost. */
export interface UnsavedQuestion {
  /** Of dataset.json; null where they cannot be counted. */
  readonly edits: number | null;
  /**
   * Name of the label file that was made on the page and is not saved; null where nothing of that is lost.
   */
  readonly labels: string | null;
}

/** More steps than anyone goes back; each keeps one text of the definition. */
const MAX_STEPS = 500;

export const NO_EDITS = {
  chosenColors: new Map(),
  undoable: [],
  redoable: [],
  savedText: null,
  comparedWith: null,
} as const;

const current = ({ definition, chosenColors }: EditState): EditState => ({ definition, chosenColors });

export const createEditSlice: StateCreator<AppState, [], [], EditSlice> = (set, get) => {
  const step = (did: string, renamed?: Renaming): EditStep => {
    const state = get();
    return { before: current(state), selected: state.selectedRegion, did, renamed };
  };
  const remember = (did: string, renamed?: Renaming): Pick<EditSlice, "undoable" | "redoable"> => ({
    undoable: [...get().undoable, step(did, renamed)].slice(-MAX_STEPS),
    redoable: [],
  });
  /** Goes one step along the history, in either direction. */
  const travel = (from: "undoable" | "redoable", to: "undoable" | "redoable") => {
    const state = get();
    const back = state[from].at(-1);
    if (!back) return;
    const renamed = back.renamed && { from: back.renamed.to, to: back.renamed.from };
    set({
      ...back.before,
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], step(back.did, renamed)],
      ...outdated(state.definition, back.before.definition),
      ...carryOver({ ...state, selectedRegion: back.selected }, back.before.definition, renamed),
    });
  };
  return {
    ...NO_EDITS,
    unsavedQuestion: null,

    definitionEdited: (definition, did, renamed) => {
      const state = get();
      set({
        ...remember(did, renamed),
        definition,
        ...outdated(state.definition, definition),
        ...carryOver(state, definition, renamed),
        chosenColors: keptColors(state, renamed),
      });
    },
    colorChosen: (name, color) =>
      set((state) => ({
        ...remember(`recolour ${name}`),
        chosenColors: new Map([...state.chosenColors, [name, color]]),
      })),
    undo: () => travel("undoable", "redoable"),
    redo: () => travel("redoable", "undoable"),
    definitionSaved: () => set((state) => ({ savedText: state.definition?.text ?? null })),
    markDifferences: (comparedWith) => set({ comparedWith }),
    unsavedAsked: (unsavedQuestion) => set({ unsavedQuestion }),
    unsavedAnswered: () => set({ unsavedQuestion: null }),
  };
};

/** Counts and checks belong to one definition. */
function outdated(before: DatasetDefinition | null, after: DatasetDefinition | null) {
  return before === after ? {} : { regionVoxels: null, shownVoxels: null, verified: null };
}

/**
 * What the page knows of a region by its name follows it to the new one, and goes with a region that goes.
 */
function carryOver(
  { hidden, solo, soloMore, selectedRegion, selectedMore, rangeFrom }: AppState,
  definition: DatasetDefinition | null,
  renamed: Renaming | undefined,
) {
  const left = definition && new Set(definition.labels.flatMap((e) => [e.name, e.value]));
  const follow = (known: string) => {
    const name = known === renamed?.from ? renamed.to : known;
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
    concerned: [],
  };
}

/**
 * Every region keeps its colour through an edit. Going back needs none of this: colours are part of what a
 * step keeps.
 */
function keptColors(state: AppState, renamed: Renaming | undefined): EditState["chosenColors"] {
  const kept = new Map(state.chosenColors);
  for (const { name, color } of selectRegionRows(state)) if (!kept.has(name)) kept.set(name, color);
  const color = renamed && kept.get(renamed.from);
  return renamed && color ? kept.set(renamed.to, color) : kept;
}
