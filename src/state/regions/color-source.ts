/**
 * Determines whether colours come from the label file, and whether voxels are coloured by label or by region.
 */
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { AppState } from "../app-state.ts";

const NONE: readonly LabelName[] = [];

/** Names and colours from the label file; empty if the user does not want its colours. */
export function selectFileColors({ openCase, fileColors }: AppState): readonly LabelName[] {
  return fileColors ? (openCase?.labelNames ?? NONE) : NONE;
}

const NO_MASKS: readonly LabelName["color"][] = [];

/** Like {@link selectFileColors} for masks, by channel; null for a channel without a colour in the file. */
export function selectMaskColors({ openCase, fileColors }: AppState): readonly LabelName["color"][] {
  return fileColors ? masksOf(openCase) : NO_MASKS;
}

/** True if the label file contains any colour. */
export function hasFileColors({ openCase }: AppState): boolean {
  const ofLabels = openCase?.labelNames.map(({ color }) => color) ?? [];
  return [...ofLabels, ...masksOf(openCase)].some((color) => color !== null);
}

function masksOf(openCase: AppState["openCase"]): readonly LabelName["color"][] {
  return (openCase?.source.kind === "masks" ? openCase.source.stack.colors : null) ?? NO_MASKS;
}

/** Why voxels cannot be coloured by label; null if they can. Masks and pooled voxels have no labels. */
export function whyNotByLabel({ openCase, pooling, activeView }: AppState): string | null {
  if (openCase?.source.kind === "masks") return "These masks have no labels.";
  if (pooling !== null) return "Pooled voxels have no single label.";
  return activeView === "compare" ? "Compare colours by region on both sides." : null;
}

/** True if slices and 3D currently colour voxels by label. */
export function colorsByLabel(s: AppState): boolean {
  return s.colorBy === "label" && s.openCase !== null && whyNotByLabel(s) === null;
}
