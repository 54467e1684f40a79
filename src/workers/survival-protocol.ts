/** Declares the messages between the page and the survival worker. */
import type { SliceOccupancy } from "../domain/analysis/slice-set.ts";
import type { RegionSurvival, SurvivalInput } from "../domain/analysis/survival.ts";
import type { PatchSharesInput, RegionShare } from "../domain/patches/patch-shares.ts";
import type { Source } from "../domain/volume/palette-volume.ts";

export type SurvivalRequest =
  | { readonly kind: "survival"; readonly job: SurvivalInput }
  | { readonly kind: "componentShares"; readonly job: PatchSharesInput }
  | { readonly kind: "occupancy"; readonly job: { readonly source: Source } };

export interface SurvivalResults {
  readonly survival: readonly RegionSurvival[];
  /** Per channel, one per listed component. */
  readonly componentShares: readonly (readonly RegionShare[])[];
  readonly occupancy: SliceOccupancy;
}

/** Null for a `survival` job, whose regions were sent one by one. */
export type SentResults = { readonly [K in keyof SurvivalResults]: SurvivalResults[K] | null };

export type SurvivalNews =
  /** `channel` is the region in progress or just finished. */
  | { readonly kind: "progress"; readonly fraction: number; readonly channel: number }
  /** One region of a `survival` job, as soon as it is known. */
  | { readonly kind: "region"; readonly region: RegionSurvival };
