/**
 * Makes the report of one case of a dataset, and the facts that are compared with other cases, on the CPU and
 * without a page.
 */
import { errorMessage } from "../../base/errors.ts";
import { componentSizes } from "../analysis/components.ts";
import { cpuCountSteps, entryCountsOfRuns } from "../analysis/cpu-counts.ts";
import { RegionSlices } from "../analysis/region-slices.ts";
import { maskRunsOf, type PaletteRuns, paletteRuns } from "../analysis/rle-mask.ts";
import { occupancyOfRuns, sliceOccupancy } from "../analysis/slice-occupancy.ts";
import { centroidOf, entriesOf, type SliceOccupancy } from "../analysis/slice-set.ts";
import { type RegionSurvival, survivalSteps } from "../analysis/survival.ts";
import { type CaseData, caseSpacings } from "../case/case-data.ts";
import { caseRegions, stridesOfPlans, stridesWithoutPlans, trainerOf } from "../case/case-regions.ts";
import { patchSourceOf } from "../case/patch-source.ts";
import { tablesOfGrids } from "../case/resampled-facts.ts";
import { askedShares, patchVoxels } from "../case/shares-input.ts";
import { trainingGridQuery } from "../case/training-grid-query.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { configurationNamed, initialConfiguration, type Plans } from "../dataset/plans.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { type RegionTable, regionCounts, regionTable } from "../dataset/region-table.ts";
import {
  type Grid,
  orientationCode,
  spacingMm,
  type Triple,
  voxelCount,
  worldFromVoxel,
} from "../geometry/grid.ts";
import { type PatchShares, type PatchSharesInput, patchShares } from "../patches/patch-shares.ts";
import { type SharesRefused, tooMuchForShares } from "../patches/shares-limits.ts";
import { orientationBy } from "../reader/file-geometry.ts";
import { caseReport, judgesSides, survivalFailed } from "../report/case-report.ts";
import type { Report } from "../report/report.ts";
import { tooMuchSurvival } from "../report/report-survival.ts";
import {
  type AxisTables,
  axisTables,
  type SamplingMode,
  scalesOf,
  type Trainer,
} from "../targets/deep-supervision.ts";
import { type Refused, trainingGridFailed } from "../training-grid/resampling.ts";
import { type ResamplingChanges, resamplingChanges } from "../training-grid/resampling-changes.ts";
import { type TrainingGrid, trainingGrid } from "../training-grid/training-grid.ts";
import type { GridKind } from "../view/view-values.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";
import { type RegionFacts, SPECK_VOXELS, type StoredFacts, type StoredGrid } from "./case-record.ts";

export interface CheckSettings {
  /** Of the plans; null for nnU-Net's default, as where they have none of this name. */
  readonly configuration: string | null;
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly grid: GridKind;
}

interface CaseToCheck {
  /** On the stored grid. */
  readonly stored: CaseData;
  /** Of the dataset, for masks too. */
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  /** Of the labels; null for masks. */
  readonly runs: PaletteRuns | null;
}

interface CheckedFacts {
  readonly report: Report;
  /** Without the hash of the labels. */
  readonly stored: Omit<StoredFacts, "labelsHash">;
  readonly regionFacts: readonly RegionFacts[];
  readonly regionSet: RegionSet;
  /** Of the stored grid; null for masks. */
  readonly table: RegionTable | null;
  readonly occupancy: SliceOccupancy;
}

const PATH_REASON = "A dataset check counts on the CPU, with the plain version of this path.";

/**
 * The report is that of `npm run report` for the same files, without an adapter and a comparison of paths.
 * Never fails for a case that could be read, unless memory runs out.
 */
export function checkCase({ stored, plans, ...given }: CaseToCheck, settings: CheckSettings): CheckedFacts {
  const definition = stored.source.kind === "masks" ? null : given.definition;
  const { mode, grid: asked } = settings;
  const regionSet = caseRegions(stored, definition);
  const configuration = configurationNamed(plans, initialConfiguration(plans, settings.configuration));
  const trainer = trainerOf(configuration, settings.trainer);
  const query = trainingGridQuery(stored, definition, configuration);
  const made = query.kind === "query" ? madeGrid(query) : query;
  const shown = asked === "trained" && made.kind === "training-grid" ? onGrid(stored, made) : stored;
  const { source } = shown;
  const { shape } = sourceGrid(source);
  const strides = configuration ? stridesOfPlans(configuration) : stridesWithoutPlans(shown);
  const scales = scalesOf(shape, strides, trainer);
  const tables = scales.map((scale) => axisTables(shape, scale, mode));
  const table = tableOf(source, regionSet);
  const ofStored = shown === stored ? table : tableOf(stored.source, regionSet);
  const patchSize = configuration?.patchSize ?? null;
  const hasLabels = !stored.imageSigns;
  const shares = askedShares({ hasLabels, set: regionSet, configuration, patchSize, strides, trainer, mode });
  const patchSource = patchSourceOf(made);
  const drawnFrom = patchVoxels(patchSource, { source, table }, regionSet);
  const { runs: storedRuns } = given;
  const runs = shown === stored ? storedRuns : runsOf(source);
  const occupancy = occupancyOf(stored.source, storedRuns);
  const survival = survivalOf(source, table, runs, regionSet, tables);
  const report = caseReport({
    shown,
    stored,
    definition,
    plans,
    configuration,
    regionSet,
    stridesFrom: configuration ? "plans" : "guess",
    trainer,
    mode,
    scales,
    patchScales: patchSize && scalesOf(patchSize, strides, trainer),
    asked,
    query,
    trainingGrid: made,
    isGridAwaited: false,
    changes:
      query.kind === "query" && made.kind === "training-grid" ? changesOf(query, made, regionSet) : null,
    patchSource,
    shares: shares && sharesOf(patchSource, drawnFrom && { ...drawnFrom, ...shares }),
    adapter: null,
    path: source.kind === "masks" ? "bit-packed" : "label-first",
    pathReason: PATH_REASON,
    regionVoxels: countsOf(source, table, runs, regionSet, tables),
    mismatches: null,
    extent: null,
    survival,
    centres: judgesSides(shown, regionSet)
      ? new RegionSlices(source, shown === stored ? occupancy : occupancyOf(source, runs)).centres(table)
      : null,
    notices: [],
  });
  const components = shown === stored && typeof survival !== "string" ? survival : null;
  return {
    report,
    stored: storedFacts(stored),
    regionFacts: regionFacts(stored, regionSet, {
      table: ofStored,
      runs: storedRuns,
      occupancy,
      survival: components,
    }),
    regionSet,
    table: ofStored,
    occupancy,
  };
}

function tableOf(source: Source, { regions }: RegionSet): RegionTable | null {
  return source.kind === "labels" ? regionTable(source.volume.palette, regions) : null;
}

function madeGrid(query: Parameters<typeof trainingGrid>[0]): TrainingGrid | Refused {
  try {
    return finish(trainingGrid(query));
  } catch (error) {
    return trainingGridFailed(errorMessage(error));
  }
}

function onGrid(stored: CaseData, { volume }: TrainingGrid): CaseData {
  const { source } = stored;
  // A training grid that changes nothing is the stored one.
  if (source.kind === "labels" && source.volume === volume) return stored;
  return { ...stored, source: { kind: "labels", volume } };
}

function changesOf(
  stored: Parameters<typeof trainingGrid>[0],
  trained: TrainingGrid,
  set: RegionSet,
): ResamplingChanges {
  const resampled = { stored, trained };
  return finish(resamplingChanges(resampled, tablesOfGrids(resampled, set)));
}

function sharesOf(
  source: ReturnType<typeof patchSourceOf>,
  input: PatchSharesInput | null,
): PatchShares | SharesRefused | null {
  if (source.kind === "refused") return source;
  if (!input) return null;
  const tooMuch = tooMuchForShares(input);
  if (tooMuch !== null) return { kind: "refused", reason: tooMuch };
  return finish(patchShares(input));
}

/** Everything that is counted of labels follows from their runs; null for masks. */
function runsOf(source: Source): PaletteRuns | null {
  return source.kind === "labels" ? paletteRuns(source.volume) : null;
}

function occupancyOf(source: Source, runs: PaletteRuns | null): SliceOccupancy {
  if (source.kind === "labels" && runs) return occupancyOfRuns(source.volume, runs);
  return finish(sliceOccupancy(source));
}

/** [scale][region] */
function countsOf(
  source: Source,
  table: RegionTable | null,
  runs: PaletteRuns | null,
  { regions }: RegionSet,
  scales: readonly AxisTables[],
): readonly (readonly number[])[] {
  if (source.kind === "labels" && table && runs)
    return entryCountsOfRuns(source.volume, runs, scales).map((voxels) => regionCounts(table, voxels));
  const job = { source, table, channels: regions.length, scales, path: "bit-packed", pooling: null } as const;
  return finish(cpuCountSteps(job)).regionVoxels;
}

/** Like the report: a case that is too large for it has the rest. */
function survivalOf(
  source: Source,
  table: RegionTable | null,
  runs: PaletteRuns | null,
  { regions }: RegionSet,
  scales: readonly AxisTables[],
): readonly RegionSurvival[] | string {
  const leftOut = tooMuchSurvival(voxelCount(sourceGrid(source).shape), regions.length);
  if (leftOut !== null) return leftOut;
  const channels = regions.map((_, channel) => channel);
  try {
    return [...survivalSteps({ source, table, runs, channels, scales, patch: null })];
  } catch (error) {
    return survivalFailed(errorMessage(error));
  }
}

function storedFacts(stored: CaseData): Omit<StoredFacts, "labelsHash"> {
  const { geometry = null, image, source } = stored;
  const spacings = caseSpacings(stored);
  const grid = sourceGrid(source);
  return {
    labelValues: source.kind === "labels" ? [...source.volume.palette] : [],
    labels: storedGrid(grid, spacings?.labels ?? null, stored.orientation),
    image:
      image &&
      storedGrid(
        image.grid,
        spacings?.image ?? null,
        geometry?.image ? orientationBy(geometry.image, geometry.reader) : orientationCode(image.grid),
      ),
    reader: geometry?.reader ?? null,
  };
}

function storedGrid(grid: Grid, spacing: Triple | null, orientation: string): StoredGrid {
  const { shape } = grid;
  return { shape, spacing: spacing ?? spacingMm(grid), orientation, origin: worldFromVoxel(grid, [0, 0, 0]) };
}

interface StoredLabels {
  readonly table: RegionTable | null;
  readonly runs: PaletteRuns | null;
  readonly occupancy: SliceOccupancy;
  /** Null if it is not known. */
  readonly survival: readonly RegionSurvival[] | null;
}

function regionFacts(
  { source }: CaseData,
  { regions }: RegionSet,
  { table, runs, occupancy, survival }: StoredLabels,
): readonly RegionFacts[] {
  const grid = sourceGrid(source);
  const [a, b, c] = spacingMm(grid);
  const tooMany = tooMuchSurvival(voxelCount(grid.shape), regions.length) !== null;
  let maskRuns: ReturnType<typeof maskRunsOf> | null = null;
  return regions.map((_, channel) => {
    const entries = entriesOf(table, channel);
    const centre = centroidOf(occupancy, entries);
    let voxels = 0;
    for (const entry of entries) voxels += occupancy.sums[entry * 4] ?? 0;
    const known = survival?.[channel];
    let sizes: ArrayLike<number> | null = known ? sizesOf(known) : null;
    if (!sizes && !tooMany) {
      maskRuns ??= maskRunsOf(source, table, runs);
      sizes = componentSizes(maskRuns(channel));
    }
    return {
      voxels,
      ml: (voxels * a * b * c) / 1000,
      components: sizes?.length ?? null,
      specks: sizes && specksAmong(sizes),
      centre: centre && worldFromVoxel(grid, centre),
    };
  });
}

/** Null if the survival lists too few of them. */
function sizesOf({ components, rest }: RegionSurvival): readonly number[] | null {
  return rest.components > 0 ? null : components.map(({ voxels }) => voxels);
}

/** @param sizes largest first */
function specksAmong(sizes: ArrayLike<number>): number {
  let specks = 0;
  for (let i = 1; i < sizes.length; i++) if ((sizes[i] ?? 0) <= SPECK_VOXELS) specks++;
  return specks;
}

/** Runs work to its end, without pauses. */
function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
