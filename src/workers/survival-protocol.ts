/** What the page asks of the survival worker and what it answers. */
import type { Component, Components } from "../domain/analysis/components.ts";
import type { SlicePresence } from "../domain/analysis/slice-set.ts";
import type { RegionSurvival, SurvivalInput } from "../domain/analysis/survival.ts";
import type { Sweep, SweepInput } from "../domain/analysis/survival-sweep.ts";
import type { RegionTable } from "../domain/dataset/region-table.ts";
import type { Source } from "../domain/volume/palette-volume.ts";

export interface ComponentsJob {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly channel: number;
  readonly listed?: number;
}

/** The components of one region, with an image to show them by. */
export interface ComponentsResult extends Pick<Components, "channel" | "rest"> {
  readonly listed: readonly Component[];
  /**
   * Per voxel, C order: 0 outside the region, else place of its component in the order of size + 1, the
   * unlisted included.
   */
  readonly image: Int32Array;
}

export type SurvivalRequest =
  | { readonly kind: "components"; readonly job: ComponentsJob }
  | { readonly kind: "survival"; readonly job: SurvivalInput }
  | { readonly kind: "sweep"; readonly job: SweepInput }
  | { readonly kind: "presence"; readonly job: { readonly source: Source } };

export interface SurvivalResults {
  readonly components: ComponentsResult;
  readonly survival: readonly RegionSurvival[];
  readonly sweep: Sweep;
  readonly presence: SlicePresence;
}

/** Null for a `survival` job: its regions were sent one by one. */
export type SentResults = { readonly [K in keyof SurvivalResults]: SurvivalResults[K] | null };

export type SurvivalNews =
  /** `channel` is the region at work, or just done. */
  | { readonly kind: "progress"; readonly fraction: number; readonly channel: number }
  /** One region of a `survival` job, as soon as it is known. */
  | { readonly kind: "region"; readonly region: RegionSurvival };
