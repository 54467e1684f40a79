/** Finds entries of structures that are 0 or below: nnU-Net accepts them but learns nothing for them. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { LabelEntry } from "../dataset/dataset-definition.ts";
import { hasRegions, ignoreEntry, knownLabels, labelsIn } from "../dataset/label-entries.ts";
import { type Finding, finding } from "./finding.ts";
import { consecutive, ignoreLabel, members, merges, namesAtZero } from "./label-values.ts";
import { labelList, list, regionList } from "./text.ts";
import { numberedFrom, type Rewrite, rewritesText } from "./value-repair.ts";

/** Structures with value 0, the background's: nnU-Net accepts them but never learns them. */
export function zeroAsBackground(entries: readonly LabelEntry[]): Finding[] {
  const zero = entries.find(({ name }) => name === "background");
  const names = namesAtZero(entries);
  if (names.length === 0 || Array.isArray(zero?.value) || labelsIn(zero?.value)[0] !== 0) return [];
  const n = names.length;
  const known = new Set(knownLabels(entries, true));
  const free = firstFree(known);
  const number = n === 1 && free < Math.max(...known) ? `, such as ${free}` : "";
  return [
    finding(
      "warning",
      "label-is-background",
      `${regionList(names, 3)} ${pluralForm(n, "is", "are")} 0, like background`,
      `Nothing is learned for ${regionList(names)}: ${pluralForm(n, "it is", "they are")} 0, like background, and nnU-Net silently treats ${pluralForm(n, "it", "them")} as ` +
        `background. Give ${pluralForm(n, "it", "each")} the number that its voxels have in the label files${number}, or remove ${pluralForm(n, "it", "them")}.`,
      { regions: names, labels: [0] },
    ),
  ];
}

function firstFree(known: ReadonlySet<number>): number {
  let free = 1;
  while (known.has(free)) free++;
  return free;
}

/**
 * Labels below 0. The integrity check accepts -1, and `RemoveLabelTansform(-1, 0)` turns it into background
 * for training; the loss for plain labels has no class for lower values.
 * @param present labels of the open volume
 */
export function negativeEntries(entries: readonly LabelEntry[], present: readonly number[] = []): Finding[] {
  const named = entries.filter(({ name }) => name !== "background" && name !== "ignore");
  const labels = knownLabels(named, false).filter((label) => label < 0);
  const [lowest] = labels;
  if (lowest === undefined) return [];
  const n = labels.length;
  const names = members(named, labels);
  const onRegions = hasRegions(entries);
  const what =
    lowest === -1
      ? `, which training turns into background because -1 is nnU-Net's own mark for voxels outside the body, so ${
          onRegions
            ? `its voxels are not learned as ${regionList(names)}`
            : `nothing is learned for ${regionList(names)}`
        }`
      : `, but nnU-Net's labels start at 0: training turns -1 into background, and ${onRegions ? "no prediction can be saved with lower values" : "stops at lower values"}`;
  const rewrites = onRegions ? [] : aboveOthers(entries, labels, present);
  const ignore =
    ignoreEntry(entries) === null && n === 1
      ? "; to leave its voxels out of training, also name it “ignore”"
      : "";
  const remedy = onRegions
    ? `Remove ${pluralForm(n, "it", "them")} from the ${pluralForm(names.length, "list", "lists")} and write 0 for ${list(labels)} in the label files, or, if ${pluralForm(n, "it is a structure", "they are structures")}, ` +
      `number ${pluralForm(n, "it", "them")} after the other labels in both`
    : rewrites.length > 0
      ? `Write ${rewritesText(rewrites)}, in this file and in every label file${ignore}`
      : `Number ${pluralForm(n, "it", "them")} after the other labels, in this file and in every label file`;
  return [
    finding(
      "error",
      "label-defined-negative",
      `${regionList(names, 3)} ${pluralForm(names.length, "has", "have")} ${labelList(labels, 3)}`,
      `${regionList(names)} ${pluralForm(names.length, "has", "have")} ${labelList(labels)}${what}. ${remedy}.`,
      {
        regions: names,
        labels,
        repair: rewrites.length > 0 ? { rewrites, definition: { kind: "renumber" } } : null,
      },
    ),
  ];
}

/** Renumbers after the other labels but before ignore; empty if other entries must be corrected first. */
function aboveOthers(
  entries: readonly LabelEntry[],
  labels: readonly number[],
  present: readonly number[],
): Rewrite[] {
  const next = Math.max(0, ...knownLabels(entries, false)) + 1;
  const ignore = ignoreEntry(entries);
  const parts = entries.flatMap(({ value }) => [value].flat());
  const isOdd = entries.some((entry) => entry !== ignore && entry.value === null);
  if (isOdd || parts.some((part) => part !== null && !Number.isInteger(part))) return [];
  if (consecutive(entries).length + ignoreLabel(entries).length > 0) return [];
  const moved = [...labels.toReversed(), ...(ignore ? [next] : [])];
  const rewrites = numberedFrom(next, moved);
  return merges(rewrites, present) ? [] : rewrites;
}
