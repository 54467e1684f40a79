/** Selectors of the shares of patches: what they are computed from, and the shares once they are known. */
import { memo } from "../../base/memo.ts";
import { objectNumber } from "../../base/object-number.ts";
import { askedShares, patchVoxels } from "../../domain/case/shares-input.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { PatchShares, PatchSharesInput } from "../../domain/patches/patch-shares.ts";
import type { SharesRefused } from "../../domain/patches/shares-limits.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import type { AppState } from "../app-state.ts";
import type { ComponentSharesResult } from "../slices/survival-slice.ts";
import {
  selectConfiguration,
  selectRegionSet,
  selectRegionTable,
  selectStrides,
  selectTrainer,
} from "./case-selectors.ts";
import { selectPatchSize, selectPlansPatchSize, selectRegionsText } from "./shown-patch.ts";

/** What shares are computed from. */
export interface PatchSharesQuery {
  /** The same text for the same shares, however regions are named and ordered in predictions. */
  readonly key: string;
  readonly input: PatchSharesInput;
}

interface SharesSelectors {
  readonly query: (s: AppState) => PatchSharesQuery | null;
  /** Null until they are known, and unless the plans have a patch size and a batch size. */
  readonly result: (s: AppState) => PatchShares | SharesRefused | null;
  readonly isAwaited: (s: AppState) => boolean;
}

function sharesSelectors(
  patchSizeOf: (s: AppState) => Triple | null,
  poolingOf: (s: AppState) => PoolingRule | null,
): SharesSelectors {
  const selectAsked = memo(
    (s: AppState) => [
      // The values of an image are no labels.
      s.openCase !== null && !s.openCase.imageSigns,
      selectRegionSet(s),
      selectConfiguration(s),
      selectPlansPatchSize(s) && patchSizeOf(s),
      selectStrides(s),
      selectTrainer(s),
      s.mode,
    ],
    (hasLabels, set, configuration, patchSize, strides, trainer, mode) =>
      askedShares({ hasLabels, set, configuration, patchSize, strides, trainer, mode }),
  );
  const query = memo(
    (s: AppState) => [selectAsked(s), selectDrawnFrom(s), selectRegionsText(s), poolingOf(s)],
    (asked, drawnFrom, regions, pooling): PatchSharesQuery | null => {
      if (!asked || !drawnFrom) return null;
      const input = { ...drawnFrom, ...asked };
      return {
        key: keyOf(input, regions ?? "", pooling),
        input: pooling ? { ...input, pooling } : input,
      };
    },
  );
  const result = memo(
    (s: AppState) => [selectAsked(s), query(s), s.patchShares, s.patchSource],
    (asked, its, known, source): PatchShares | SharesRefused | null => {
      if (!asked) return null;
      if (source.kind === "refused") return source;
      return (its && known.get(its.key)) ?? null;
    },
  );
  return { query, result, isAwaited: (s) => selectAsked(s) !== null && result(s) === null };
}

/** The voxels that patches are drawn from; null while they are not known, and if there are none. */
const selectDrawnFrom = memo(
  (s: AppState) => [s.patchSource, s.openCase, selectRegionSet(s), selectRegionTable(s)],
  (from, openCase, set, table) =>
    openCase && set && patchVoxels(from, { source: openCase.source, table }, set),
);

function keyOf(input: PatchSharesInput, regions: string, pooling: PoolingRule | null): string {
  const { source, patchSize, is2d, batchSize, strides, trainer, mode } = input;
  const volume = objectNumber(source.kind === "labels" ? source.volume : source.stack);
  return JSON.stringify([volume, regions, patchSize, is2d, batchSize, strides, trainer, mode, pooling]);
}

/** Patches of the plans' size, downsampled as nnU-Net does it: looking at others changes no findings. */
const trained = sharesSelectors(selectPlansPatchSize, () => null);
/** Patches of the size that is shown, by the pooling that is shown. */
const shown = sharesSelectors(selectPatchSize, (s) => s.pooling);

export const selectTrainedQuery = trained.query;
export const selectTrainedResult = trained.result;
/** True if there will be shares of patches of the plans' size. */
export const areTrainedSharesAwaited = trained.isAwaited;
/** True if there are shares to be had, but not yet. */
export const arePatchSharesAwaited = shown.isAwaited;

const sharesOf = (result: PatchShares | SharesRefused | null): PatchShares | null =>
  result && "regions" in result ? result : null;

/**
 * Shares of patches of the shown size and by the shown pooling, always of the voxels that nnU-Net trains on;
 * null until they are known, and without plans that have a patch size and a batch size.
 */
export function selectPatchShares(s: AppState): PatchShares | null {
  return sharesOf(shown.result(s));
}

/** What the shares that are shown are computed from; null if there are none to be had. */
export function selectPatchSharesQuery(s: AppState): PatchSharesQuery | null {
  return shown.query(s);
}

/** True if shares are of the voxels that are shown, and not of a training grid that is not shown. */
export function areSharesOfShown(s: AppState): boolean {
  return s.openCase !== null && shown.query(s)?.input.source === s.openCase.source;
}

/** Why there are no shares although the plans have a patch size, as a sentence; else null. */
export function sharesRefusal(s: AppState): string | null {
  const result = shown.result(s);
  return result && "reason" in result ? result.reason : null;
}

/** Shares per component, if they are for the current settings and of the components that are shown. */
export const selectComponentShares = memo(
  (s: AppState) => [s.componentShares, shown.query(s), areSharesOfShown(s)],
  (result, query, isShown): ComponentSharesResult | null =>
    isShown && result && result.key === query?.key ? result : null,
);

/** The part that is done, 0..1; null if no shares are being computed. */
export function selectPatchSharesProgress(s: AppState): number | null {
  return s.patchSharesProgress;
}

/** The shares that are to be computed next; null if nothing is missing. */
export function nextSharesQuery(s: AppState): PatchSharesQuery | null {
  const missing = [trained, shown].find(({ query, result }) => query(s) && !result(s));
  return missing?.query(s) ?? null;
}
