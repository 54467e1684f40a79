/** State of the *Make a label map* dialog and of the label file it makes. */
import type { LabelMap } from "../../domain/masks/label-map.ts";

/** One region per mask, or with an additional region for each combination that would be lost. */
export type LabelMapForm = "plain" | "further";

export type LabelMapDialog =
  | { readonly kind: "working"; readonly step: string; readonly fraction: number }
  | { readonly kind: "failed"; readonly sentence: string }
  | {
      readonly kind: "made";
      readonly map: LabelMap;
      /** Name of the label file. */
      readonly file: string;
      /** Progress of writing the label file, 0..1; null while it is not being written. */
      readonly writing: number | null;
    };

/** The label file of a map that replaced its masks on the page. */
export interface MadeLabels {
  readonly file: File;
  readonly saved: boolean;
}

/** The notice shown until the user saves such a file. */
export function notSavedYet(file: string): string {
  return `${file} is open but not saved yet. Choose “Save ${file}” in the menu Open… to save it.`;
}

export interface LabelMapSlice {
  /** Null while the dialog is closed. */
  readonly labelMap: LabelMapDialog | null;
  /** Lossless unless the user picks the other form; has no effect when there is no choice. */
  readonly labelMapForm: LabelMapForm;
  /** Null if the labels of the case come from the user's own file. */
  readonly madeLabels: MadeLabels | null;
}

/** Reset when another case opens. */
export const PER_CASE = { madeLabels: null } as const;

export const DEFAULTS: LabelMapSlice = {
  ...PER_CASE,
  labelMap: null,
  labelMapForm: "further",
};
