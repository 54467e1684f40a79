/** The dialog *Make a label map*: what is made of the masks that are open. */
import type { StateCreator } from "zustand";
import type { LabelMap } from "../domain/label-map.ts";
import type { AppState } from "./app-state.ts";

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

export interface LabelMapSlice {
  /** Null while the dialog is closed. */
  readonly labelMap: LabelMapDialog | null;
  /** What loses nothing, until the user takes the other; what it is where there is no choice says nothing. */
  readonly labelMapForm: LabelMapForm;
  labelMapChanged(labelMap: LabelMapDialog | null): void;
  /** How much of the label file is written; nothing where the dialog is closed. */
  labelMapWriting(writing: number | null): void;
  setLabelMapForm(form: LabelMapForm): void;
}

export const createLabelMapSlice: StateCreator<AppState, [], [], LabelMapSlice> = (set) => ({
  labelMap: null,
  labelMapForm: "further",
  labelMapChanged: (labelMap) => set({ labelMap }),
  labelMapWriting: (writing) =>
    set(({ labelMap }) => (labelMap?.kind === "made" ? { labelMap: { ...labelMap, writing } } : {})),
  setLabelMapForm: (labelMapForm) => set({ labelMapForm }),
});
