/** Decides what the dialog saves: the training grid, or targets of the scales and regions that are shown. */
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import type { PlacedScale, PlacedTargets } from "../../domain/targets/placed-targets.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { trainingFileName, wholeLabels } from "../../formats/nifti/training-files.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectConfiguration, selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import { selectTrainingGrid, selectTrainingGridQuery } from "../../state/case/training-grid-selectors.ts";
import type { Saving } from "./saving-state.ts";

export interface TrainingGridJob {
  readonly kind: "training-grid";
  readonly query: TrainingGridQuery;
  /** Null if it has to be made first. */
  readonly made: TrainingGrid | null;
}

export interface TargetsJob {
  readonly kind: "targets";
  readonly source: Source;
  readonly targets: PlacedTargets;
  readonly placed: PlacedScale;
  readonly scale: number;
  /** Null for all labels. */
  readonly region: { readonly name: string; readonly channel: number } | null;
}

export type SavingJob = TrainingGridJob | TargetsJob;

/** A choice that can be saved, or whose reason is shown. */
export type Choice = Pick<SavingJob, "kind"> & Pick<Saving, "scale" | "region">;

const refused = (reason: string): Refused => ({ kind: "refused", reason });

/** The choice in the dialog, with what is possible in this case in place of what is not. */
export function choiceIn(s: AppState, saving: Pick<Saving, "kind" | "scale" | "region">): Choice {
  const hasGrid = trainingGridJob(s).kind !== "refused";
  const regions = regionNames(s);
  const given = saving.region !== null && regions.includes(saving.region) ? saving.region : null;
  const placed = selectShownTargets(s)?.scales[saving.scale];
  return {
    kind: hasGrid ? (saving.kind ?? "training-grid") : "targets",
    scale: placed && whyNotScale(placed) === null ? saving.scale : 0,
    region: given ?? (whyNotAllLabels(s) === null ? null : (regions[0] ?? null)),
  };
}

/** What the choice stands for in the case that is shown, or why it cannot be saved. */
export function jobOf(s: AppState, choice: Choice): SavingJob | Refused {
  return choice.kind === "training-grid" ? trainingGridJob(s) : targetsJob(s, choice);
}

export function trainingGridJob(s: AppState): TrainingGridJob | Refused {
  const query = selectTrainingGridQuery(s);
  if (query?.kind !== "query") return query ?? refused("No case is open.");
  const made = selectTrainingGrid(s);
  return made?.kind === "refused" ? made : { kind: "training-grid", query, made };
}

function targetsJob(s: AppState, { scale, region }: Choice): TargetsJob | Refused {
  const targets = selectShownTargets(s);
  const placed = targets?.scales[scale];
  if (!s.openCase || !targets || !placed) return refused("This scale does not exist.");
  const whyNot = whyNotScale(placed);
  if (whyNot) return refused(`Scale ${scale} ${whyNot}.`);
  const { source } = s.openCase;
  const channel = regionNames(s).indexOf(region ?? "");
  if (region !== null && channel >= 0)
    return { kind: "targets", source, targets, placed, scale, region: { name: region, channel } };
  const whyNotAll = whyNotAllLabels(s);
  return whyNotAll ? refused(whyNotAll) : { kind: "targets", source, targets, placed, scale, region: null };
}

export function regionNames(s: AppState): readonly string[] {
  return selectRegionSet(s)?.regions.map(({ name }) => name) ?? [];
}

/** "collapses: …", or null if the scale can be saved. */
export function whyNotScale({ scale, shape }: PlacedScale): string | null {
  if (scale.collapses) return "collapses: it has no voxels";
  return shape.includes(0) ? "has no voxels in the case" : null;
}

/** Why a scale's labels do not fit into one file; null if they do. */
export function whyNotAllLabels({ openCase }: AppState): string | null {
  if (openCase?.source.kind === "masks") return "Masks that overlap do not fit into one label file.";
  if (openCase && !wholeLabels(openCase.source.volume.palette))
    return "NIfTI labels are whole numbers of at most 32 bits, and this file has others.";
  return null;
}

export function fileNameOf({ openCase }: AppState, job: SavingJob): string {
  const isTrained = job.kind === "training-grid" || openCase?.trained != null;
  const targets = job.kind === "targets" ? job : null;
  return trainingFileName({
    caseName: openCase?.name ?? "case",
    isTrained,
    patch: targets?.targets.patch?.origin ?? null,
    scale: targets?.scale ?? null,
    region: targets?.region?.name ?? null,
  });
}

/** For the header of the file: "labels of scale 2, training grid, nearest-exact, 3d_fullres" */
export function descriptionOf(s: AppState, job: SavingJob): string {
  const configuration = selectConfiguration(s)?.name;
  const name = configuration ? [configuration] : [];
  if (job.kind === "training-grid") return ["training grid", ...name].join(", ");
  const grid = s.openCase?.trained ? "training grid" : "stored grid";
  const what = `${job.region ? "target" : "labels"} of scale ${job.scale}`;
  return [what, grid, job.targets.mode, ...name].join(", ");
}
