/** State of survival analysis: queries, results, and the training patch and pooling rule shown. */
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { RegionShare } from "../../domain/patches/patch-shares.ts";
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

export interface ComponentSharesResult {
  /** The key of what they were computed from. */
  readonly key: string;
  /** Per channel, one per listed component. */
  readonly channels: readonly (readonly RegionShare[])[];
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
      /** Steps to any component of the selected region instead of only those without a voxel at a scale. */
      readonly any?: boolean;
    }
  /** There is no such component. */
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: SurvivalPlace };

export interface SurvivalList {
  readonly search: string;
  readonly onlyGone: boolean;
  readonly sort: "order" | "size" | "gone";
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
  readonly componentShares: ComponentSharesResult | null;
  readonly componentSharesRun: RunProgress | null;
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
  componentShares: null,
} as const;

/** Reset when a case of another dataset opens. */
export const PER_DATASET = { survivalList: { search: "", onlyGone: false, sort: "order" } } as const;

export const DEFAULTS: SurvivalSlice = {
  ...PER_CASE,
  ...PER_DATASET,
  survivalRun: null,
  componentSharesRun: null,
};
