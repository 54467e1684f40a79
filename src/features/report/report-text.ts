/** Formats the numbers and sentences of the printable report. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import type { Report } from "../../domain/report/report.ts";
import type { FlowSummary } from "../label-mapping/label-mapping-selectors.ts";

/** 112 × 101 × 122, with up to three decimals. */
export function times(numbers: readonly number[]): string {
  return numbers.map((n) => String(Number(n.toFixed(3)))).join(" × ");
}

/** "All 25 labels come back as themselves." */
export function roundTripSentence({ roundTrip }: Report, flow: FlowSummary | null): string {
  if (!flow || !roundTrip) return "Masks have no labels that could come back as others.";
  const { labels } = flow;
  if (labels === 0) return "The volume has no label but background.";
  if (roundTrip.lossless) {
    return labels === 1
      ? "The one label comes back as itself."
      : `All ${formatCount(labels)} labels come back as themselves.`;
  }
  const changed = roundTrip.changes.length;
  const come = changed === 1 ? "comes" : "come";
  return `${formatCount(changed)} of ${plural(labels, "label")}, ${plural(roundTrip.changedVoxels, "voxel")}, ${come} back as another.`;
}

/** What is lost at coarser scales; null if survival was not computed or the loss uses no scale. */
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
    return `All ${plural(followed, "connected component")} of the regions are kept at every scale that the loss sees.${rest}`;
  }
  const wholes = whole === 0 ? "no region as a whole" : `${plural(whole, "region")} as a whole`;
  return `${formatCount(vanishing)} of ${plural(followed, "connected component")} of the regions vanish at a scale that the loss sees, ${wholes}.${rest}`;
}

/** Voxels at a scale, or a word if there are none. */
export function presenceText(fullVoxels: number, voxels: number): string {
  if (voxels > 0) return formatCount(voxels);
  return fullVoxels > 0 ? "vanished" : "absent";
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
