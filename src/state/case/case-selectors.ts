/**
 * Selectors that derive the case's regions, scales, tables and round trip; each recomputes only when its
 * inputs change.
 */

import { memo, memoPer } from "../../base/memo.ts";
import { caseReading, definitionForReader } from "../../domain/case/case-reading.ts";
import {
  caseRegions,
  stridesOfPlans,
  stridesWithoutPlans,
  trainerOf,
} from "../../domain/case/case-regions.ts";
import { freeName } from "../../domain/dataset/label-entry-index.ts";
import { configurationNamed, type StridesFrom } from "../../domain/dataset/plans.ts";
import { IN_NO_REGION, type Region, regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import { type RoundTrip, roundTrip } from "../../domain/dataset/round-trip.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseReading } from "../../domain/reader/file-geometry.ts";
import {
  type AxisTables,
  axisTables,
  defaultStrides,
  type Scale,
  scalesOf,
  type Trainer,
} from "../../domain/targets/deep-supervision.ts";
import { trainedLabels } from "../../domain/training-grid/trained-labels.ts";
import { sourceGrid, volumeLabels } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { isMinusOneOutside, isSavedGrid } from "./minus-one.ts";
import { selectStoredCase } from "./stored-case.ts";

const NO_SCALES: readonly Scale[] = [];
const NO_TABLES: readonly AxisTables[] = [];

/**
 * The channels: from dataset.json if there is one, otherwise one per label or mask; null if nothing is open.
 */
export const selectRegionSet = memo(
  (s: AppState) => [selectStoredCase(s), s.definition],
  (stored, definition) =>
    stored ? caseRegions(stored, definition) : definition && regionSetFromDefinition(definition),
);

/** The active configuration of the plans; null without plans. */
export const selectConfiguration = memo((s: AppState) => [s.plans, s.configuration], configurationNamed);

/** The origin of {@link selectStrides}. */
export const selectStridesFrom = memo(
  (s: AppState) => [s.stridesOverride, selectConfiguration(s)],
  (override, configuration): StridesFrom => (override ? "edited" : configuration ? "plans" : "guess"),
);

/** True if the plans have no strides, as for a network with a single output. */
export function lacksStrides(s: AppState): boolean {
  return s.stridesOverride === null && selectConfiguration(s)?.strides === null;
}

/**
 * The trainer whose scales are shown: the chosen one, except that plans without strides have no deep
 * supervision.
 */
export function selectTrainer(s: AppState): Trainer {
  return s.stridesOverride ? s.trainer : trainerOf(selectConfiguration(s), s.trainer);
}

/**
 * Strides per network stage: edited on the page, else from the plans, else guessed as nnU-Net's planner would
 * start. Plans without strides give a single network stage: a new array per configuration, so that dependent
 * selectors recompute.
 */
export const selectStrides = memo(
  (s: AppState) => [s.stridesOverride, selectConfiguration(s), s.openCase],
  (override, configuration, openCase): readonly Triple[] => {
    if (override) return override;
    if (configuration) return stridesOfPlans(configuration);
    return openCase ? stridesWithoutPlans(openCase) : defaultStrides();
  },
);

/** The deep-supervision scales of the open case; empty without one. */
export const selectScales = memo(
  (s: AppState) => [s.openCase, selectStrides(s), selectTrainer(s)],
  (openCase, strides, trainer) =>
    openCase ? scalesOf(sourceGrid(openCase.source).shape, strides, trainer) : NO_SCALES,
);

/** Tables of source indices, per scale and axis. */
export const selectAxisTables = memo(
  (s: AppState) => [s.openCase, selectScales(s), s.mode],
  (openCase, scales, mode) =>
    openCase ? scales.map((scale) => axisTables(sourceGrid(openCase.source).shape, scale, mode)) : NO_TABLES,
);

/** Membership of the palette entries; null for masks and without a case. */
export const selectRegionTable = memoPer(
  (s: AppState) => s.openCase?.source ?? null,
  (s) => [selectRegionSet(s)],
  (source, set): RegionTable | null =>
    set && source.kind === "labels" ? regionTable(source.volume.palette, set.regions) : null,
);

interface CountedLabel {
  readonly value: number;
  readonly voxels: number;
}

/** The labels of the file and their voxels in it; empty for masks. */
export const selectStoredLabels = memo(
  (s: AppState) => [selectStoredCase(s)],
  (stored): readonly CountedLabel[] =>
    stored?.source.kind === "labels" ? volumeLabels(stored.source.volume) : [],
);

/** The labels of the file and their voxels on the grid that is shown; empty for masks. */
export const selectLabels = memo(
  (s: AppState) => [s.openCase, selectStoredLabels(s)],
  (openCase, stored): readonly CountedLabel[] =>
    openCase?.trained && openCase.source.kind === "labels"
      ? trainedLabels(stored, openCase.source.volume)
      : stored,
);

const NO_REGIONS: readonly Region[] = [];

/**
 * What the page lists, draws and counts: the regions, then the labels in no region, if the file has any, as
 * one more. It is no channel: nothing trains on it.
 */
export const selectDrawnRegions = memo(
  (s: AppState) => [
    selectRegionSet(s),
    selectStoredLabels(s),
    s.openCase?.imageSigns ?? null,
    isSavedGrid(selectStoredCase(s)),
  ],
  (set, stored, imageSigns, isSaved): readonly Region[] => {
    if (!set) return NO_REGIONS;
    // The values of an image are no labels.
    if (imageSigns) return set.regions;
    const known = new Set([0, ...set.regions.flatMap((region) => region.labels)]);
    if (isSaved) known.add(-1);
    const labels = stored.map(({ value }) => value).filter((value) => !known.has(value));
    if (labels.length === 0) return set.regions;
    const taken = set.regions.map((region) => region.name);
    const name = freeName(taken, IN_NO_REGION);
    return [...set.regions, { name, labels, classOrder: null, ignore: false }];
  },
);

/** Name of the labels in no region, which no region has; undefined if the file has no such labels. */
export function nameInNoRegion(s: AppState): string | undefined {
  return selectDrawnRegions(s)[selectRegionSet(s)?.regions.length ?? 0]?.name;
}

/** Like {@link selectRegionTable}, of the regions that are drawn. */
export const selectDrawnTable = memoPer(
  (s: AppState) => s.openCase?.source ?? null,
  (s) => [selectRegionTable(s), selectDrawnRegions(s), isMinusOneOutside(s.openCase)],
  (source, table, regions, isOutside): RegionTable | null =>
    table && source.kind === "labels" && regions.length > table.channels
      ? regionTable(source.volume.palette, regions, {
          minusOneIsLabel: !isOutside && regions.at(-1)?.labels.includes(-1) === true,
        })
      : table,
);

/** The round trip of each label through a perfect prediction; null for masks and without a case. */
export const selectRoundTrip = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s), selectLabels(s)],
  (openCase, set, labels): RoundTrip | null => {
    if (!set || openCase?.source.kind !== "labels") return null;
    const present = openCase.trained ? labels.filter(({ voxels }) => voxels > 0) : labels;
    return roundTrip(
      set,
      isMinusOneOutside(openCase) ? present.filter(({ value }) => value !== -1) : present,
    );
  },
);

/** A bit set of the palette entries of some labels: bit `p & 31` of word `p >>> 5`. */
export function entryBits(palette: Float64Array, labels: ReadonlySet<number>): Uint32Array {
  const bits = new Uint32Array(Math.ceil(palette.length / 32));
  for (const [p, value] of palette.entries()) {
    if (labels.has(value)) bits[p >>> 5] = ((bits[p >>> 5] ?? 0) | (1 << (p & 31))) >>> 0;
  }
  return bits;
}

/** A bit set of the palette entries whose label changes in the round trip; null if none changes. */
export const selectChangedEntries = memo(
  (s: AppState) => [s.openCase, selectRoundTrip(s)],
  (openCase, trip): Uint32Array | null => {
    if (openCase?.source.kind !== "labels" || !trip || trip.lossless) return null;
    const changed = new Set(trip.changes.map((change) => change.from));
    return entryBits(openCase.source.volume.palette, changed);
  },
);

/** How nnU-Net reads the open case according to its plans and dataset.json; null without files. */
export const selectReading = memo(
  (s: AppState) => [s.openCase, definitionForReader(s), s.plans],
  (openCase, definition, plans): CaseReading | null => caseReading(openCase?.geometry, definition, plans),
);
