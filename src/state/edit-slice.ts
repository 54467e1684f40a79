import type { StateCreator } from "zustand";
import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import type { AppState } from "./app-state.ts";
import type { Rgb } from "./oklab.ts";

/** What an edit can change, and undo gives back. */
export interface EditState {
  readonly definition: DatasetDefinition | null;
  /** Colours chosen on the page, by region name; dataset.json has no place for them. */
  readonly chosenColors: ReadonlyMap<string, Rgb>;
}

/** One step of the history: the state before it, and what it did, for the undo button. */
export interface EditStep {
  readonly before: EditState;
  readonly did: string;
}

export interface EditSlice {
  readonly chosenColors: EditState["chosenColors"];
  readonly undoable: readonly EditStep[];
  readonly redoable: readonly EditStep[];
  /** The text that the file on disk has, as far as the page knows: opened or saved last. */
  readonly savedText: string | null;

  /** @param renamed the region that carries on under another name */
  definitionEdited(
    definition: DatasetDefinition,
    did: string,
    renamed?: { readonly from: string; readonly to: string },
  ): void;
  colorChosen(name: string, color: Rgb): void;
  undo(): void;
  redo(): void;
  definitionSaved(): void;
}

/** More steps than anyone goes back; each keeps one text of the definition. */
const MAX_STEPS = 500;

export const NO_EDITS = { chosenColors: new Map(), undoable: [], redoable: [], savedText: null } as const;

const current = ({ definition, chosenColors }: EditState): EditState => ({ definition, chosenColors });

export const createEditSlice: StateCreator<AppState, [], [], EditSlice> = (set, get) => {
  const remember = (did: string): Pick<EditSlice, "undoable" | "redoable"> => ({
    undoable: [...get().undoable, { before: current(get()), did }].slice(-MAX_STEPS),
    redoable: [],
  });
  /** Goes one step along the history, in either direction. */
  const travel = (from: "undoable" | "redoable", to: "undoable" | "redoable") => {
    const state = get();
    const step = state[from].at(-1);
    if (!step) return;
    set({
      ...step.before,
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], { before: current(state), did: step.did }],
      ...outdated(state.definition, step.before.definition),
    });
  };
  return {
    ...NO_EDITS,

    definitionEdited: (definition, did, renamed) => {
      const state = get();
      set({
        ...remember(did),
        definition,
        ...outdated(state.definition, definition),
        ...carryOver(state, renamed),
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
  };
};

/** Counts and checks belong to one definition. */
function outdated(before: DatasetDefinition | null, after: DatasetDefinition | null) {
  return before === after ? {} : { regionVoxels: null, verified: null };
}

/** What the page knows of a region by its name follows it to the new one. */
function carryOver(state: AppState, renamed: { readonly from: string; readonly to: string } | undefined) {
  if (!renamed) return {};
  const { from, to } = renamed;
  const name = (known: string) => (known === from ? to : known);
  const color = state.chosenColors.get(from);
  return {
    hidden: new Set([...state.hidden].map(name)),
    solo: state.solo === null ? null : name(state.solo),
    selectedRegion: state.selectedRegion === null ? null : name(state.selectedRegion),
    ...(color ? { chosenColors: new Map([...state.chosenColors, [to, color]]) } : {}),
  };
}
