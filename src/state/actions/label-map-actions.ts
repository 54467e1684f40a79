import { type LabelMapDialog, type LabelMapForm, notSavedYet } from "../slices/label-map-slice.ts";
import { useStore } from "../store.ts";

export function labelMapChanged(labelMap: LabelMapDialog | null): void {
  useStore.setState({ labelMap });
}

/** How much of the label file is written; nothing where the dialog is closed. */
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
