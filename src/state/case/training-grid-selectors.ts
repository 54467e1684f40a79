/** Selectors of the training grid: what it is made from, and the grid itself once it is made. */
import { memo } from "../../base/memo.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { PlansConfiguration } from "../../domain/dataset/plans.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import { maskFor } from "../../domain/training-grid/case-mask.ts";
import {
  chooseResampling,
  DEFAULT_SEG_RESAMPLING,
  type Refused,
  refusedSpacing,
} from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { measuring } from "../slices/benchmark-slice.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import type { TrainingGridQuery } from "../slices/training-grid-slice.ts";
import { caseSpacings, selectConfiguration } from "./case-selectors.ts";
import { selectStoredCase } from "./stored-case.ts";

const refused = (reason: string): Refused => ({ kind: "refused", reason });

/** Inputs of the training grid, or why there is none; null without a case. */
export const selectTrainingGridQuery = memo(
  (s: AppState) => [selectStoredCase(s), s.definition, selectConfiguration(s)],
  (stored, definition, configuration): TrainingGridQuery | Refused | null =>
    stored && queryOf(stored, definition, configuration),
);

function queryOf(
  stored: OpenCase,
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

/** True if both give the same training grid. */
export function sameTrainingGrid(a: TrainingGridQuery, b: TrainingGridQuery): boolean {
  return (
    a.volume === b.volume &&
    a.mask === b.mask &&
    a.spacing.join() === b.spacing.join() &&
    a.plansSpacing.join() === b.plansSpacing.join() &&
    JSON.stringify(a.resampling) === JSON.stringify(b.resampling)
  );
}

/** The training grid of the case, or why there is none; null without a case and until it is made. */
export const selectTrainingGrid = memo(
  (s: AppState) => [selectTrainingGridQuery(s), s.trainingGrid],
  (query, made): TrainingGrid | Refused | null => {
    if (query?.kind !== "query") return query;
    return made && sameTrainingGrid(made.query, query) ? made.result : null;
  },
);

/** True if making the training grid was cancelled: it is made once it is chosen again. */
export function isTrainingGridCancelled(s: AppState): boolean {
  const { trainingGridCancelled: cancelled } = s;
  if (s.grid === "trained" || !cancelled) return false;
  const query = selectTrainingGridQuery(s);
  return query?.kind === "query" && sameTrainingGrid(cancelled, query);
}

/** True while the training grid is not known yet but will be. */
export function isTrainingGridAwaited(s: AppState): boolean {
  const query = selectTrainingGridQuery(s);
  if (query?.kind !== "query" || selectTrainingGrid(s) || measuring(s)) return false;
  return !isTrainingGridCancelled(s);
}

/** True once the grid that was asked for is shown, or the stored one because there is no training grid. */
export function isGridSettled(s: AppState): boolean {
  const grid = s.grid === "trained" ? selectTrainingGrid(s) : null;
  if (s.grid === "trained" && s.openCase && grid === null) return false;
  return (s.openCase?.trained?.grid ?? null) === (grid?.kind === "training-grid" ? grid : null);
}
