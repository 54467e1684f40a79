/** Selectors of the shares of patches: what they are computed from, and the shares once they are known. */
import { memo } from "../../base/memo.ts";
import { objectNumber } from "../../base/object-number.ts";
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

/** Null unless the plans have a patch size and a batch size. */
const selectQuery = (
  patchSizeOf: (s: AppState) => Triple | null,
  poolingOf: (s: AppState) => PoolingRule | null,
) => {
  const selectInput = memo(
    (s: AppState) => [
      s.openCase,
      selectRegionSet(s),
      selectRegionTable(s),
      selectConfiguration(s),
      selectPlansPatchSize(s) && patchSizeOf(s),
      selectStrides(s),
      selectTrainer(s),
      s.mode,
    ],
    (openCase, set, table, configuration, patchSize, strides, trainer, mode): PatchSharesInput | null => {
      const batchSize = configuration?.batchSize;
      // The values of an image are no labels.
      if (!openCase || openCase.imageSigns || !set || !patchSize || !batchSize) return null;
      const { source } = openCase;
      const is2d = configuration.is2d === true && patchSize[0] === 1;
      return { source, table, set, patchSize, is2d, batchSize, strides, trainer, mode };
    },
  );
  return memo(
    (s: AppState) => [selectInput(s), selectRegionsText(s), poolingOf(s)],
    (input, regions, pooling): PatchSharesQuery | null =>
      input && {
        key: keyOf(input, regions ?? "", pooling),
        input: pooling ? { ...input, pooling } : input,
      },
  );
};

function keyOf(input: PatchSharesInput, regions: string, pooling: PoolingRule | null): string {
  const { source, patchSize, is2d, batchSize, strides, trainer, mode } = input;
  const volume = objectNumber(source.kind === "labels" ? source.volume : source.stack);
  return JSON.stringify([volume, regions, patchSize, is2d, batchSize, strides, trainer, mode, pooling]);
}

/** Patches of the plans' size, downsampled as nnU-Net does it: looking at others changes no findings. */
export const selectTrainedQuery = selectQuery(selectPlansPatchSize, () => null);
/** Patches of the size that is shown, by the pooling that is shown. */
const selectShownQuery = selectQuery(selectPatchSize, (s) => s.pooling);

const selectResult = (queryOf: (s: AppState) => PatchSharesQuery | null) =>
  memo(
    (s: AppState) => [queryOf(s), s.patchShares, s.noPatches],
    (query, known, none): PatchShares | SharesRefused | null =>
      query && (none ?? known.get(query.key) ?? null),
  );

export const selectTrainedResult = selectResult(selectTrainedQuery);
const selectShownResult = selectResult(selectShownQuery);

const sharesOf = (result: PatchShares | SharesRefused | null): PatchShares | null =>
  result && "regions" in result ? result : null;

/**
 * Shares of patches of the shown grid, of the shown size and by the shown pooling; null until they are known,
 * and without plans that have a patch size and a batch size.
 */
export function selectPatchShares(s: AppState): PatchShares | null {
  return sharesOf(selectShownResult(s));
}

/** What the shares that are shown are computed from; null if there are none to be had. */
export function selectPatchSharesQuery(s: AppState): PatchSharesQuery | null {
  return selectShownQuery(s);
}

/** True if there are shares to be had, but not yet. */
export function arePatchSharesAwaited(s: AppState): boolean {
  return selectShownQuery(s) !== null && selectShownResult(s) === null;
}

/** Why there are no shares although the plans have a patch size, as a sentence; else null. */
export function sharesRefusal(s: AppState): string | null {
  const result = selectShownResult(s);
  return result && "reason" in result ? result.reason : null;
}

/** Shares per component, if they are for the current settings. */
export const selectComponentShares = memo(
  (s: AppState) => [s.componentShares, selectShownQuery(s)],
  (result, query): ComponentSharesResult | null => (result && result.key === query?.key ? result : null),
);

/** The part that is done, 0..1; null if no shares are being computed. */
export function selectPatchSharesProgress(s: AppState): number | null {
  return s.patchSharesProgress;
}

/** The shares that are to be computed next; null if nothing is missing. */
export function nextSharesQuery(s: AppState): PatchSharesQuery | null {
  const [trained, shown] = [selectTrainedQuery(s), selectShownQuery(s)];
  if (trained && !selectTrainedResult(s)) return trained;
  return shown && !selectShownResult(s) ? shown : null;
}
