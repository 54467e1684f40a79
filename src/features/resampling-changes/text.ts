/** Sentences and numbers of the table of what resampling changed. */
import { formatCount, formatMl, plural, pluralForm } from "../../base/format-numbers.ts";
import { joinNames } from "../../base/join-names.ts";
import type { ChangeOutcome, ChangeTotals } from "./changes-rows.ts";
import { labelName } from "./place-text.ts";

/** Never 1 if anything differs, and never 0 if anything agrees. */
export function diceText(dice: number): string {
  if (dice === 0 || dice === 1) return dice.toFixed(4);
  return Math.min(0.9999, Math.max(0.0001, dice)).toFixed(4);
}

const LITTLE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 1 });

/** Returns, for example, "−3.1 %". */
export function volumeText(change: number): string {
  const percent = Math.abs(100 * change);
  const sign = change > 0 ? "+" : "−";
  if (percent === 0) return "0 %";
  if (percent < 0.095) return `${sign}${LITTLE.format(percent)} %`;
  return `${sign}${percent < 99.95 ? percent.toFixed(1) : formatCount(percent)} %`;
}

/** @param voxelMl null for voxels */
export function sizeText(voxels: number, voxelMl: number | null): string {
  return voxelMl === null ? formatCount(voxels) : formatMl(voxels * voxelMl);
}

/** What stands in place of a Dice score. */
export const OUTCOME_TEXT: Readonly<Record<Exclude<ChangeOutcome, "changed" | "same">, string>> = {
  gone: "gone",
  cropped: "cropped away",
  absent: "not in the case",
};

/**
 * Sums up what resampling did to the regions that the case has.
 *
 * @param gaps gap voxels, and those of them whose nearest stored voxel is in a region
 */
export function totalsText(totals: ChangeTotals, gaps: Gaps): string {
  const { regions, gone, cropped, reachingOut, isUnchanged } = totals;
  if (regions === 0) return "No region has voxels in this case.";
  if (isUnchanged) return `Nothing changed: no region of ${formatCount(regions)} gains or loses a voxel.`;
  const sentences: string[] = [];
  const outside = cropped.length;
  if (outside > 0)
    sentences.push(
      `${formatCount(outside)} of ${plural(regions, "region")} ${pluralForm(outside, "lies", "lie")} outside the nonzero box and ${pluralForm(outside, "is", "are")} cropped away: ${joinNames(cropped)}.`,
    );
  if (gone > 0)
    sentences.push(
      `${formatCount(gone)} of ${plural(regions, "region")} ${pluralForm(gone, "is", "are")} gone after resampling.`,
    );
  else if (outside < regions) sentences.push(outside > 0 ? "No other region is gone." : "No region is gone.");
  if (reachingOut > outside)
    sentences.push(`Cropping cuts off a part of ${plural(reachingOut - outside, "region")}.`);
  sentences.push(gapsText(gaps));
  const dice = diceSentence(totals);
  return [...sentences, ...(dice === null ? [] : [dice])].join(" ");
}

/** Of one region, average and lowest are the same. */
function diceSentence({ regions, judged, meanDice, lowest }: ChangeTotals): string | null {
  if (meanDice === null || lowest?.change.dice == null) return null;
  const its = `${diceText(lowest.change.dice)} (${lowest.region.name})`;
  if (judged === 1) return `Dice ${its}.`;
  if (meanDice === 1) return `Dice 1.0000 in every region${judged < regions ? " that is left" : ""}.`;
  return `Dice ${diceText(meanDice)} on average, lowest ${its}.`;
}

interface Gaps {
  readonly voxels: number;
  readonly inRegions: number;
}

/** A gap's nearest stored voxel may be background, so that no region of the table has it. */
function gapsText({ voxels, inRegions }: Gaps): string {
  if (voxels === 0) return "There are no gaps.";
  const isOne = voxels === 1;
  const all = `${plural(voxels, "voxel")} ${isOne ? "is a gap" : "are gaps"}, where labels meet and none reaches one half`;
  if (inRegions === voxels) return `${all}.`;
  if (isOne) return `${all}; it was in no region before.`;
  const count = inRegions === 0 ? "none" : formatCount(inRegions);
  return `${all}; ${count} of them ${inRegions > 1 ? "were" : "was"} in a region before.`;
}

/** More labels than these are counted. */
const NAMED_LABELS = 8;

/** Names the labels that are gone; null if none is. */
export function labelsGoneText(labels: readonly number[], names: ReadonlyMap<number, string>): string | null {
  if (labels.length === 0) return null;
  const named = labels.slice(0, NAMED_LABELS).map((label) => {
    const name = labelName(label, names);
    return names.has(label) ? `${name} (${label})` : name;
  });
  const rest = labels.length - named.length;
  const list = [...named, ...(rest > 0 ? [`${formatCount(rest)} more`] : [])];
  const last = list.pop() ?? "";
  const all = list.length === 0 ? last : `${list.join(", ")} and ${last}`;
  return `Gone before any scale: ${all}. The training grid has no voxel of ${pluralForm(labels.length, "this label", "these labels")}.`;
}
