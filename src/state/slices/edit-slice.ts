/** Edits of the definition: their undo steps, what of them is saved, and colours chosen on the page. */
import type { Rgb } from "../../base/oklab.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";

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
  readonly otherDefinition: OtherDefinition | null;
  /** The user is asked whether these edits may be lost; null while nothing is asked. */
  readonly unsavedQuestion: UnsavedQuestion | null;
}

/** Another definition beside the open one. */
export interface OtherDefinition {
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

/** What another case resets. */
export const PER_CASE = {
  chosenColors: new Map<string, Rgb>(),
  undoable: [],
  redoable: [],
  savedText: null,
  otherDefinition: null,
} as const;

export const DEFAULTS: EditSlice = {
  ...PER_CASE,
  unsavedQuestion: null,
};
