/** What follows from the state: the domain's answers, each computed again only when its inputs change. */

import { memo } from "../../base/memo.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans, StridesFrom } from "../../domain/dataset/plans.ts";
import {
  type RegionSet,
  regionSetFromDefinition,
  regionSetFromLabels,
  regionSetFromMasks,
} from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import { type RoundTrip, roundTrip } from "../../domain/dataset/round-trip.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import {
  type CaseGeometry,
  type CaseReading,
  type CaseSpacings,
  spacingsOf,
} from "../../domain/reader/file-geometry.ts";
import { type ReaderClues, readerInForce } from "../../domain/reader/reader.ts";
import {
  type AxisTables,
  axisTables,
  defaultStrides,
  type Scale,
  scalesOf,
  type Trainer,
} from "../../domain/targets/deep-supervision.ts";
import { guessedStrides } from "../../domain/targets/guessed-strides.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import type { OpenCase } from "../slices/case-slice.ts";

const NO_SCALES: readonly Scale[] = [];
const NO_TABLES: readonly AxisTables[] = [];

/**
 * The channels: from dataset.json where there is one, else each label or mask its own; null when nothing is
 * open.
 */
export const selectRegionSet = memo((s: AppState) => [s.openCase, s.definition], regionSetOf);

export function regionSetOf(
  openCase: OpenCase | null,
  definition: DatasetDefinition | null,
): RegionSet | null {
  if (openCase?.source.kind === "masks") return regionSetFromMasks(openCase.source.stack.names);
  if (definition) return regionSetFromDefinition(definition);
  if (openCase?.source.kind !== "labels") return null;
  const names = new Map(openCase.labelNames.map((entry) => [entry.value, entry.name]));
  const listed = openCase.labelNames.filter((entry) => entry.listed).map(({ value }) => value);
  return regionSetFromLabels(openCase.source.volume.palette, names, listed);
}

/** The configuration of the plans that is in use; null without plans. */
export const selectConfiguration = memo(
  (s: AppState) => [s.plans, s.configuration],
  (plans, name) => plans?.configurations.find((entry) => entry.name === name) ?? null,
);

/** Where {@link selectStrides} come from. */
export const selectStridesFrom = memo(
  (s: AppState) => [s.stridesOverride, selectConfiguration(s)],
  (override, configuration): StridesFrom => (override ? "edited" : configuration ? "plans" : "guess"),
);

/** Whether the plans have no strides, as for a network that makes one output. */
export function lacksStrides(s: AppState): boolean {
  return s.stridesOverride === null && selectConfiguration(s)?.strides === null;
}

/** Whose scales are shown: the trainer chosen. Where plans have no strides there is no deep supervision. */
export function selectTrainer(s: AppState): Trainer {
  return lacksStrides(s) ? "no-deep-supervision" : s.trainer;
}

/**
 * Strides per stage: edited here, else the plans', else guessed as nnU-Net's planner would begin. One stage
 * where the plans have none: another array for each configuration, so that what follows from it is made anew.
 */
export const selectStrides = memo(
  (s: AppState) => [s.stridesOverride, selectConfiguration(s), s.openCase],
  (override, configuration, openCase): readonly Triple[] => {
    if (override) return override;
    if (configuration) return configuration.strides ?? [[1, 1, 1]];
    return openCase
      ? guessedStrides(sourceGrid(openCase.source), caseSpacings(openCase)?.labels)
      : defaultStrides();
  },
);

/** The deep-supervision scales of the open case; empty without one. */
export const selectScales = memo(
  (s: AppState) => [s.openCase, selectStrides(s), selectTrainer(s)],
  (openCase, strides, trainer) =>
    openCase ? scalesOf(sourceGrid(openCase.source).shape, strides, trainer) : NO_SCALES,
);

/** Source indices per scale and axis. */
export const selectAxisTables = memo(
  (s: AppState) => [s.openCase, selectScales(s), s.mode],
  (openCase, scales, mode) =>
    openCase ? scales.map((scale) => axisTables(sourceGrid(openCase.source).shape, scale, mode)) : NO_TABLES,
);

/** Membership of the palette's entries; null for masks and when nothing is open. */
export const selectRegionTable = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s)],
  (openCase, set): RegionTable | null =>
    set && openCase?.source.kind === "labels"
      ? regionTable(openCase.source.volume.palette, set.regions)
      : null,
);

/** The labels of the open volume and how many voxels have them; empty for masks. */
export const selectLabels = memo(
  (s: AppState) => [s.openCase],
  (openCase): readonly { readonly value: number; readonly voxels: number }[] => {
    if (openCase?.source.kind !== "labels") return [];
    const { palette, counts } = openCase.source.volume;
    return Array.from(palette, (value, i) => ({ value, voxels: counts[i] ?? 0 }));
  },
);

/** What prediction would make of each label; null for masks and without a case. */
export const selectRoundTrip = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s), selectLabels(s)],
  (openCase, set, labels): RoundTrip | null =>
    set && openCase?.source.kind === "labels" ? roundTrip(set, labels) : null,
);

/** The palette entries of some labels: bit `p & 31` of word `p >>> 5`. */
export function entryBits(palette: Float64Array, labels: ReadonlySet<number>): Uint32Array {
  const bits = new Uint32Array(Math.ceil(palette.length / 32));
  for (const [p, value] of palette.entries()) {
    if (labels.has(value)) bits[p >>> 5] = ((bits[p >>> 5] ?? 0) | (1 << (p & 31))) >>> 0;
  }
  return bits;
}

/** Palette entries whose label a perfect prediction does not give back, as bits; null where all come back. */
export const selectChangedEntries = memo(
  (s: AppState) => [s.openCase, selectRoundTrip(s)],
  (openCase, trip): Uint32Array | null => {
    if (openCase?.source.kind !== "labels" || !trip || trip.lossless) return null;
    const changed = new Set(trip.changes.map((change) => change.from));
    return entryBits(openCase.source.volume.palette, changed);
  },
);

/** How nnU-Net reads the open case, by its plans and dataset.json; null without files. */
export const selectReading = memo(
  (s: AppState) => [s.openCase, definitionForReader(s), s.plans],
  (openCase, definition, plans): CaseReading | null => {
    const geometry = openCase?.geometry ?? null;
    return geometry && { geometry, inForce: readerInForce(readerCluesOf(geometry, definition, plans)) };
  },
);

/** The dataset.json that may name the reader: of masks the one put aside, whose labels alone do not apply. */
export function definitionForReader({
  definition,
  openCase,
}: Pick<AppState, "definition" | "openCase">): DatasetDefinition | null {
  return definition ?? openCase?.masks?.putAside ?? null;
}

/** Null where the volumes come from no file: then they are the grids'. */
export function caseSpacings({ geometry, transpose }: OpenCase): CaseSpacings | null {
  return geometry ? spacingsOf(geometry, transpose) : null;
}

/** What decides on the reader of files that are open. */
export function readerCluesOf(
  { chosen, firstImage, labels }: CaseGeometry,
  definition: DatasetDefinition | null,
  plans: Plans | null,
): ReaderClues {
  return {
    chosen,
    plans: plans?.readerWriter ?? null,
    overwrite: definition?.readerWriter ?? null,
    fileEnding: definition?.fileEnding ?? null,
    file: labels.file,
    firstImage,
  };
}
