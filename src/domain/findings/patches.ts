/** Checks in how many of the patches that nnU-Net trains on a region is gone at a scale. */
import { pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import type { PlansConfiguration } from "../dataset/plans.ts";
import type { Region } from "../dataset/region-set.ts";
import type { PatchShares } from "../patches/patch-shares.ts";
import { goneMost, goneShares, MIN_GONE, MOSTLY_GONE, percentOf } from "../patches/share-text.ts";
import type { SharesRefused } from "../patches/shares-limits.ts";
import type { Scale } from "../targets/deep-supervision.ts";
import { type Finding, finding } from "./finding.ts";
import { percentText, regionList } from "./text.ts";

/** What is known of the patches that nnU-Net's loader draws from the case. */
export type PatchFacts =
  | { readonly kind: "shares"; readonly shares: PatchShares }
  /** Still being computed. */
  | { readonly kind: "pending" }
  /** `why` is a sentence. */
  | { readonly kind: "unknown"; readonly why: string };

export const REMEDY = "Use a finer spacing or fewer network stages, or merge very small structures.";

/** "1/8" if all axes shrink equally, otherwise "1/1×1/4×1/4". */
export function scaleText({ factors: [z, y, x] }: Scale): string {
  return z === y && y === x ? `1/${z}` : `1/${z}×1/${y}×1/${x}`;
}

/** "every 4th voxel along each axis" */
export function keptText({ factors: [z, y, x] }: Scale): string {
  const every = (factor: number) => `every ${factor}${factor === 2 ? "nd" : factor === 3 ? "rd" : "th"}`;
  return z === y && y === x ? `${every(z)} voxel along each axis` : "only some of the voxels";
}

/** @param shares null if there is nothing to compute them from */
export function patchFactsOf(
  configuration: PlansConfiguration | null,
  shares: PatchShares | SharesRefused | null,
): PatchFacts {
  if (shares && "regions" in shares) return { kind: "shares", shares };
  if (shares) return { kind: "unknown", why: shares.reason };
  const why = configuration
    ? "The plans have no patch_size or no batch_size, so patches are not known."
    : "Scales and patches are not known because there are no plans: open nnUNetPlans.json to see those used in training.";
  return { kind: "unknown", why };
}

export type PatchGrid = "trained" | "resampled-later" | null;

interface PresentRegion {
  readonly region: Region;
  readonly channel: number;
}

interface GoneRegion extends PresentRegion {
  readonly share: number;
}

/**
 * One finding per scale and severity: each region counts at the scale where it is gone most often.
 * @param grid `trained` if patches are drawn from the training grid, which the page does not show;
 *   `resampled-later` if they have the voxels of the file, which nnU-Net resamples to others; null if they
 *   are drawn from what is shown
 */
export function goneInPatches(
  present: readonly PresentRegion[],
  patches: PatchShares,
  grid: PatchGrid,
): Finding[] {
  const { scales, regions } = patches;
  const worst = present.flatMap(({ region, channel }) => {
    const its = regions[channel];
    const most = its ? goneMost(goneShares(its), scales) : null;
    if (!most || most.leftOut || most.share < MIN_GONE) return [];
    return [{ region, channel, share: most.share, s: most.scale }];
  });
  const isMost = ({ share }: GoneRegion) => share >= MOSTLY_GONE;
  const groups = [worst.filter(isMost), worst.filter((region) => !isMost(region))];
  return groups.flatMap((group, g) =>
    [...groupBy(group, ({ s }) => s)]
      .sort(([a], [b]) => a - b)
      .flatMap(([s, gone]) => {
        const scale = scales[s];
        return scale ? [goneAt(g === 0, s, scale, gone, patches, grid)] : [];
      }),
  );
}

function goneAt(
  isMost: boolean,
  s: number,
  scale: Scale,
  gone: readonly GoneRegion[],
  { patchSize }: PatchShares,
  grid: PatchGrid,
): Finding {
  const names = gone.map(({ region }) => region.name);
  const all = gone.map(({ share }) => share);
  const [least, most] = [percentOf(Math.min(...all)), percentOf(Math.max(...all))];
  const [is, it] = [pluralForm(names.length, "is", "are"), pluralForm(names.length, "it", "them")];
  const share = least === most ? most : `${least} to ${most}`;
  const absent = `taught that ${pluralForm(names.length, "it is", "they are")} absent`;
  const [patches, taught, over] =
    grid === "resampled-later"
      ? [
          "patches of the file's voxels",
          `from those patches the network would be ${absent}`,
          "of those voxels",
        ]
      : ["training patches", `in those patches the network is ${absent}`, DRAWN_FROM[grid ?? "shown"]];
  return finding(
    isMost ? "warning" : "info",
    "region-vanishes",
    `${regionList(names, 3)} ${is} gone at scale ${s} in ${share} of patches`,
    `${regionList(names)} ${is} gone at scale ${s} (${scaleText(scale)}) in ${share} of the ${patches} with ${it}. That scale keeps ${keptText(scale)} and ` +
      `carries ${percentText(scale.lossWeight)} of the loss, and ${taught}. The share is over all ${patchSize.join("×")} patches ${over}, without ` +
      `rotation, scaling and mirroring.${grid === "resampled-later" ? LATER : ""} ${isMost ? REMEDY : EDGES}`,
    { regions: names, labels: [...new Set(gone.flatMap(({ region }) => region.labels))] },
  );
}

const DRAWN_FROM = {
  shown: "that nnU-Net can draw from this case",
  trained: "that nnU-Net can draw from the training grid of this case",
} as const;
const LATER = " nnU-Net resamples the voxels before it draws patches, so its own shares may be others.";
const EDGES = "It includes patches that only touch the region at their edge.";
