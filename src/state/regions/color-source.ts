/** Whether colours come from the label file, and whether they tell labels or regions apart. */
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { AppState } from "../app-state.ts";

const NONE: readonly LabelName[] = [];

/** The labels that the file has names and colours for, as far as its colours are wanted. */
export function selectFileColors({ openCase, fileColors }: AppState): readonly LabelName[] {
  return fileColors ? (openCase?.labelNames ?? NONE) : NONE;
}

const NO_MASKS: readonly LabelName["color"][] = [];

/**
 * As {@link selectFileColors}, of masks that came one by one: by channel, null where the file has none for
 * it.
 */
export function selectMaskColors({ openCase, fileColors }: AppState): readonly LabelName["color"][] {
  return fileColors ? masksOf(openCase) : NO_MASKS;
}

/** Whether the label file gave any colour. */
export function hasFileColors({ openCase }: AppState): boolean {
  const ofLabels = openCase?.labelNames.map(({ color }) => color) ?? [];
  return [...ofLabels, ...masksOf(openCase)].some((color) => color !== null);
}

function masksOf(openCase: AppState["openCase"]): readonly LabelName["color"][] {
  return (openCase?.source.kind === "masks" ? openCase.source.stack.colors : null) ?? NO_MASKS;
}

/** Why voxels cannot be tinted by label; null where they can. Masks and pooled voxels have no labels. */
export function whyNotByLabel({ openCase, pooling, activeView }: AppState): string | null {
  if (openCase?.source.kind === "masks") return "These masks have no labels.";
  if (pooling !== null) return "Pooled voxels have no single label.";
  return activeView === "compare" ? "Compare colours by region on both sides." : null;
}

/** Whether voxels of slices and 3D are tinted by label now. */
export function colorsByLabel(s: AppState): boolean {
  return s.colorBy === "label" && s.openCase !== null && whyNotByLabel(s) === null;
}
