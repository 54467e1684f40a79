/** Formats the numbers and sentences of the printable report. */
import { formatCount, plural, pluralForm } from "../../base/format-numbers.ts";
import { continued } from "../../base/sentence.ts";
import { percentOf } from "../../domain/patches/share-text.ts";
import type { Report } from "../../domain/report/report.ts";
import type { ReportedPatches } from "../../domain/report/report-patches.ts";
import type { MappingSummary } from "../label-mapping/label-mapping-selectors.ts";

/** 112 × 101 × 122, with up to three decimals. */
export function times(numbers: readonly number[]): string {
  return numbers.map((n) => String(Number(n.toFixed(3)))).join(" × ");
}

/** What the training grid was made from, or why the stored one is shown. */
export function gridText(resampling: NonNullable<Report["resampling"]>): string {
  if ("refused" in resampling) return `Stored grid. ${resampling.refused}`;
  const { from, to, box, uncropped, functionAssumed } = resampling;
  const assumed = functionAssumed
    ? ` The plans have no resampling_fn_seg, at which nnU-Net's preprocessing stops: ${resampling.function} was taken, as its planners write it.`
    : "";
  const cropped = from.shape.some((length, axis) => length !== box.shape[axis]);
  const which = uncropped
    ? `. Not cropped: ${continued(uncropped)}`
    : cropped
      ? `, cropped to ${times(box.shape)} voxels.`
      : ".";
  return `Training grid, resampled from ${times(from.shape)} voxels at ${times(from.spacing)} mm to ${times(to.spacing)} mm${which}${assumed}`;
}

/** "All 25 labels are reproduced." */
export function roundTripSentence({ roundTrip, grid }: Report, mapping: MappingSummary | null): string {
  if (!mapping || !roundTrip) return "The round trip does not apply to separate masks.";
  const { labels } = mapping;
  if (labels === 0) {
    const where = grid === "trained" ? "on the training grid" : "in this case";
    return `There is no label ${where} except background.`;
  }
  if (roundTrip.lossless) {
    return labels === 1
      ? "The only label is reproduced."
      : `All ${formatCount(labels)} labels are reproduced.`;
  }
  const changed = roundTrip.changes.length;
  const change = pluralForm(changed, "changes", "change");
  return `${formatCount(changed)} of ${plural(labels, "label")} ${change} (${plural(roundTrip.changedVoxels, "voxel")}).`;
}

/** A sentence on losses at coarser scales; null if survival was not computed or the loss uses no scale. */
export function survivalSentence({ survival, scales }: Report): string | null {
  if (!survival) return null;
  const { regions } = survival;
  const sum = (key: "components" | "listed" | "vanishingForLoss") =>
    regions.reduce((total, region) => total + region[key], 0);
  const components = sum("components");
  const vanishing = sum("vanishingForLoss");
  const whole = regions.filter((region) => region.vanishesForLossAt !== null).length;
  const followed = sum("listed");
  const rest =
    followed < components ? ` The ${formatCount(components - followed)} smallest were not followed.` : "";
  if (!scales.some(({ lossWeight }) => (lossWeight ?? 0) > 0)) return null;
  if (vanishing === 0) {
    return `In the whole case, all ${plural(followed, "connected component")} of the regions have voxels at every scale used in the loss.${rest}`;
  }
  const and = whole === 0 ? "" : `, nor ${pluralForm(whole, "has", "have")} ${plural(whole, "whole region")}`;
  return `In the whole case, ${formatCount(vanishing)} of ${plural(followed, "connected component")} of the regions ${pluralForm(vanishing, "has", "have")} no voxel at a scale used in the loss${and}.${rest}`;
}

/**
 * What the shares of patches are taken over.
 * @param grid the grid that is reported on
 */
export function patchesSentence(patches: ReportedPatches, grid: Report["grid"]): string {
  const other =
    patches.grid === grid
      ? ""
      : " They are drawn from the training grid, not from the voxels reported on here.";
  const { size, loadedSize, samples, foregroundShare, leftOut } = patches;
  const centred = foregroundShare === 0 ? "none" : percentOf(foregroundShare);
  const others = samples.annotated === null ? "the others lie anywhere" : "the others on an annotated one";
  return `Training patches have ${times(size)} voxels, cut from ${times(loadedSize)} that are loaded; ${centred} of them are centred on a foreground voxel, ${others}. “Gone” is the share of the patches with a region whose target has none of it at a scale, over all patches that can be drawn, without ${leftOut.slice(0, -1).join(", ")} and ${leftOut.at(-1)}.${other}`;
}

/** Voxels at a scale, or the scale status if there are none. */
export function scaleStatusText(fullVoxels: number, voxels: number): string {
  if (voxels > 0) return formatCount(voxels);
  return fullVoxels > 0 ? "no voxel" : "absent";
}

/** A share of the loss: .533 · 5e-7 */
export function weightText(lossWeight: number | null): string {
  if (lossWeight === null) return "undefined";
  if (lossWeight === 0) return "0, unused";
  return lossWeight < 5e-4 ? lossWeight.toExponential(0) : lossWeight.toFixed(3);
}

/** "24 November 2025, 05:59" */
export function dateText(date: Date): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" }).format(date);
}
