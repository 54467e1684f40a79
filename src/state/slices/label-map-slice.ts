/** The dialog *Make a label map*: what is made of the masks that are open. */
import type { LabelMap } from "../../domain/masks/label-map.ts";

/** One region a mask, or with a further region for each combination that would be lost. */
export type LabelMapForm = "plain" | "further";

export type LabelMapDialog =
  | { readonly kind: "working"; readonly step: string; readonly fraction: number }
  | { readonly kind: "failed"; readonly sentence: string }
  | {
      readonly kind: "made";
      readonly map: LabelMap;
      /** Name of the label file. */
      readonly file: string;
      /** The part of the label file that is written, 0..1; null while it is not being written. */
      readonly writing: number | null;
    };

/** The label file of a map that is open in place of its masks. */
export interface MadeLabels {
  readonly file: File;
  readonly saved: boolean;
}

/** What is said of such a file until it is saved. */
export function notSavedYet(file: string): string {
  return `${file} is open but not saved yet. Choose “Save ${file}” in the menu Open… to save it.`;
}

export interface LabelMapSlice {
  /** Null while the dialog is closed. */
  readonly labelMap: LabelMapDialog | null;
  /** What loses nothing, until the user takes the other; what it is where there is no choice says nothing. */
  readonly labelMapForm: LabelMapForm;
  /** Null where the labels of the case come from a file of the user's. */
  readonly madeLabels: MadeLabels | null;
}

/** What another case resets. */
export const PER_CASE = { madeLabels: null } as const;

export const DEFAULTS: LabelMapSlice = {
  ...PER_CASE,
  labelMap: null,
  labelMapForm: "further",
};
