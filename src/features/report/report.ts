/**
 * Makes the report of the open case: counted by the chosen path and verified against `per-channel` (or
 * counted on the CPU without a GPU), with the survival of its connected components.
 */
import { fileStem, saveFile } from "../../app/save-file.ts";
import { errorMessage } from "../../base/errors.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import type { RegionCentres } from "../../domain/analysis/region-centres.ts";
import { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import type { PatchShares } from "../../domain/patches/patch-shares.ts";
import type { SharesRefused } from "../../domain/patches/shares-limits.ts";
import { caseReport, judgesSides, survivalFailed } from "../../domain/report/case-report.ts";
import type { Report } from "../../domain/report/report.ts";
import { tooMuchSurvival } from "../../domain/report/report-survival.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import { resamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { noticeShown, noticeWithdrawn } from "../../state/actions/case-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import {
  selectAxisTables,
  selectConfiguration,
  selectRegionSet,
  selectRegionTable,
  selectScales,
  selectStridesFrom,
  selectTrainer,
} from "../../state/case/case-selectors.ts";
import { selectPatchScales } from "../../state/case/finding-selectors.ts";
import { selectTrainedQuery, selectTrainedResult } from "../../state/case/patch-shares-selectors.ts";
import { selectPatchSource } from "../../state/case/patch-source.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
  selectResamplingChangesQuery,
  selectTablesOfGrids,
} from "../../state/case/resampling-changes-selectors.ts";
import { storedCase } from "../../state/case/stored-case.ts";
import {
  isTrainingGridAwaited,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import { trainingGridSettled } from "../../state/grid-settled.ts";
import { selectRegionSlices } from "../../state/regions/slice-selectors.ts";
import { measuringName } from "../../state/slices/benchmark-slice.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { useStore } from "../../state/store.ts";
import { once } from "../../state/watch.ts";
import type { VerifiedAmount } from "../../targets/measure/run-verification.ts";
import { selectPath } from "../../targets/paths/select-path.ts";
import { patchSharesInWorker } from "../../workers/patch-shares.ts";
import { survivalInWorker } from "../../workers/survival.ts";
import { countForReport } from "./report-counts.ts";

interface ReportOptions {
  readonly path: PathName | "auto";
  /** How many targets are compared with another path's; by default random parts if the case is large. */
  readonly verify?: VerifiedAmount;
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
}

/** A report, with the page's state at the time it was requested. */
export interface CaseReport {
  readonly report: Report;
  readonly state: AppState;
  readonly openCase: OpenCase;
  /** Survival of every region, or why it was left out. */
  readonly survival: readonly RegionSurvival[] | string;
}

/**
 * @param hasGpu false if there is no GPU
 * @throws Error with one sentence if nothing is open, the path cannot take the case, or counting fails
 */
export async function reportOnCase(
  options: ReportOptions,
  hasGpu: boolean,
  signal: AbortSignal,
): Promise<CaseReport> {
  await timingEnded(signal);
  await trainingGridSettled(signal);
  const now = useStore.getState();
  // The script that keeps the source of patches up to date may not be there yet.
  const state = { ...now, patchSource: selectPatchSource(now) };
  const { openCase, definition, mode } = state;
  const regionSet = selectRegionSet(state);
  const query = selectTrainingGridQuery(state);
  if (!openCase || !regionSet || !query)
    throw new Error("There is no case to report on. Open a label file first.");
  const { source } = openCase;
  const table = selectRegionTable(state);
  const channels = regionSet.regions.length;
  const scales = selectScales(state);
  const chosen =
    options.path === "auto"
      ? selectPath(source, channels, hasGpu ? state.crossings : null)
      : { path: options.path, reason: "Requested." };
  if (chosen.path === "label-first" && source.kind === "masks") {
    throw new Error("label-first needs one label volume; separate masks use bit-packed.");
  }
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const surviving = survivalOf(state, openCase, channels, either);
  const placing = centresOf(state, openCase, regionSet, either);
  const comparing = changesOf(state, either);
  const sharing = sharesOf(state, either);
  const { path } = chosen;
  const amount = options.verify ?? "sample";
  const job = { source, table, channels, scales, mode, path, amount };
  const counted = await countForReport(job, hasGpu, options.onProgress, signal).catch((error: unknown) => {
    stop.abort();
    throw error;
  });
  const [survival, centres, resamplingChanges, shares] = await Promise.all([
    surviving,
    placing,
    comparing,
    sharing,
  ]);
  const report = caseReport({
    shown: openCase,
    stored: storedCase(openCase),
    definition,
    plans: state.plans,
    configuration: selectConfiguration(state),
    regionSet,
    stridesFrom: selectStridesFrom(state),
    trainer: selectTrainer(state),
    mode,
    scales,
    patchScales: selectPatchScales(state),
    asked: state.grid,
    query,
    trainingGrid: selectTrainingGrid(state),
    isGridAwaited: isTrainingGridAwaited(state),
    changes: selectResamplingChanges({ ...state, resamplingChanges }),
    patchSource: state.patchSource,
    shares,
    adapter: counted.adapter,
    path: chosen.path,
    pathReason: counted.adapter ? chosen.reason : `${chosen.reason} ${ON_CPU}`,
    regionVoxels: counted.regionVoxels,
    mismatches: counted.mismatches,
    extent: counted.extent,
    survival,
    centres,
    notices: state.notices,
  });
  return { report, state, openCase, survival };
}

/** Waits for Timing, which needs the machine to itself, and says so meanwhile. */
async function timingEnded(signal: AbortSignal): Promise<void> {
  const name = measuringName(useStore.getState());
  if (name === null) return;
  const notice = `The report waits until the ${name} of Timing ends.`;
  noticeShown(notice);
  try {
    await once((s) => measuringName(s) === null, signal);
  } finally {
    noticeWithdrawn(notice);
  }
}

/** Finds out what resampling changed, unless the page knows it; null without a training grid. */
async function changesOf(state: AppState, signal: AbortSignal): Promise<AppState["resamplingChanges"]> {
  const query = selectResamplingChangesQuery(state);
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  if (selectResamplingChanges(state) || !query || !resampled || !tables) return state.resamplingChanges;
  return { query, result: await inTimeSlices(resamplingChanges(resampled, tables), { signal }) };
}

const ON_CPU = "There is no GPU: the regions were counted by the plain CPU version of this path.";

/** Like {@link reportOnCase}, but returns only the report. */
export async function makeReport(...given: Parameters<typeof reportOnCase>): Promise<Report> {
  return (await reportOnCase(...given)).report;
}

/**
 * Computes survival of all channels over the whole case with nnU-Net's sampling. Never fails, so that the
 * rest of the report is not lost.
 */
async function survivalOf(
  state: AppState,
  { source }: OpenCase,
  channels: number,
  signal: AbortSignal,
): Promise<readonly RegionSurvival[] | string> {
  const leftOut = tooMuchSurvival(voxelCount(sourceGrid(source).shape), channels);
  if (leftOut !== null) return leftOut;
  const all = Array.from({ length: channels }, (_, channel) => channel);
  try {
    return await survivalInChannels(state, source, all, signal);
  } catch (error) {
    return survivalFailed(errorMessage(error));
  }
}

/**
 * Shares of the patches of the plans, in a worker if the page does not know them yet. Null if there is
 * nothing to compute them from, and when aborted.
 */
async function sharesOf(state: AppState, signal: AbortSignal): Promise<PatchShares | SharesRefused | null> {
  const query = selectTrainedQuery(state);
  const known = selectTrainedResult(state);
  if (!query || known) return known;
  return patchSharesInWorker(query.input, () => undefined, signal).catch(() => null);
}

/**
 * Finds the centres of regions if some are named by side and the header tells sides, in a worker if the page
 * does not know them yet. Like `survivalOf`, never fails.
 */
async function centresOf(
  state: AppState,
  openCase: OpenCase,
  set: RegionSet,
  signal: AbortSignal,
): Promise<RegionCentres | null> {
  if (!judgesSides(openCase, set)) return null;
  const { source } = openCase;
  const known = selectRegionSlices(state);
  try {
    const slices =
      known ??
      new RegionSlices(source, await survivalInWorker({ kind: "occupancy", job: { source } }, {}, signal));
    return slices.centres(selectRegionTable(state));
  } catch {
    return null;
  }
}

/** Survival of some channels over the whole case with nnU-Net's sampling. */
export async function survivalInChannels(
  state: AppState,
  source: OpenCase["source"],
  channels: readonly number[],
  signal: AbortSignal,
): Promise<readonly RegionSurvival[]> {
  const job = {
    source,
    table: selectRegionTable(state),
    channels,
    scales: selectAxisTables(state),
    patch: null,
  };
  return survivalInWorker({ kind: "survival", job }, {}, signal);
}

/** The report as JSON text: the same bytes whether the button saves it or the tool prints it. */
function reportText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function saveReport({ report }: CaseReport): void {
  saveFile(`regionscope-${fileStem(report.case.name)}.json`, reportText(report), "application/json");
}
