/** The part of a report that says what the patches are that nnU-Net trains on, and where regions are gone. */
import type { RegionSet } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PatchShares } from "../patches/patch-shares.ts";
import type { SharesRefused } from "../patches/shares-limits.ts";

/** Shares are probabilities over every patch that the loader can draw from this case. */
export interface ReportedPatches {
  /** Always the training grid if there is one; otherwise nnU-Net's patches may have other voxels. */
  readonly grid: "trained" | "stored";
  /** In voxels, along the axes after the plans' transpose. */
  readonly size: Triple;
  /** Size of what the loader cuts out, whose centre is trained: rotation needs the rest. */
  readonly loadedSize: Triple;
  /** Augmentation that the shares leave out. */
  readonly leftOut: readonly string[];
  readonly samples: {
    /** Origins of patches that may lie anywhere. */
    readonly anywhere: number;
    /** Voxels that patches with foreground are centred on, once per class. */
    readonly foreground: number;
    /** Voxels that the other patches are centred on if there is an ignore label; null without. */
    readonly annotated: number | null;
  };
  /** Share of the patches that are centred on foreground. */
  readonly foregroundShare: number;
  readonly scales: readonly {
    readonly factors: Triple;
    readonly shape: Triple;
    readonly lossWeight: number | null;
  }[];
  /** One per region, in region order. */
  readonly regions: readonly {
    readonly region: string;
    /** Share of the patches that contain it. */
    readonly inPatch: number;
    /** Per scale, the share of those patches in which the target has none of it; null if no patch has it. */
    readonly gone: readonly (number | null)[];
  }[];
}

/** @param shares null without plans that have a patch size and a batch size */
export function reportedPatches(
  shares: PatchShares | SharesRefused | null,
  set: RegionSet,
  grid: ReportedPatches["grid"],
): ReportedPatches | { readonly refused: string } | null {
  if (!shares) return null;
  if (!("regions" in shares)) return { refused: shares.reason };
  const { patchSize, loadedSize, patchSamples, foregroundShare, scales, regions } = shares;
  return {
    grid,
    size: patchSize,
    loadedSize,
    leftOut: ["rotation", "scaling", "mirroring"],
    samples: patchSamples,
    foregroundShare,
    scales: scales.map(({ factors, shape, lossWeight }) => ({
      factors,
      shape,
      lossWeight: Number.isFinite(lossWeight) ? lossWeight : null,
    })),
    regions: regions.map(({ inPatch, gone }, channel) => ({
      region: set.regions[channel]?.name ?? "",
      inPatch,
      gone: gone.map((share) => (inPatch > 0 ? share / inPatch : null)),
    })),
  };
}
