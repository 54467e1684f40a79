/** Puts the share of patches in which a region is gone at a scale into words. */
import { formatWeight } from "../../base/format-numbers.ts";
import { hasWeight, type Scale } from "../targets/deep-supervision.ts";
import type { RegionShare } from "./patch-shares.ts";

/**
 * Share of the patches with a region that is worth knowing. Patches that only touch a region at their edge
 * lose it too, and of a structure that the case cuts off that is up to 9 % (ribs of the bundled abdomen at a
 * quarter of full size; 5 % of whole organs).
 */
export const MIN_GONE = 0.1;
/** In most of the patches with the region, the loss is told that it is absent. */
export const MOSTLY_GONE = 0.5;

/** True if the loss uses a scale. */
export function isUsed(scale: Pick<Scale, "lossWeight" | "collapses">): boolean {
  return hasWeight(scale) && !scale.collapses;
}

type Scales = readonly Pick<Scale, "lossWeight" | "collapses">[];

/** Per scale, the share of the patches with the region in which it is gone; empty if no patch has it. */
export function goneShares({ inPatch, gone }: RegionShare): readonly number[] {
  return inPatch > 0 ? gone.map((share) => share / inPatch) : [];
}

/** "11 %". 0 % and 100 % mean exactly none and all. */
export function percentOf(share: number): string {
  const percent = 100 * share;
  if (share === 0 || share === 1) return `${percent} %`;
  if (percent < 1) return "<1 %";
  return percent > 99 ? ">99 %" : `${Math.round(percent)} %`;
}

/** "gone in 11 % of patches". */
export function goneText(share: number): string {
  if (share === 0) return "never gone";
  return `gone in ${share === 1 ? "every patch" : `${percentOf(share)} of patches`}`;
}

/**
 * The scale at which a region is gone most often, among those that the loss uses, or else among those that it
 * leaves out; null if it is never gone.
 */
export function goneMost(
  gone: readonly number[],
  scales: Scales,
): { readonly scale: number; readonly share: number; readonly leftOut: boolean } | null {
  for (const leftOut of [false, true]) {
    const most = goneMostOf(gone, scales, leftOut);
    if (most) return { ...most, leftOut };
  }
  return null;
}

/** Like {@link goneMost}, among the scales that the loss leaves out, or among those that it uses. */
export function goneMostOf(
  gone: readonly number[],
  scales: Scales,
  leftOut: boolean,
): { readonly scale: number; readonly share: number } | null {
  const shares = gone.map((share, s) => (scales[s] && isUsed(scales[s]) !== leftOut ? share : 0));
  const share = Math.max(0, ...shares);
  return share > 0 ? { scale: shares.indexOf(share), share } : null;
}

/**
 * Orders regions by how often they are gone: those gone most often at a scale that the loss uses come first,
 * then those gone at scales that it leaves out, then those never gone, and last those in no patch.
 */
export function goneRank(gone: readonly number[], scales: Scales): number {
  if (gone.length === 0) return 3;
  const most = goneMost(gone, scales);
  return most ? Number(most.leftOut) + 1 - most.share : 2;
}

/** "gone in 11 % of patches at scale 2": at its worst, as {@link goneMost} has it. */
export function goneMostText(gone: readonly number[], scales: Scales): string {
  if (gone.length === 0) return "in no patch";
  const most = goneMost(gone, scales);
  if (!most) return goneText(0);
  return `${goneText(most.share)} at scale ${most.scale}${weightNote(scales[most.scale])}`;
}

/** " (weight 0)" if the loss does not use the scale. */
export function weightNote(scale: Scales[number] | undefined): string {
  return scale && !isUsed(scale)
    ? ` (weight ${scale.lossWeight === 0 ? 0 : formatWeight(scale.lossWeight)})`
    : "";
}
