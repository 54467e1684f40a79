/** Writes the sentences of the round trip. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import type { MappingOutcome, MappingStep } from "../../domain/dataset/label-mapping.ts";
import type { Sequence } from "../../domain/dataset/suggested-order.ts";
import type { MappingRow, MappingSummary, OrderAdvice } from "./label-mapping-selectors.ts";

export const OUTCOME_TEXT: Readonly<Record<MappingOutcome, string>> = {
  same: "same",
  wrong: "wrong",
  merged: "merged",
  lost: "lost",
  ignored: "ignored",
};

/** Meaning of each outcome, for the legend. */
export const OUTCOME_MEANINGS: Readonly<Record<MappingOutcome, string>> = {
  same: "unchanged",
  wrong: "into a value that itself does not come back",
  merged: "into a label that keeps its value",
  lost: "into background",
  ignored: "the ignore label, not predicted",
};

/** "All 25 labels are reproduced" · "3 of 25 labels change (12,345 voxels)" */
export function summarySentence({ labels, changed, changedVoxels }: MappingSummary): string {
  if (labels === 0) return "There are no labels to follow";
  if (changed === 0)
    return labels === 1 ? "The label is reproduced" : `All ${formatCount(labels)} labels are reproduced`;
  const voxels = changedVoxels === null ? "" : ` (${plural(changedVoxels, "voxel")})`;
  if (labels === 1) return `The label changes${voxels}`;
  const change = changed === 1 ? "changes" : "change";
  return `${formatCount(changed)} of ${formatCount(labels)} labels ${change}${voxels}`;
}

/** Says what the open volume lacks; null if it has every label of the definition. */
export function unseenSentence({ unseen, unseenChanged }: MappingSummary): string | null {
  if (unseen === 0) return null;
  const are = unseen === 1 ? "is" : "are";
  const rest =
    unseenChanged === 0
      ? ""
      : `; ${unseenChanged < unseen ? `${formatCount(unseenChanged)} of them` : unseen === 1 ? "it" : "they"} would change`;
  return `${plural(unseen, "label")} of the definition ${are} not in this volume${rest}.`;
}

/** "Label 15 (vertebrae), 12,345 voxels" */
export function mappingText({ label, name, voxels }: MappingRow): string {
  const size = voxels === null ? "" : voxels === 0 ? ", not in this volume" : `, ${plural(voxels, "voxel")}`;
  return `Label ${label}${name ? ` (${name})` : ""}${size}`;
}

/** "spine writes 15 (overwritten)" */
export function stepText({ region, writes, remains }: MappingStep): string {
  if (writes === null) return `${region} writes nothing: it has no usable entry in regions_class_order`;
  return `${region} writes ${writes} (${remains ? "final" : "overwritten"})`;
}

/** "becomes 15 (vertebrae), a label that keeps its value" */
export function decodedText({ decodedAs, decodedName, outcome }: MappingRow): string {
  const label = `${decodedAs}${decodedName ? ` (${decodedName})` : ""}`;
  const to = `becomes ${label}`;
  switch (outcome) {
    case "same":
      return `remains ${label}`;
    case "wrong":
      return `${to}, a value that itself does not come back`;
    case "merged":
      return `${to}, a label that keeps its value`;
    case "ignored":
      return OUTCOME_MEANINGS.ignored;
    default:
      return to;
  }
}

/** Most names given of a longer list. */
const MAX_NAMED = 4;
const MAX_LISTED = 12;

/** Advice on `regions_class_order`: what to change, and what that gains. */
export function adviceSentence(advice: OrderAdvice): string {
  const { names, written, repaired, suggested, sequence, labels } = advice;
  if (!repaired) return sequence ? sequenceSentence(sequence) : erasedSentence(advice);
  const repairs = changesBetween(names, written.order, repaired.order);
  if (repairs.length > 0)
    return `Suggested: ${listed(repairs)}. Then ${decodedSentence(repaired.back, labels)}.`;
  const others = suggested ? changesBetween(names, written.order, suggested.order) : [];
  if (!suggested || others.length === 0) return "No change suggested.";
  return `The suggested order, the lowest label of each region, has ${listed(others)}; with it, ${
    suggested.back === written.back
      ? "as many labels are reproduced"
      : decodedSentence(suggested.back, labels)
  }.`;
}

function sequenceSentence({ names, order }: Sequence): string {
  const pairs = names.map((name, i) => `${name} ${order[i] ?? ""}`);
  const more = pairs.length > MAX_LISTED ? `, and ${pairs.length - MAX_LISTED} more` : "";
  return `No values help while a region is written after one that it contains, because it overwrites it completely. Suggested: parents before children, ${pairs.slice(0, MAX_LISTED).join(", ")}${more}.`;
}

function erasedSentence({ erased }: OrderAdvice): string {
  const [first] = erased;
  if (!first) return "No order reproduces a label of every region.";
  const by = first.by.length > MAX_NAMED ? `${first.by.length} later regions` : first.by.join(", ");
  const rest = erased.length > 1 ? `, and ${erased.length - 1} more likewise` : "";
  return `No order reproduces a label of every region: ${first.name} is completely overwritten by ${by}${rest}.`;
}

function changesBetween(
  names: readonly string[],
  from: readonly (number | null)[],
  to: readonly (number | null)[],
): string[] {
  return names.flatMap((name, i) => {
    const [before, after] = [from[i] ?? null, to[i] ?? null];
    if (before === after) return [];
    return [`${after === null ? "nothing" : after} for ${name}${before === null ? "" : `, not ${before}`}`];
  });
}

function listed(parts: readonly string[]): string {
  const shown = parts.slice(0, MAX_NAMED).join("; ");
  return parts.length > MAX_NAMED ? `${shown}; and ${parts.length - MAX_NAMED} more` : shown;
}

function decodedSentence(back: number, labels: number): string {
  if (back === labels)
    return labels === 1 ? "the label is reproduced" : `all ${formatCount(labels)} labels are reproduced`;
  const are = back === 1 ? "is" : "are";
  return `${formatCount(back)} of ${formatCount(labels)} labels ${are} reproduced; the others have no region of their own`;
}
