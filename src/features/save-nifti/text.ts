/** Sentences of the dialog that saves the training grid or targets. */
import { formatFactors, formatShape, formatValue } from "../../base/format-numbers.ts";
import { continued } from "../../base/sentence.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import type { PlacedScale } from "../../domain/targets/placed-targets.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";
import { trainingGridJob, whyNotScale } from "./saving-job.ts";

/** What the training grid would be, or why there is none. */
export function trainingGridText(s: AppState): string {
  const job = trainingGridJob(s);
  if (job.kind === "refused") return job.reason;
  const { query, made } = job;
  const mm = (spacing: readonly number[]) => `${spacing.map(formatValue).join("×")} mm`;
  const size = made
    ? `${formatShape(made.volume.grid.shape)} voxels of ${mm(spacingMm(made.volume.grid))}`
    : `Resampled to ${mm(query.plansSpacing)}`;
  const outside = made?.volume.palette.includes(-1) ? "; −1 outside the image's nonzero mask" : "";
  const uncropped = query.maskUnknown ? ` Not cropped: ${continued(query.maskUnknown)}` : "";
  return `${size}, all labels${outside}.${uncropped}`;
}

/** Which targets are meant: those that are shown. */
export function targetsText(s: AppState): string {
  const patch = selectShownTargets(s)?.patch ?? null;
  const grid = s.openCase?.trained ? "the training grid" : "the stored grid";
  const where = patch
    ? `Of the patch at ${patch.origin.join(", ")} of ${grid}, without what lies outside the case.`
    : `Of ${grid}, as it is shown.`;
  const pooling = s.pooling ? ` As nnU-Net samples them: ${POOLING_NAMES[s.pooling]} is not saved.` : "";
  return where + pooling;
}

/** "Scale 2: ¼×¼×¼, 37×66×66" */
export function scaleText(placed: PlacedScale, scale: number): string {
  const why = whyNotScale(placed);
  if (why) return `Scale ${scale} ${why}`;
  return `Scale ${scale}: ${formatFactors(placed.scale.factors)}, ${formatShape(placed.shape)}`;
}
