/** Edits of the definition: undo steps, the saved text, and colours chosen on the page. */
import type { Rgb } from "../../base/oklab.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Grid } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";

/** State that an edit changes and undo restores. */
export interface EditState {
  readonly definition: DatasetDefinition | null;
  /**
   * Colours by region name, chosen on the page or kept from before the first edit, so that a region keeps its
   * colour when it moves in the list. dataset.json cannot store them.
   */
  readonly chosenColors: ReadonlyMap<string, Rgb>;
}

/** A region's old and new name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Rulers that were removed, with their places in the list, on the grid where they were. */
export interface RemovedRulers {
  readonly grid: Grid;
  readonly rulers: readonly { readonly index: number; readonly ruler: Ruler }[];
}

/** One undo step: the state before it, and what it did (for the undo button). */
export interface EditStep {
  readonly before: EditState;
  /** The selected region at the time of the step; undo selects it again. */
  readonly selected: string | null;
  readonly did: string;
  readonly renamed: Renaming | undefined;
  /** Set if the step removed rulers, and edited nothing. */
  readonly removed?: RemovedRulers;
}

export interface EditSlice {
  readonly chosenColors: EditState["chosenColors"];
  readonly undoable: readonly EditStep[];
  readonly redoable: readonly EditStep[];
  /** The text of the file on disk as far as the page knows: as last opened or saved. */
  readonly savedText: string | null;
  /** Viewers hatch the voxels whose regions differ in this definition; null for none. */
  readonly otherDefinition: OtherDefinition | null;
  /** The question whether unsaved edits may be lost; null if none is open. */
  readonly unsavedQuestion: UnsavedQuestion | null;
}

/** Another definition beside the open one. */
export interface OtherDefinition {
  readonly definition: DatasetDefinition;
  /** A title for definitions whose file name does not identify them. */
  readonly title: string;
}

/** Unsaved work that the user would lose. */
export interface UnsavedQuestion {
  /** Number of unsaved edits of dataset.json; null if they cannot be counted. */
  readonly edits: number | null;
  /** Name of the unsaved label file made on the page; null if none would be lost. */
  readonly labels: string | null;
}

/** Reset when another case opens. */
export const PER_CASE = { undoable: [], redoable: [], savedText: null, otherDefinition: null } as const;

/** Reset when a case of another dataset opens. */
export const PER_DATASET = { chosenColors: new Map<string, Rgb>() } as const;

export const DEFAULTS: EditSlice = {
  ...PER_CASE,
  ...PER_DATASET,
  unsavedQuestion: null,
};
