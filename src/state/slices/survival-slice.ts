/** State of survival analysis: queries, results, and the training patch and pooling rule shown. */
import { type SampleKind, SWEEP_SAMPLES } from "../../domain/analysis/patch-samples.ts";
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import type { Sweep } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import { FIELDS } from "../../domain/view/fields.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { RunProgress } from "./benchmark-slice.ts";

/** Inputs of the survival computation. A change in any of them changes the result. */
export interface SurvivalQuery {
  readonly source: Source;
  /** Labels of the regions, as text; names and order values do not affect survival. */
  readonly regions: string;
  readonly strides: readonly Triple[];
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly patch: Patch | null;
  readonly pooling: PoolingRule | null;
}

export interface SurvivalResult {
  readonly query: SurvivalQuery;
  /** In channel order; only the first ones while the others are still being computed. */
  readonly regions: readonly RegionSurvival[];
  readonly complete: boolean;
}

/** Inputs of a sweep; samples and limit are part of its result. */
export type SweepQuery = Pick<SurvivalQuery, "source" | "regions" | "strides" | "trainer" | "mode"> & {
  readonly size: Triple;
  /** The patch has two axes in the plans. */
  readonly is2d: boolean;
};

export interface SweepResult {
  readonly query: SweepQuery;
  readonly asked: SampleKind;
  readonly sweep: Sweep;
}

/** A region, or one of its components by rank in size. */
export interface SurvivalPlace {
  readonly region: string;
  readonly component: number | null;
}

type SurvivalStep =
  | {
      readonly kind: "pending";
      readonly by: 1 | -1;
      /** Steps to any component of the selected region instead of only those that vanish. */
      readonly any?: boolean;
    }
  /** There is no such component. */
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: SurvivalPlace };

export interface SurvivalList {
  readonly search: string;
  readonly onlyVanishing: boolean;
  readonly sort: "order" | "size" | "vanishing";
}

export interface SweepSettings {
  readonly patchSamples: SampleKind;
  /** Maximum number of patch samples. */
  readonly limit: number;
}

export interface SurvivalSlice {
  readonly patchSettings: PatchSettings;
  /** Null samples one voxel per cell, as nnU-Net does. */
  readonly pooling: PoolingRule | null;
  readonly survivalList: SurvivalList;
  /** Names of regions with expanded component lists. */
  readonly survivalExpanded: ReadonlySet<string>;
  /** The table row that keys act on. */
  readonly survivalCursor: SurvivalPlace | null;
  /** Content of the line about the current component; null if the user stepped to none. */
  readonly survivalStep: SurvivalStep | null;
  readonly survivalResult: SurvivalResult | null;
  readonly survivalRun: RunProgress | null;
  /** A query that was cancelled or failed, so that it does not restart by itself. */
  readonly survivalStopped: SurvivalQuery | null;
  readonly sweepSettings: SweepSettings;
  readonly survivalSweep: SweepResult | null;
  readonly survivalSweepRun: RunProgress | null;
}

/** Reset when another case opens. */
export const PER_CASE = {
  patchSettings: FIELDS.patchSettings.default,
  pooling: null,
  survivalExpanded: new Set<string>(),
  survivalCursor: null,
  survivalStep: null,
  survivalResult: null,
  survivalStopped: null,
  survivalSweep: null,
} as const;

export const DEFAULTS: SurvivalSlice = {
  ...PER_CASE,
  survivalList: { search: "", onlyVanishing: false, sort: "order" },
  survivalRun: null,
  sweepSettings: { patchSamples: "anywhere", limit: SWEEP_SAMPLES },
  survivalSweepRun: null,
};
