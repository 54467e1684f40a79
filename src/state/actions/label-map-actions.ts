/** Actions of the *Make a label map* dialog and of the label file it makes. */
import { type LabelMapDialog, type LabelMapForm, notSavedYet } from "../slices/label-map-slice.ts";
import { useStore } from "../store.ts";

export function labelMapChanged(labelMap: LabelMapDialog | null): void {
  useStore.setState({ labelMap });
}

/** Stores the progress of writing the label file; does nothing if the dialog is closed. */
export function labelMapWriting(writing: number | null): void {
  useStore.setState(({ labelMap }) =>
    labelMap?.kind === "made" ? { labelMap: { ...labelMap, writing } } : {},
  );
}

export function setLabelMapForm(labelMapForm: LabelMapForm): void {
  useStore.setState({ labelMapForm });
}

export function madeLabelsSaved(): void {
  useStore.setState(({ madeLabels, notices }) => ({
    madeLabels: madeLabels && { ...madeLabels, saved: true },
    notices: notices.filter((notice) => notice !== notSavedYet(madeLabels?.file.name ?? "")),
  }));
}
