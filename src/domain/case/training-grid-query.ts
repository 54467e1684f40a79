/** What the training grid of a case is made from. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { PlansConfiguration } from "../dataset/plans.ts";
import { spacingMm, type Triple } from "../geometry/grid.ts";
import { maskFor } from "../training-grid/case-mask.ts";
import type { NonzeroMask } from "../training-grid/nonzero-mask.ts";
import {
  chooseResampling,
  DEFAULT_SEG_RESAMPLING,
  type Refused,
  refusedSpacing,
} from "../training-grid/resampling.ts";
import type { TrainingGridInput } from "../training-grid/training-grid.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { type CaseData, caseSpacings } from "./case-data.ts";

export interface TrainingGridQuery extends TrainingGridInput {
  readonly kind: "query";
  /** Why `mask` is null, as a sentence; null if it is not. */
  readonly maskUnknown: string | null;
  /** The plans name no resampling function: `resampling` is what nnU-Net's planners write. */
  readonly isAssumed?: boolean;
}

const refused = (reason: string): Refused => ({ kind: "refused", reason });

/** Inputs of the training grid, or why there is none. @param stored the case on the stored grid */
export function trainingGridQuery(
  stored: Pick<CaseData, "source" | "nonzero" | "imageSigns" | "plansRefused" | "geometry" | "transpose">,
  definition: DatasetDefinition | null,
  configuration: PlansConfiguration | null,
): TrainingGridQuery | Refused {
  const { source, nonzero = null, imageSigns, plansRefused } = stored;
  // Also for masks: preprocessing stops at any label file that is made of them.
  if (configuration?.wrongSpacing !== undefined) return refusedSpacing(configuration.wrongSpacing);
  const grid = sourceGrid(source);
  const mask = maskFor(nonzero, grid.shape, definition);
  // The reader's spacing: the affine's lengths differ from it in the last bits, which rounding depends on.
  const own = caseSpacings(stored)?.labels ?? spacingMm(grid);
  const { spacing = null, segResampling: resampling = DEFAULT_SEG_RESAMPLING } = configuration ?? {};
  if (source.kind === "masks") {
    const { box = null } = mask.kind === "known" ? mask.mask : {};
    const chosen = spacing && chooseResampling((box ?? grid).shape, own, spacing, resampling);
    if (chosen?.kind === "refused" && chosen.problem?.kind === "stops") return chosen;
    return refused("nnU-Net trains on one label volume, but this case is a stack of masks.");
  }
  if (imageSigns)
    return refused("The label file looks like an image. No training grid is made of an image's values.");
  if (!configuration)
    return refused(
      plansRefused
        ? `${plansRefused} could not be used, so the spacing that nnU-Net resamples to is not known.`
        : "Without plans, the spacing that nnU-Net resamples to is not known.",
    );
  if (!spacing) return refused(`Configuration “${configuration.name}” of the plans has no spacing.`);
  return {
    kind: "query",
    volume: source.volume,
    spacing: own,
    mask: mask.kind === "known" ? mask.mask : null,
    maskUnknown: mask.kind === "known" ? null : mask.reason,
    plansSpacing: spacing,
    resampling,
    isAssumed: configuration.segResampling === undefined,
  };
}

type MaskedCase = Pick<CaseData, "source" | "nonzero">;

function nonzeroMask(stored: MaskedCase, definition: DatasetDefinition | null): NonzeroMask | null {
  const nonzero = maskFor(stored.nonzero ?? null, sourceGrid(stored.source).shape, definition);
  return nonzero.kind === "known" ? nonzero.mask : null;
}

/** Shape of the box that nnU-Net crops the case to; null if it is not known. */
export function croppedShape(stored: MaskedCase, definition: DatasetDefinition | null): Triple | null {
  const mask = nonzeroMask(stored, definition);
  return mask && (mask.box?.shape ?? sourceGrid(stored.source).shape);
}

/** True if all channels of the image are open, and zero everywhere. */
export function isImageZero(stored: MaskedCase, definition: DatasetDefinition | null): boolean {
  return nonzeroMask(stored, definition)?.box === null;
}
