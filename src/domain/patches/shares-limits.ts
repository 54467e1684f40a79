/**
 * Decides whether the shares of a case's patches can be computed within a page's memory and a user's
 * patience.
 */

import { formatCount, plural } from "../../base/format-numbers.ts";
import { formatBytes } from "../../base/format-units.ts";
import { voxelCount } from "../geometry/grid.ts";
import { scalesOf } from "../targets/deep-supervision.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { centreClasses, keptVoxels } from "./centre-voxels.ts";
import type { PatchSharesInput } from "./patch-shares.ts";

/** Why there are no shares, as a sentence. */
export interface SharesRefused {
  readonly kind: "refused";
  readonly reason: string;
}

/** A page may hold arrays of this size beside the case. */
const MAX_BYTES = 1.5 * 2 ** 30;
/** To choose among a class's voxels, each needs a number. */
const BYTES_PER_VOXEL = 4;
/** Longest time to compute for, estimated generously; a case of usual size takes one to ten seconds. */
const MAX_SECONDS = 40;
/**
 * For each region and scale, a patch sample is looked up, and a region may reach all origins, 32 per word.
 */
const SECONDS_PER_SAMPLE = 3e-9;
const SECONDS_PER_WORD = 25e-9;

/** Why the shares are not computed, as a sentence; null if they can be. */
export function tooMuchForShares(input: PatchSharesInput): string | null {
  const { source, set, patchSize, strides, trainer } = input;
  const voxels = voxelCount(sourceGrid(source).shape);
  const classes = voxelsOfClasses(input, voxels);
  const bytes = BYTES_PER_VOXEL * Math.max(0, ...classes);
  if (bytes > MAX_BYTES) {
    return `Shares of patches are left out: to choose the voxels that patches are centred on, the largest class needs ${formatBytes(bytes)}, and a page may take ${formatBytes(MAX_BYTES)}.`;
  }
  const samples = classes.reduce((sum, total) => sum + keptVoxels(total), 0);
  const scales = scalesOf(patchSize, strides, trainer).length;
  const each = samples * SECONDS_PER_SAMPLE + (voxels / 32) * SECONDS_PER_WORD;
  if (set.regions.length * (scales + 1) * each <= MAX_SECONDS) return null;
  const millions = formatCount(Math.max(1, Math.round(voxels / 1e6)));
  return `Shares of patches are left out: ${plural(set.regions.length, "region")} at ${plural(scales, "scale")} of ${millions} million voxels would take minutes.`;
}

/** Voxels of each class; those of a mask are not known, so it counts as full. */
function voxelsOfClasses({ source, set }: PatchSharesInput, voxels: number): number[] {
  if (source.kind === "masks") return source.stack.bitPlanes.map(() => voxels);
  const { palette, counts } = source.volume;
  const entries = new Map(Array.from(palette, (label, p) => [label, counts[p] ?? 0]));
  const { foreground, annotated } = centreClasses(set);
  return (annotated ? [...foreground, annotated] : foreground).map((labels) =>
    labels.reduce((sum, label) => sum + (entries.get(label) ?? 0), 0),
  );
}
