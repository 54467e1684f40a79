/** The voxels that nnU-Net draws patches from. */
import type { SharesRefused } from "../patches/shares-limits.ts";
import type { Refused } from "../training-grid/resampling.ts";
import type { TrainingGrid } from "../training-grid/training-grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";

/** Where nnU-Net draws patches from, whichever grid is shown. */
export type PatchSource =
  /** The open case as stored: its training grid is not known or not made here. */
  | { readonly kind: "stored" }
  | { readonly kind: "trained"; readonly volume: PaletteVolume }
  | { readonly kind: "awaited" }
  | SharesRefused;

const STORED: PatchSource = { kind: "stored" };

export function patchSourceOf(grid: TrainingGrid | Refused): PatchSource {
  if (grid.kind === "training-grid") return { kind: "trained", volume: grid.volume };
  if (grid.problem?.kind !== "stops") return STORED;
  return { kind: "refused", reason: `nnU-Net draws no patches from this case. ${grid.reason}` };
}
