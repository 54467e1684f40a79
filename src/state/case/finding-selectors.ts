/**
 * Selectors of findings on the open case and its definition, loaded with the parts of the page that show
 * them.
 */
import { memo } from "../../base/memo.ts";
import { caseSpacings } from "../../domain/case/case-data.ts";
import { croppedShape, isImageZero } from "../../domain/case/training-grid-query.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import {
  caseFindings,
  definitionFindings,
  labelsPresent,
  worstFirst,
} from "../../domain/findings/findings.ts";
import { type PatchFacts, patchFactsOf } from "../../domain/findings/patches.ts";
import { sides } from "../../domain/findings/sides.ts";
import { scalesOf } from "../../domain/targets/deep-supervision.ts";
import { isEmptySegmentation } from "../../domain/volume/empty-segmentation.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import {
  selectConfiguration,
  selectReading,
  selectRegionSet,
  selectRegionTable,
  selectScales,
  selectStoredLabels,
  selectStrides,
  selectStridesFrom,
  selectTrainer,
} from "./case-selectors.ts";
import { areTrainedSharesAwaited, selectTrainedResult } from "./patch-shares-selectors.ts";
import { selectResampledFacts } from "./resampling-changes-selectors.ts";
import { selectPlansPatchSize } from "./shown-patch.ts";
import { storedCase } from "./stored-case.ts";

const NO_FINDINGS: readonly Finding[] = [];

/** Findings on the definition, its files and label values. They do not recompute when counts arrive. */
const selectDefinitionFindings = memo(
  (s: AppState) => [
    s.definition,
    s.openCase?.files ?? null,
    selectStoredLabels(s),
    s.openCase?.imageSigns ?? null,
  ],
  (definition, files, labels, imageSigns) =>
    definition ? definitionFindings(definition, files, labelsPresent(labels, imageSigns)) : NO_FINDINGS,
);

/**
 * Findings on left and right, available once slice occupancy is known. Most cases have none; a constant empty
 * array then keeps dependent selectors from recomputing.
 */
const selectSideFindings = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s), selectRegionTable(s), s.sliceOccupancy],
  (openCase, set, table, occupancy) => {
    // A header without orientation cannot tell left from right.
    if (!openCase || !set || occupancy?.source !== openCase.source || openCase.geometry?.labels.unoriented)
      return NO_FINDINGS;
    const found = sides(set, occupancy.slices.centres(table));
    return found.length > 0 ? found : NO_FINDINGS;
  },
);

/** Scales of the plans' patch; null if the plans have none. */
export const selectPatchScales = memo(
  (s: AppState) => [selectPlansPatchSize(s), selectStrides(s), selectTrainer(s)],
  (size, strides, trainer) => size && scalesOf(size, strides, trainer),
);

/** What findings say of patches. */
const selectPatchFacts = memo(
  (s: AppState) => [areTrainedSharesAwaited(s), selectTrainedResult(s), selectConfiguration(s)],
  (isAwaited, result, configuration): PatchFacts =>
    isAwaited ? { kind: "pending" } : patchFactsOf(configuration, result),
);

/** All findings, errors first. Those that need voxel counts join once counting is done. */
export const selectFindings = memo(
  (s: AppState) => [
    s.openCase,
    s.definition,
    selectRegionSet(s),
    selectScales(s),
    selectStoredLabels(s),
    s.regionVoxels,
    selectDefinitionFindings(s),
    selectStridesFrom(s),
    selectConfiguration(s),
    selectSideFindings(s),
    selectReading(s),
    selectResampledFacts(s),
    selectPatchScales(s),
    selectPatchFacts(s),
  ],
  (
    openCase,
    definition,
    set,
    scales,
    labels,
    regionVoxels,
    ofDefinition,
    stridesFrom,
    configuration,
    ofSides,
    reading,
    resampled,
    patchScales,
    patches,
  ): readonly Finding[] => {
    // Masks define their own regions and are not trained on the labels of dataset.json.
    const written = set?.fromMasks ? NO_FINDINGS : ofDefinition;
    const stored = openCase && storedCase(openCase);
    const seen =
      set && stored
        ? caseFindings(set, definition, {
            labels,
            scales,
            stridesFrom,
            configuration,
            regionVoxels,
            patchScales,
            patches,
            imageSigns: stored.imageSigns ?? null,
            files: stored.files ?? null,
            scaled: stored.source.kind === "labels" ? (stored.source.volume.scaled ?? null) : null,
            grid: sourceGrid(stored.source),
            cropped: croppedShape(stored, definition),
            isTrained: openCase?.trained != null,
            resampled,
            labelNames: stored.labelNames,
            isEmptySegmentation: isEmptySegmentation(stored.source, stored.labelNames),
            masks: stored.masks ?? null,
            reading,
            spacings: caseSpacings(stored),
            imageNaN: stored.image?.nan ?? 0,
            isImageZero: isImageZero(stored, definition),
            grids: stored.image && { image: stored.image.grid, labels: sourceGrid(stored.source) },
          })
        : [];
    return worstFirst([...written, ...seen, ...ofSides]);
  },
);
