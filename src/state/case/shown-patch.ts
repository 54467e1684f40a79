/** What survival and sweeps are asked about, as the page stands. */
import { memo } from "../../base/memo.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { type Scale, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { type OriginRange, originRange, type Patch, placePatch } from "../../domain/targets/patch.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import type { SurvivalQuery, SurvivalResult, SweepQuery, SweepResult } from "../slices/survival-slice.ts";
import { selectConfiguration, selectRegionSet, selectStrides, selectTrainer } from "./case-selectors.ts";

const NO_SCALES: readonly Scale[] = [];

/** Of the configuration in use; null without plans, and where they do not say. */
export const selectPlansPatchSize = memo(
  (s: AppState) => [selectConfiguration(s)],
  (configuration): Triple | null => configuration?.patchSize ?? null,
);

/** Edited here, else the plans', else the whole case; null without a case. */
export const selectPatchSize = memo(
  (s: AppState) => [s.openCase?.source, s.patchSettings.size, selectPlansPatchSize(s)],
  (source, edited, planned): Triple | null =>
    source ? (edited ?? planned ?? sourceGrid(source).shape) : null,
);

/** Where the loader can put such a patch, whether one is looked at or not. */
export const selectOriginRange = memo(
  (s: AppState) => [s.openCase?.source, selectPatchSize(s)],
  (source, size): OriginRange | null => (source && size ? originRange(sourceGrid(source).shape, size) : null),
);

/** The patch looked at; null for the whole case. */
export const selectPatch = memo(
  (s: AppState) => [s.openCase?.source, s.patchSettings.on, s.patchSettings.origin, selectPatchSize(s)],
  (source, on, origin, size): Patch | null => {
    if (!source || !on || !size) return null;
    const { shape } = sourceGrid(source);
    const middle = (axis: 0 | 1 | 2) => (shape[axis] - size[axis]) / 2;
    return placePatch(shape, size, origin ?? [middle(0), middle(1), middle(2)]);
  },
);

/** The scales that are shown, and that survival is about: of the patch, or of the case. */
export const selectShownScales = memo(
  (s: AppState) => [s.openCase?.source, selectPatch(s), selectStrides(s), selectTrainer(s)],
  (source, patch, strides, trainer) =>
    source ? scalesOf(patch?.size ?? sourceGrid(source).shape, strides, trainer) : NO_SCALES,
);

/** What the channels hold; the same text after a region was renamed or got another order value. */
const selectRegionsText = memo(
  (s: AppState) => [selectRegionSet(s)],
  (set): string | null => {
    if (!set) return null;
    if (set.fromMasks) return `${set.regions.length} masks`;
    return set.regions.map(({ labels, ignore }) => `${ignore ? "ignore " : ""}${labels.join()}`).join(" | ");
  },
);

/** What both are asked of; null without a case and without regions. */
const selectAsked = memo(
  (s: AppState) => [s.openCase?.source, selectRegionsText(s), selectStrides(s), selectTrainer(s), s.mode],
  (source, regions, strides, trainer, mode) =>
    source && regions ? { source, regions, strides, trainer, mode } : null,
);

export const selectSurvivalQuery = memo(
  (s: AppState) => [selectAsked(s), selectPatch(s), s.pooling],
  (asked, patch, pooling): SurvivalQuery | null => asked && { ...asked, patch, pooling },
);

export const selectSweepQuery = memo(
  (s: AppState) => [selectAsked(s), selectPatchSize(s)],
  (asked, size): SweepQuery | null => (asked && size ? { ...asked, size } : null),
);

/** Whether two questions are about the same components and as many scales. */
export function sameComponents(a: SurvivalQuery, b: SurvivalQuery): boolean {
  return (
    a.source === b.source && a.regions === b.regions && a.strides === b.strides && a.trainer === b.trainer
  );
}

/**
 * What is known and may be shown: the answer to the question, or to one about the same components while the
 * new one is at work.
 */
export const selectSurvivalResult = memo(
  (s: AppState) => [s.survivalResult, selectSurvivalQuery(s)],
  (result, query): SurvivalResult | null =>
    result && query && sameComponents(result.query, query) ? result : null,
);

/** Whether what is shown is about what the controls say. */
export function isSurvivalFresh(s: AppState): boolean {
  return s.survivalResult !== null && s.survivalResult.query === selectSurvivalQuery(s);
}

/** The sweep, as long as it is about what the page shows. */
export const selectSweepResult = memo(
  (s: AppState) => [s.survivalSweep, selectSweepQuery(s)],
  (result, query): SweepResult | null => (result && result.query === query ? result : null),
);

/** Whether somebody looks at survival. */
export function isSurvivalWanted(s: AppState): boolean {
  const { survivalStep: step } = s;
  return (
    s.activeView === "survival" ||
    (s.activeView === "grid" && s.showVanishing) ||
    (step !== null && (step.kind !== "at" || step.place.region === s.selectedRegion))
  );
}
