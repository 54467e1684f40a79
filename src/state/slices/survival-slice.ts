/** Which regions and components vanish: what is asked, what was answered, and the patch and the pooling shown. */
import type { SampleKind } from "../../domain/analysis/patch-samples.ts";
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import { SWEEP_SAMPLES, type Sweep } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import { FIELDS } from "../../domain/view/fields.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { RunProgress } from "./benchmark-slice.ts";

/** What survival is asked about: any other value of these has another answer. */
export interface SurvivalQuery {
  readonly source: Source;
  /** What the regions hold, as text: names and order values do not matter here. */
  readonly regions: string;
  readonly strides: readonly Triple[];
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly patch: Patch | null;
  readonly pooling: PoolingRule | null;
}

export interface SurvivalResult {
  readonly query: SurvivalQuery;
  /** In channel order; the first ones while the others are still at work. */
  readonly regions: readonly RegionSurvival[];
  readonly complete: boolean;
}

/** What a sweep is about; draws and limit are part of its result. */
export type SweepQuery = Pick<SurvivalQuery, "source" | "regions" | "strides" | "trainer" | "mode"> & {
  readonly size: Triple;
};

export interface SweepResult {
  readonly query: SweepQuery;
  readonly asked: SampleKind;
  readonly sweep: Sweep;
}

/** A region, or one of its components by its place in the order of size. */
export interface SurvivalPlace {
  readonly region: string;
  readonly component: number | null;
}

type SurvivalStep =
  | {
      readonly kind: "pending";
      readonly by: 1 | -1;
      /** Any component of the selected region, not those alone that vanish. */
      readonly any?: boolean;
    }
  /** There was nothing to step to. */
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: SurvivalPlace };

export interface SurvivalList {
  readonly query: string;
  readonly onlyVanishing: boolean;
  readonly sort: "order" | "size" | "vanishing";
}

export interface SweepSettings {
  readonly patchSamples: SampleKind;
  /** Draws, at most. */
  readonly limit: number;
}

export interface SurvivalSlice {
  readonly patchSettings: PatchSettings;
  /** Null samples as nnU-Net does. */
  readonly pooling: PoolingRule | null;
  readonly survivalList: SurvivalList;
  /** Names of the regions whose components are listed. */
  readonly survivalExpanded: ReadonlySet<string>;
  /** The line of the table that keys act on. */
  readonly survivalCursor: SurvivalPlace | null;
  /** What the line about a component says; null where none was gone to. */
  readonly survivalStep: SurvivalStep | null;
  readonly survivalResult: SurvivalResult | null;
  readonly survivalRun: RunProgress | null;
  /** Cancelled or failed: not asked again by itself. */
  readonly survivalStopped: SurvivalQuery | null;
  readonly sweepSettings: SweepSettings;
  readonly survivalSweep: SweepResult | null;
  readonly survivalSweepRun: RunProgress | null;
}

/** What another case resets. */
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
  survivalList: { query: "", onlyVanishing: false, sort: "order" },
  survivalRun: null,
  sweepSettings: { patchSamples: "anywhere", limit: SWEEP_SAMPLES },
  survivalSweepRun: null,
};
