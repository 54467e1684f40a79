/** Selects the labels that Compare sets beside those of the case. */
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";

/** The second labels on the shown grid; null without any, and until they are resampled. */
export function selectShownSecond({ openCase, secondLabels, trainedSecond }: AppState): Source | null {
  if (!openCase?.trained || !secondLabels) return secondLabels?.source ?? null;
  const { grid } = openCase.trained;
  return trainedSecond?.of === secondLabels.source && trainedSecond.grid === grid
    ? trainedSecond.source
    : null;
}
