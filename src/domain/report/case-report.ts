/** Builds the report of a case, the same for the page and for the check of a dataset. */
import type { AdapterSummary } from "../../base/adapter.ts";
import type { RegionCentres } from "../analysis/region-centres.ts";
import type { RegionSurvival } from "../analysis/survival.ts";
import { type CaseData, caseSpacings } from "../case/case-data.ts";
import { caseReading, definitionForReader } from "../case/case-reading.ts";
import type { PatchSource } from "../case/patch-source.ts";
import { resampledFacts } from "../case/resampled-facts.ts";
import { croppedShape, isImageZero, type TrainingGridQuery } from "../case/training-grid-query.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { Plans, PlansConfiguration, StridesFrom } from "../dataset/plans.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { sidePairs } from "../dataset/side-pairs.ts";
import type { PatchShares } from "../patches/patch-shares.ts";
import type { SharesRefused } from "../patches/shares-limits.ts";
import type { SamplingMode, Scale, Trainer } from "../targets/deep-supervision.ts";
import type { VerifiedExtent } from "../targets/verified-extent.ts";
import type { Refused } from "../training-grid/resampling.ts";
import type { ResamplingChanges } from "../training-grid/resampling-changes.ts";
import type { TrainingGrid } from "../training-grid/training-grid.ts";
import type { GridKind } from "../view/view-values.ts";
import { buildReport, type Report } from "./report.ts";
import { reportedResampling } from "./report-resampling.ts";

/** A case, its settings, and what was computed of it. */
interface CaseReportFacts {
  /** On the grid that is reported on. */
  readonly shown: CaseData;
  /** On the stored grid: the same object if that is the one reported on. */
  readonly stored: CaseData;
  /** Null without one, and for masks. */
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly configuration: PlansConfiguration | null;
  readonly regionSet: RegionSet;
  readonly stridesFrom: StridesFrom;
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly scales: readonly Scale[];
  /** Null if the plans have no patch size. */
  readonly patchScales: readonly Scale[] | null;
  /** The grid that was asked for. */
  readonly asked: GridKind;
  readonly query: TrainingGridQuery | Refused;
  /** Null where it is not made. */
  readonly trainingGrid: TrainingGrid | Refused | null;
  /** The training grid will be made. */
  readonly isGridAwaited: boolean;
  /** Null without a training grid. */
  readonly changes: ResamplingChanges | null;
  readonly patchSource: PatchSource;
  /** Null without plans that have a patch size and a batch size. */
  readonly shares: PatchShares | SharesRefused | null;
  /** Null if the plain CPU version counted. */
  readonly adapter: AdapterSummary | null;
  readonly path: Report["path"];
  readonly pathReason: string;
  /** [scale][region] */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Null, like `extent`, if nothing was compared. */
  readonly mismatches: number | null;
  readonly extent: VerifiedExtent | null;
  /** Of every region, or a sentence on why it was left out. */
  readonly survival: readonly RegionSurvival[] | string;
  /** Null where sides are not judged ({@link judgesSides}). */
  readonly centres: RegionCentres | null;
  readonly notices: readonly string[];
}

export function caseReport(facts: CaseReportFacts): Report {
  const { shown, stored, definition, plans, configuration, regionSet, query, trainingGrid } = facts;
  const { source } = shown;
  return buildReport({
    adapter: facts.adapter,
    caseName: shown.name,
    source,
    stored: stored.source,
    resampling: resamplingOf(facts),
    resampled: resampledFacts({
      query,
      grid: trainingGrid,
      configuration,
      isAwaited: facts.isGridAwaited,
      changes: facts.changes,
      set: regionSet,
    }),
    orientation: shown.orientation,
    mode: facts.mode,
    path: facts.path,
    pathReason: facts.pathReason,
    regionSet,
    scales: facts.scales,
    stridesFrom: facts.stridesFrom,
    trainer: facts.trainer,
    configuration,
    regionVoxels: facts.regionVoxels,
    patchScales: facts.patchScales,
    shares: facts.shares,
    patchGrid: facts.patchSource.kind === "trained" ? "trained" : "stored",
    definition: source.kind === "masks" ? null : definition,
    imageNaN: shown.image?.nan ?? 0,
    isImageZero: isImageZero(stored, definition),
    cropped: croppedShape(stored, definition),
    imageGrid: shown.image?.grid ?? null,
    spacings: caseSpacings(shown),
    imageSigns: shown.imageSigns ?? null,
    files: shown.files ?? null,
    centres: facts.centres,
    masks: shown.masks ?? null,
    reading: caseReading(shown.geometry, definitionForReader({ definition, openCase: shown }), plans),
    mismatches: facts.mismatches,
    extent: facts.extent,
    survival: facts.survival,
    labelNames: shown.labelNames,
    notices: [...new Set([...(shown.notices ?? []), ...facts.notices])],
  });
}

function resamplingOf({ asked, query, trainingGrid }: CaseReportFacts): Report["resampling"] {
  if (asked === "stored") return null;
  if (trainingGrid?.kind === "refused") return { refused: trainingGrid.reason };
  return trainingGrid && query.kind === "query" ? reportedResampling(query, trainingGrid, query) : null;
}

/** True if some regions are named by side and the header tells sides, so that their centres are needed. */
export function judgesSides({ geometry }: Pick<CaseData, "geometry">, { regions }: RegionSet): boolean {
  return !geometry?.labels.unoriented && sidePairs(regions.map(({ name }) => name)).length > 0;
}

/** Says that survival failed, for a report that has the rest. @param why with or without a final full stop */
export function survivalFailed(why: string): string {
  return `Survival of connected components could not be computed: ${why}`;
}
