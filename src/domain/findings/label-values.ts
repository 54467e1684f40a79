/** Finds errors in the entries of `labels`. */
import { pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import type { DatasetDefinition, LabelEntry } from "../dataset/dataset-definition.ts";
import { isAlmost } from "../dataset/dataset-keys.ts";
import {
  hasRegions,
  ignoreEntry,
  isBackground,
  isInverted,
  isUnreadable,
  knownLabels,
  labelsIn,
} from "../dataset/label-entries.ts";
import { type Affected, type Finding, finding } from "./finding.ts";
import { capital, jsonText, labelList, list, regionList } from "./text.ts";
import { addThem, type Gaps } from "./unexpected-labels.ts";
import { numberedFrom, type Rewrite, rewritesText } from "./value-repair.ts";

export function inverted(definition: DatasetDefinition): Finding[] {
  const [first] = definition.labels;
  if (!first || !isInverted(definition)) return [];
  const value = Number(first.name);
  return [
    finding(
      "error",
      "labels-inverted",
      "“labels” has the numbers first",
      `nnU-Net stops because “labels” has the numbers first (“${first.name}”: “${first.value}”), as in version 1 of nnU-Net; ` +
        `version 2 expects the names first. Swap name and number in every entry (“${first.value}”: ${value}); Regionscope already shows them swapped.${converter(definition)}`,
      { labels: definition.labels.map((e) => Number(e.name)) },
    ),
  ];
}

/** Names nnU-Net's converters for complete datasets as published or made for version 1. */
function converter({ keys }: DatasetDefinition): string {
  const isWhole = ["modality", "training", "test"].every((key) => keys.includes(key));
  return isWhole
    ? " nnUNetv2_convert_MSD_dataset converts a dataset of the Medical Segmentation Decathlon to version 2, and " +
        "nnUNetv2_convert_old_nnUNet_dataset one of nnU-Net's version 1: labels, keys and image files."
    : "";
}

/** @param present labels of the open volume */
export function background(entries: readonly LabelEntry[], present: readonly number[] = []): Finding[] {
  const entry = entries.find((e) => e.name === "background");
  if (!entry) {
    const zero = entries.find((e) => e.value === 0 || e.value === false);
    return [
      finding(
        "error",
        "background-missing",
        "No entry is named “background”",
        zero
          ? `nnU-Net stops because no entry of “labels” is named “background”: label 0 is named “${zero.name}” here. Rename it to “background”.`
          : "nnU-Net stops because no entry of “labels” is named “background”. Add “background”: 0 as the first entry; voxels with value 0 " +
              "are background anyway.",
        { regions: zero ? [zero.name] : [], labels: [0] },
      ),
    ];
  }
  const isList = Array.isArray(entry.value);
  const [value] = labelsIn(entry.value);
  // nnU-Net tests int(background) == 0.
  if (!isList && value !== undefined && Math.trunc(value) === 0) return [];
  const others = labelsIn(entry.value).filter((label) => label !== 0);
  const atZero = namesAtZero(entries);
  const renumbering = isList ? [] : withBackgroundFirst(entries, Number(value));
  const rewrites = merges(renumbering, present) ? [] : renumbering;
  const isAll = rewrites.some(({ from }) => from !== value);
  return [
    finding(
      "error",
      "background-not-zero",
      `“background” is ${jsonText(entry.value, 20)}, not 0`,
      isList && others.length === 0
        ? `nnU-Net stops because “background” is the list ${jsonText(entry.value)}, but it must be the plain number 0. Write “background”: 0.`
        : `nnU-Net stops because “background” is ${jsonText(entry.value)}, but it must be 0: unlabelled voxels have the value 0. ` +
            `${atZero.length > 0 ? exchange(atZero, rewrites) : `Write “background”: 0, and ${isAll ? `renumber all labels, in this file and in every label file: ${rewritesText(rewrites)}` : "renumber the label files if they use another value for background"}.`}`,
      {
        regions: ["background"],
        labels: labelsIn(entry.value),
        repair: rewrites.length > 0 ? { rewrites, definition: { kind: "renumber" } } : null,
      },
    ),
  ];
}

/**
 * Entries other than background that are 0; nnU-Net treats them as background (`LabelManager._get_regions`).
 */
export function namesAtZero(entries: readonly LabelEntry[]): string[] {
  const isOther = ({ name }: LabelEntry) => name !== "background" && name !== "ignore";
  return entries.filter((entry) => isOther(entry) && isBackground(entry.value)).map(({ name }) => name);
}

/** The remedy for a structure that has the background's number. */
function exchange(atZero: readonly string[], rewrites: readonly Rewrite[]): string {
  const [name, ...more] = atZero;
  const to = rewrites.find(({ from }) => from === 0)?.to;
  return more.length === 0 && to !== undefined
    ? `${regionList([name ?? ""])} has the number 0: swap the two (“background”: 0 and “${name}”: ${to}), in this file and in every label file ` +
        "that uses these numbers."
    : `${regionList(atZero)} ${pluralForm(atZero.length, "has", "have")} the number 0: give ${pluralForm(atZero.length, "it", "each")} its own number, and write ` +
        "“background”: 0.";
}

/** Empty if it is not certain which number each label gets. */
function withBackgroundFirst(entries: readonly LabelEntry[], value: number): Rewrite[] {
  const others = entries.filter(({ name }) => name !== "background");
  const labels = knownLabels(others, false);
  // Regions are left out: a region with that label also has an entry in regions_class_order.
  if (hasRegions(entries) || !arePlain(entries) || labels.includes(value)) return [];
  if (labels.includes(0)) {
    const isOne = namesAtZero(entries).length === 1 && ignoreEntry(entries)?.value !== value;
    return isOne
      ? [
          { from: value, to: 0 },
          { from: 0, to: value },
        ]
      : [];
  }
  return [{ from: value, to: 0 }, ...numberedFrom(1, withIgnoreLast(others, labels))];
}

/** True if every label is written as a whole number from 0 up. */
function arePlain(entries: readonly LabelEntry[]): boolean {
  return entries
    .filter(({ name, value }) => name !== "ignore" || value !== null)
    .flatMap(({ value }) => [value].flat())
    .every((label) => typeof label === "number" && Number.isInteger(label) && label >= 0);
}

/** Labels in the order of their new numbers, ignore last; empty if another entry has ignore's value. */
function withIgnoreLast(entries: readonly LabelEntry[], labels: readonly number[]): number[] {
  const ignore = ignoreEntry(entries);
  if (!ignore) return [...labels];
  const value = Number(ignore.value);
  return labels.includes(value) ? [] : [...labels, value];
}

/**
 * True if voxels would get the number of others that keep it. Moving to 0 is allowed: both then mean
 * background.
 */
export function merges(rewrites: readonly Rewrite[], present: readonly number[]): boolean {
  const kept = new Set(present);
  for (const { from } of rewrites) kept.delete(from);
  return rewrites.some(({ to }) => to !== 0 && kept.has(to));
}

/** The step that has to precede a renumbering which would otherwise merge structures. */
function addFirst(forgotten: readonly number[], entries: readonly LabelEntry[]): string {
  const n = forgotten.length;
  return (
    `${capital(labelList(forgotten))} ${pluralForm(n, "is", "are")} in the volume but in no entry: ${addThem(n, hasRegions(entries))}, or correct ` +
    "the label file."
  );
}

const IGNORE_AFTER_GAPS =
  "Number the other labels without gaps, and set ignore to one more than the highest of them, in this file and in every label file.";
const FEW_LEFT_OUT = 3;
const IGNORE_THEN = "Then “ignore” is one more than the highest other label.";

/**
 * Finds names that appear more than once: parsers silently keep only the last.
 * @param present labels of the open volume
 */
export function duplicateKeys(definition: DatasetDefinition, present: readonly number[] = []): Finding[] {
  const byName = groupBy(definition.labels, (e) => e.name);
  return [...byName.values()]
    .filter((entries) => entries.length > 1)
    .map((entries) => {
      const last = entries.at(-1);
      const name = last?.name ?? "";
      const labels = [...new Set(entries.flatMap((e) => labelsIn(e.value)))];
      if (name === "ignore" && labels.length > 1) return ignoreTwice(definition, labels, present);
      const lost = entries
        .slice(0, -1)
        .filter((e) => JSON.stringify(e.value) !== JSON.stringify(last?.value));
      const times = entries.length === 2 ? "twice" : `${entries.length} times`;
      return finding(
        lost.length > 0 ? "error" : "warning",
        "label-duplicate-key",
        `“labels” has the name “${name}” ${times}`,
        lost.length > 0
          ? `“labels” has the name “${name}” ${times}, and nnU-Net silently keeps only the last: “${name}” is ${jsonText(last?.value)}, and ` +
              `${list(lost.map((e) => jsonText(e.value)))} ${pluralForm(lost.length, "is", "are")} lost. Give each entry its own name.`
          : `“labels” has the name “${name}” ${times} with the same value, and nnU-Net keeps one of them, so nothing is lost unless the other ` +
              "was meant to have a different name. Remove one, or rename it.",
        { regions: [name], labels },
      );
    });
}

/** Renaming one is no remedy: nnU-Net would train that label as a class. */
function ignoreTwice(
  definition: DatasetDefinition,
  labels: readonly number[],
  present: readonly number[],
): Finding {
  const others = definition.labels.filter((entry) => entry.name !== "ignore");
  const next = (knownLabels(others, false).at(-1) ?? 0) + 1;
  const rewrites = toIgnore(labels, next, others);
  const isTaken = present.includes(next) && !labels.includes(next);
  return finding(
    "error",
    "ignore-twice",
    `${capital(labelList(labels, 4))} are named “ignore”`,
    `nnU-Net has one ignore label, but here ${list(labels)} have the name “ignore”: it silently keeps the last entry and does not know ` +
      `the others. ${isTaken ? `${addFirst([next], others)} ${IGNORE_THEN}` : `${oneIgnore(labels, rewrites, next)} once.`}`,
    {
      regions: ["ignore"],
      labels,
      repair: isTaken ? null : { rewrites, definition: { kind: "ignore", value: next } },
    },
  );
}

/** "Write 4 for 5 and 6 in the label files, and “ignore”: 4" */
function oneIgnore(labels: readonly number[], rewrites: readonly Rewrite[], next: number): string {
  if (rewrites.length === 0) return `Write “ignore”: ${next}`;
  const moved = labels.filter((label) => label === next || rewrites.some(({ from }) => from === label));
  const which = moved.length === labels.length && moved.length > 1 ? "all of them" : list(moved);
  return `Write ${next} for ${which} in the label files, and “ignore”: ${next}`;
}

/** Labels that other entries also use keep their number. */
function toIgnore(labels: readonly number[], next: number, others: readonly LabelEntry[]): Rewrite[] {
  const kept = new Set([next, ...others.flatMap(({ value }) => labelsIn(value))]);
  return labels.filter((label) => !kept.has(label)).map((from) => ({ from, to: next }));
}

/** The only finding on labels for a definition without entries. */
export function labelsEmpty(): Finding {
  return finding(
    "error",
    "labels-empty",
    "“labels” has no entries",
    "nnU-Net stops because “labels” has no entries. Write “background”: 0 and each structure's name with its value.",
  );
}

/**
 * `verify_dataset_integrity` requires 0, 1, 2, …; 0 counts even if no entry has it.
 * @param present labels of the open volume: one inside a gap may be a structure that was left out
 */
export function consecutive(entries: readonly LabelEntry[], present: readonly number[] = []): Finding[] {
  // The labels of a non-numeric entry are unknown, and nnU-Net stops at it earlier.
  if (entries.some(isUnreadable)) return [];
  const labels = [...new Set([0, ...knownLabels(entries, false)])].sort((a, b) => a - b);
  const gaps = labels.flatMap((label, i) => {
    const before = labels[i - 1];
    return before !== undefined && label !== before + 1 ? [{ before, label }] : [];
  });
  if (gaps.length === 0) return [];
  const afterGap = gaps.map((gap) => gap.label);
  const missing = gaps.reduce((sum, { before, label }) => sum + label - before - 1, 0);
  const forgotten = unlisted(entries, present).filter((label) => label < (labels.at(-1) ?? 0));
  const closing = gapsOf(entries, present);
  const rewrites = closingRewrites(entries, present);
  const isGapLeft = new Set([...labels, ...forgotten]).size <= (labels.at(-1) ?? 0);
  const atZero = isZero(entries) ? namesAtZero(entries) : [];
  const gapless = "the labels without gaps, in this file and in every label file";
  const remedy =
    atZero.length > 0
      ? `First give ${regionList(atZero)} ${pluralForm(atZero.length, "its own number", "their own numbers")}, possibly ${pluralForm(missing, "the missing one", "missing ones")}.`
      : closing?.areClosedInFiles
        ? `${closeHere(closing.rewrites, forgotten)} ${otherwiseAdd(forgotten, entries)}${isGapLeft ? `, and renumber ${gapless}` : ""}.`
        : forgotten.length > 0
          ? `${addFirst(forgotten, entries)}${isGapLeft ? ` Then renumber ${gapless}.` : ""}`
          : `Renumber ${gapless}${rewrites.length > 0 ? `: ${rewritesText(rewrites)}` : ""}.`;
  const where = list(gaps.map(({ before, label }) => `${label} follows ${before}`));
  const rangesMissing = gaps.map(({ before, label }) => rangeText(before + 1, label - 1));
  const absent = list(rangesMissing);
  return [
    finding(
      "error",
      "labels-not-consecutive",
      `${pluralForm(missing, "Label", "Labels")} ${list(rangesMissing, 3)} ${pluralForm(missing, "is", "are")} missing in the definition`,
      `nnU-Net's integrity check rejects the dataset because its labels must be consecutive (0, 1, 2, …), but ${absent} ${pluralForm(missing, "is", "are")} missing ` +
        `(${where}). ${remedy}`,
      {
        regions: members(entries, afterGap),
        labels: afterGap,
        repair: rewrites.length > 0 ? { rewrites, definition: { kind: "renumber" } } : null,
      },
    ),
  ];
}

/** "4" or "4–9" */
function rangeText(first: number, last: number): string {
  return first === last ? `${first}` : `${first}–${last}`;
}

function isZero(entries: readonly LabelEntry[]): boolean {
  return entries.some(({ name, value }) => name === "background" && value === 0);
}

/**
 * The rewrites that close the gaps; empty if a label of the volume lies in a gap, or if another entry needs
 * its own number first.
 * @param present labels of the open volume
 */
function closingRewrites(entries: readonly LabelEntry[], present: readonly number[]): readonly Rewrite[] {
  const highest = knownLabels(entries, false).at(-1) ?? 0;
  const isForgotten = unlisted(entries, present).some((label) => label < highest);
  const waits = isForgotten || (isZero(entries) && namesAtZero(entries).length > 0);
  return waits ? [] : (gapsOf(entries, present)?.rewrites ?? []);
}

/**
 * How to close the gaps in a definition's numbers; null without gaps.
 * @param present values of the open volume
 */
export function gapsOf(entries: readonly LabelEntry[], present: readonly number[]): Gaps | null {
  const labels = [...new Set([0, ...knownLabels(entries, false)])].sort((a, b) => a - b);
  if (labels.every((label, i) => label === (labels[0] ?? 0) + i)) return null;
  // Numbering starts at the background, which has a finding of its own if it is not 0.
  const zero = entries.find(({ name }) => name === "background")?.value ?? 0;
  const numbers = zero === 0 && arePlain(entries) ? withIgnoreLast(entries, labels) : [];
  const structures = present.filter((label) => label !== 0);
  return {
    rewrites: numberedFrom(0, numbers),
    areClosedInFiles:
      numbers.length > 0 &&
      unlisted(entries, structures).length > 0 &&
      structures.every((label) => Number.isInteger(label) && label > 0 && label < numbers.length),
  };
}

/** The remedy if the label files may have no gaps. */
function closeHere(rewrites: readonly Rewrite[], forgotten: readonly number[]): string {
  const n = forgotten.length;
  return (
    `If the label files have no gaps, as ${labelList(forgotten)} in the volume ${pluralForm(n, "suggests", "suggest")}, write ` +
    `${rewritesText(rewrites)} in this file only.`
  );
}

function otherwiseAdd(forgotten: readonly number[], entries: readonly LabelEntry[]): string {
  const n = forgotten.length;
  return `Otherwise ${labelList(forgotten)} ${pluralForm(n, "is", "are")} in no entry: ${addThem(n, hasRegions(entries))}`;
}

/** Labels of the volume that no entry has, ascending. */
export function unlisted(entries: readonly LabelEntry[], present: readonly number[]): number[] {
  const known = new Set(knownLabels(entries, true));
  return present.filter((label) => !known.has(label));
}

/** Names of the entries that hold any of these labels. */
export function members(entries: readonly LabelEntry[], labels: readonly number[]): string[] {
  const wanted = new Set(labels);
  return entries.filter((e) => labelsIn(e.value).some((l) => wanted.has(l))).map((e) => e.name);
}

/** True if ignore fits once “background” is 0, which has a finding of its own. */
function fitsWithout(entries: readonly LabelEntry[], ignore: unknown): boolean {
  const highest = knownLabels(entries, false).at(-1) ?? 0;
  const others = knownLabels(
    entries.filter(({ name }) => name !== "background"),
    false,
  );
  const odd = entries.find(({ name }) => name === "background")?.value;
  return typeof odd === "number" && odd === highest && ignore === (others.at(-1) ?? 0) + 1;
}

const LIKE_IGNORE = ["ignore", "ignored", "ignorelabel"];

/**
 * nnU-Net recognises the ignore label only by its lower-case name (`LabelManager._determine_ignore_label`).
 */
export function ignoreMisspelt(entries: readonly LabelEntry[]): Finding[] {
  if (entries.some(({ name }) => name === "ignore")) return [];
  // A name with a digit, such as “ignore 2”, is another structure.
  const alike = entries.filter(
    ({ name }) => !/\d/.test(name) && LIKE_IGNORE.some((meant) => isAlmost(name, meant)),
  );
  const [entry, ...others] = alike;
  if (!entry || others.length > 0) return [];
  const labels = labelsIn(entry.value);
  const rest = entries.filter((other) => other !== entry);
  const next = (knownLabels(rest, false).at(-1) ?? 0) + 1;
  const fits = labels.length === 1 && labels[0] === next;
  return [
    finding(
      "error",
      "ignore-misspelt",
      `“${entry.name}” is learned as a structure`,
      `nnU-Net learns “${entry.name}” as a structure, because it leaves out of training only the label named “ignore”, in lower case. ` +
        `If that is what it is meant to be, rename it to “ignore”${fits ? "" : `, which must be one number, ${next}, one more than the highest other label`}.`,
      { regions: [entry.name], labels },
    ),
  ];
}

/** @param present labels of the open volume */
export function ignoreLabel(entries: readonly LabelEntry[], present: readonly number[] = []): Finding[] {
  const entry = entries.find((e) => e.name === "ignore");
  if (!entry || entry.value === null) return [];
  const highest = knownLabels(entries, false).at(-1) ?? 0;
  const next = highest + 1;
  const others = entries.filter((e) => e !== entry);
  const labels = labelsIn(entry.value);
  const rewrites = toIgnore(labels, next, others);
  const isTaken = present.includes(next) && !labels.includes(next);
  const first = addFirst([next], entries);
  const hasGaps = consecutive(entries).length > 0;
  const affected: Affected = {
    regions: ["ignore"],
    labels,
    repair: isTaken || hasGaps ? null : { rewrites, definition: { kind: "ignore", value: next } },
  };
  if (labels.length > 1) {
    return [
      finding(
        "error",
        "ignore-list",
        "“ignore” is a list",
        `nnU-Net stops because “ignore” is the list ${jsonText(entry.value)}, but it must be one whole number. ` +
          `${isTaken ? `${first} ${IGNORE_THEN}` : hasGaps ? IGNORE_AFTER_GAPS : `${oneIgnore(labels, rewrites, next)}.`}`,
        affected,
      ),
    ];
  }
  if (typeof entry.value === "boolean" && Number(entry.value) === next) {
    return [
      finding(
        "warning",
        "ignore-not-integer",
        `“ignore” is ${entry.value}`,
        `“ignore” is ${entry.value}. Python reads it as ${next}, so nnU-Net does not stop and nothing goes wrong if that is intended. ` +
          `Write “ignore”: ${next}.`,
        affected,
      ),
    ];
  }
  // Python reads 4.0 as a float, so the text decides.
  if (
    typeof entry.value !== "boolean" &&
    (!Number.isInteger(entry.value) || !/^-?\d+$/.test(entry.text.trim()))
  ) {
    const write =
      `Write “ignore”: ${next}, one more than the highest other label` +
      `${rewrites.length > 0 ? `, and ${rewritesText(rewrites)} in the label files` : ""}.`;
    return [
      finding(
        "error",
        "ignore-not-integer",
        "“ignore” is not one whole number",
        `nnU-Net stops because “ignore” is ${Array.isArray(entry.value) ? jsonText(entry.value) : entry.text.trim()}, but it must be one whole number: it marks voxels to leave out ` +
          `of training and is not a region. ${isTaken ? `${first} ${IGNORE_THEN}` : hasGaps ? IGNORE_AFTER_GAPS : write}`,
        affected,
      ),
    ];
  }
  if (entry.value === next || fitsWithout(entries, entry.value)) return [];
  const clash = members(others, labels);
  const also =
    clash.length > 0
      ? `, which ${regionList(clash)} also ${pluralForm(clash.length, "has", "have")}; it must be a separate label,`
      : ", but it must be";
  const left = Number(entry.value) - next;
  const between =
    left > 2 ? `labels ${next} to ${next + left - 1}` : labelList([next, next + 1].slice(0, left));
  // A larger number of labels was hardly left out by mistake.
  const missing = left > 0 && left <= FEW_LEFT_OUT ? `, or add ${between} if omitted by mistake` : "";
  const closing = hasGaps ? closingRewrites(entries, present) : [];
  const renumber =
    closing.length > 0
      ? `Renumber the labels without gaps and with ignore last, in this file and in every label file: ${rewritesText(closing)}.`
      : hasGaps
        ? IGNORE_AFTER_GAPS
        : null;
  return [
    finding(
      "error",
      "ignore-not-highest",
      `“ignore” is ${entry.value}, and the highest other label is ${highest}`,
      `nnU-Net stops because “ignore” is ${entry.value}${also} one more than the highest other label, ${highest}. ` +
        `${isTaken ? first : (renumber ?? `Write “ignore”: ${next} and renumber it in the label files${missing}.`)}`,
      closing.length > 0 && !isTaken
        ? { ...affected, repair: { rewrites: closing, definition: { kind: "renumber" } } }
        : affected,
    ),
  ];
}
