/** The regions and scales of a case, from its labels, its definition and its plans. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { PlansConfiguration } from "../dataset/plans.ts";
import {
  type RegionSet,
  regionSetFromDefinition,
  regionSetFromMasks,
  regionSetFromNames,
} from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Trainer } from "../targets/deep-supervision.ts";
import { guessedStrides } from "../targets/guessed-strides.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { type CaseData, caseSpacings } from "./case-data.ts";

/**
 * The channels: from dataset.json if there is one, otherwise one per label or mask.
 * @param stored on the stored grid, so that a label that resampling loses stays a region
 */
export function caseRegions(
  { source, labelNames }: Pick<CaseData, "source" | "labelNames">,
  definition: DatasetDefinition | null,
): RegionSet {
  if (source.kind === "masks") return regionSetFromMasks(source.stack.names);
  if (definition) return regionSetFromDefinition(definition);
  return regionSetFromNames(source.volume.palette, labelNames);
}

/** A new array per configuration, so that whatever depends on it follows another configuration. */
export function stridesOfPlans({ strides }: PlansConfiguration): readonly Triple[] {
  return strides ?? [[1, 1, 1]];
}

/** Strides that nnU-Net's planner would start from, for a case without plans. */
export function stridesWithoutPlans(
  shown: Pick<CaseData, "source" | "geometry" | "transpose">,
): readonly Triple[] {
  return guessedStrides(sourceGrid(shown.source), caseSpacings(shown)?.labels);
}

/** Plans without strides, as for a network with a single output, have no deep supervision. */
export function trainerOf(configuration: PlansConfiguration | null, chosen: Trainer): Trainer {
  return configuration?.strides === null ? "no-deep-supervision" : chosen;
}
