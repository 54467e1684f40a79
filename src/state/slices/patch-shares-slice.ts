/**
 * Shares of the patches that nnU-Net's loader draws from the open case, while they are computed and
 * afterwards.
 */
import type { PatchSource } from "../../domain/case/patch-source.ts";
import type { PatchShares } from "../../domain/patches/patch-shares.ts";
import type { SharesRefused } from "../../domain/patches/shares-limits.ts";

export interface PatchSharesSlice {
  /**
   * By the key of what they were computed from, so that returning to a grid or setting is free; the newest
   * last.
   */
  readonly patchShares: ReadonlyMap<string, PatchShares | SharesRefused>;
  /** The script that finds out loads late. */
  readonly patchSource: PatchSource;
  /** 0..1; null if none are being computed. */
  readonly patchSharesProgress: number | null;
}

/** Reset when another case opens. */
export const PER_CASE = {
  patchShares: new Map<string, PatchShares | SharesRefused>(),
  patchSource: { kind: "awaited" },
} as const;

export const DEFAULTS: PatchSharesSlice = { ...PER_CASE, patchSharesProgress: null };
