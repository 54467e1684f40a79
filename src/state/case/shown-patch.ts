/** Selectors of the training patch, and of the query and result of survival. */
import { memo, memoPer } from "../../base/memo.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { type Scale, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { type OriginRange, originRange, type Patch, placePatch } from "../../domain/targets/patch.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import type { SurvivalQuery, SurvivalResult } from "../slices/survival-slice.ts";
import { selectConfiguration, selectRegionSet, selectStrides, selectTrainer } from "./case-selectors.ts";

const NO_SCALES: readonly Scale[] = [];
const MIDDLE = [null, null, null] as const;

const shownSource = (s: AppState) => s.openCase?.source ?? null;

/** The patch size of the active configuration; null if there are no plans or they do not say. */
export const selectPlansPatchSize = memo(
  (s: AppState) => [selectConfiguration(s)],
  (configuration): Triple | null => configuration?.patchSize ?? null,
);

/** Edited on the page, else from the plans, else the whole case; null without a case. */
export const selectPatchSize = memo(
  (s: AppState) => [s.openCase?.source, s.patchSettings.size, selectPlansPatchSize(s)],
  (source, edited, planned): Triple | null =>
    source ? (edited ?? planned ?? sourceGrid(source).shape) : null,
);

/** Origins at which such a patch can be shown, whether or not one is. */
export const selectOriginRange = memo(
  (s: AppState) => [s.openCase?.source, selectPatchSize(s)],
  (source, size): OriginRange | null => (source && size ? originRange(sourceGrid(source).shape, size) : null),
);

/**
 * The patch that is shown; null for the whole case. The same object on return to a grid: a round trip leaves
 * the origin's numbers, but not the list of them.
 */
export const selectPatch = memoPer(
  shownSource,
  (s: AppState) => {
    const [z, y, x] = s.patchSettings.origin ?? MIDDLE;
    return [s.patchSettings.on, selectPatchSize(s), z, y, x];
  },
  (source, on, size, z, y, x): Patch | null => {
    if (!on || !size) return null;
    const { shape } = sourceGrid(source);
    const middle = (axis: 0 | 1 | 2) => (shape[axis] - size[axis]) / 2;
    return placePatch(shape, size, [z ?? middle(0), y ?? middle(1), x ?? middle(2)]);
  },
);

/** The scales of the patch or case that is shown; survival uses them too. */
export const selectShownScales = memo(
  (s: AppState) => [s.openCase?.source, selectPatch(s), selectStrides(s), selectTrainer(s)],
  (source, patch, strides, trainer) =>
    source ? scalesOf(patch?.size ?? sourceGrid(source).shape, strides, trainer) : NO_SCALES,
);

/**
 * Labels of the channels as text, which stays the same when a region is renamed or gets another order value.
 */
export const selectRegionsText = memo(
  (s: AppState) => [selectRegionSet(s)],
  (set): string | null => {
    if (!set) return null;
    if (set.fromMasks) return `${set.regions.length} masks`;
    return set.regions.map(({ labels, ignore }) => `${ignore ? "ignore " : ""}${labels.join()}`).join(" | ");
  },
);

/**
 * Null without a case or regions. The same object on return to a grid of the case, so that its results are
 * found to be fresh.
 */
export const selectSurvivalQuery = memoPer(
  shownSource,
  (s: AppState) => [
    selectRegionsText(s),
    selectStrides(s),
    selectTrainer(s),
    s.mode,
    selectPatch(s),
    s.pooling,
  ],
  (source, regions, strides, trainer, mode, patch, pooling): SurvivalQuery | null =>
    regions ? { source, regions, strides, trainer, mode, patch, pooling } : null,
);

/** True if two queries have the same components and the same number of scales. */
export function sameComponents(a: SurvivalQuery, b: SurvivalQuery): boolean {
  return (
    a.source === b.source && a.regions === b.regions && a.strides === b.strides && a.trainer === b.trainer
  );
}

/**
 * The result that may be shown: the one for the current query, or one with the same components while the new
 * one is being computed.
 */
export const selectSurvivalResult = memo(
  (s: AppState) => [s.survivalResult, selectSurvivalQuery(s)],
  (result, query): SurvivalResult | null =>
    result && query && sameComponents(result.query, query) ? result : null,
);

/** True if the shown result is for the current settings. */
export function isSurvivalFresh(s: AppState): boolean {
  return s.survivalResult !== null && s.survivalResult.query === selectSurvivalQuery(s);
}

/** True if something on the page needs the survival result. */
export function isSurvivalWanted(s: AppState): boolean {
  const { survivalStep: step } = s;
  return (
    (s.activeView === "survival" && s.survivalPart === "scales") ||
    (s.activeView === "grid" && s.showVanishing) ||
    (step !== null && (step.kind !== "at" || step.place.region === s.selectedRegion))
  );
}
