/** What is wrong with the entries of `labels` themselves. */
import type { DatasetDefinition, LabelEntry } from "../dataset-definition.ts";
import { isInverted, knownLabels, labelsIn } from "../label-entries.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import { capital, labelList, list, plural, regionList } from "./words.ts";

export function inverted(definition: DatasetDefinition): Finding[] {
  if (!isInverted(definition)) return [];
  const [first] = definition.labels;
  const example = first ? `{"${first.value}": ${first.name}}` : "{}";
  return [
    finding(
      "error",
      "labels-inverted",
      `labels is written the old way, value first (${first?.name}: “${first?.value}”), as nnU-Net version 1 did; version 2 ` +
        `looks for a name “background” and stops. Turn every entry around, name first: ${example}. It is shown turned around here.`,
      { labels: definition.labels.map((e) => Number(e.name)) },
    ),
  ];
}

export function background(entries: readonly LabelEntry[]): Finding[] {
  const entry = entries.find((e) => e.name === "background");
  if (!entry) {
    return [
      finding(
        "error",
        "background-missing",
        "labels has no entry named “background”, and nnU-Net stops without one. Add “background”: 0 as the first entry; " +
          "voxels of value 0 are background in any case.",
        { labels: [0] },
      ),
    ];
  }
  const isList = Array.isArray(entry.value);
  const [value] = labelsIn(entry.value);
  // nnU-Net asks for int(background) == 0.
  if (!isList && value !== undefined && Math.trunc(value) === 0) return [];
  return [
    finding(
      "error",
      "background-not-zero",
      `“background” is ${entry.text}, and nnU-Net stops unless it is ${isList ? "the plain number 0, not a list" : "0"}. ` +
        "Write “background”: 0, and renumber the label files if another label is 0 in them.",
      { regions: ["background"], labels: labelsIn(entry.value) },
    ),
  ];
}

/** JSON allows a key only once; parsers keep the last without a word. */
export function duplicateKeys(definition: DatasetDefinition): Finding[] {
  const byName = groupBy(definition.labels, (e) => e.name);
  return [...byName.values()]
    .filter((entries) => entries.length > 1)
    .map((entries) => {
      const [first] = entries;
      const last = entries.at(-1);
      const name = first?.name ?? "";
      const differ = entries.some((e) => JSON.stringify(e.value) !== JSON.stringify(last?.value));
      const consequence = differ
        ? `keeps the last without a word: “${name}” is ${last?.text}, and ${list(entries.slice(0, -1).map((e) => e.text))} is gone`
        : "keeps one; they agree, so nothing is lost, but one of them was probably meant to have another name";
      return finding(
        differ ? "error" : "warning",
        "label-duplicate-key",
        `labels names “${name}” ${entries.length === 2 ? "twice" : `${entries.length} times`}; nnU-Net ${consequence}. ` +
          "Give each entry a name of its own.",
        { regions: [name], labels: [...new Set(entries.flatMap((e) => labelsIn(e.value)))] },
      );
    });
}

/** nnU-Net calls int() on each label, but builds the regions from the values as written. */
export function notInteger(entries: readonly LabelEntry[]): Finding[] {
  return entries
    .filter((e) => e.name !== "ignore")
    .flatMap((entry) => {
      const parts: unknown[] = Array.isArray(entry.value) ? entry.value : [entry.value];
      const wrong = parts.filter((part) => !Number.isInteger(part));
      const concerned = { regions: [entry.name], labels: labelsIn(entry.value) };
      if (wrong.length > 0) {
        const written = list(wrong.map((part) => JSON.stringify(part) ?? "nothing"));
        return finding(
          "error",
          "label-not-integer",
          `“${entry.name}” holds ${written}, which ${plural(wrong.length, "is not a whole number", "are not whole numbers")}; ` +
            `nnU-Net stops, or trains a region in which that label never occurs. ${howToRepair(wrong)}`,
          concerned,
        );
      }
      if (!/\d[.eE]/.test(entry.text)) return [];
      return finding(
        "info",
        "label-not-integer",
        `“${entry.name}” is written as ${entry.text}, a decimal number. It is taken as ${list(labelsIn(entry.value))} and ` +
          "nothing goes wrong, but write whole numbers without a point.",
        concerned,
      );
    });
}

function howToRepair(wrong: readonly unknown[]): string {
  if (wrong.some(Array.isArray))
    return "Write one flat list of numbers; regions cannot be nested in regions.";
  if (wrong.some((part) => typeof part === "string"))
    return "Write the number itself, without quotation marks.";
  return "Write the whole number that the voxels of the label files have.";
}

export function consecutive(entries: readonly LabelEntry[]): Finding[] {
  const labels = knownLabels(entries, false);
  const afterGap = labels.filter((label, i) => i > 0 && label !== (labels[i - 1] ?? 0) + 1);
  const [first] = afterGap;
  if (first === undefined) return [];
  const before = labels[labels.indexOf(first) - 1] ?? 0;
  return [
    finding(
      "error",
      "labels-not-consecutive",
      `${capital(labelList(afterGap))} ${plural(afterGap.length, "leaves a gap", "leave gaps")} in the numbering (${first} follows ` +
        `${before}); nnU-Net wants 0, 1, 2, … without gaps and refuses the dataset. Renumber the labels, here and in every label file.`,
      { regions: holders(entries, afterGap), labels: afterGap },
    ),
  ];
}

/** Names of the entries that hold any of these labels. */
export function holders(entries: readonly LabelEntry[], labels: readonly number[]): string[] {
  return entries.filter((e) => labelsIn(e.value).some((l) => labels.includes(l))).map((e) => e.name);
}

export function ignoreLabel(entries: readonly LabelEntry[]): Finding[] {
  const entry = entries.find((e) => e.name === "ignore");
  if (!entry || entry.value === null) return [];
  const next = (knownLabels(entries, false).at(-1) ?? 0) + 1;
  const concerned = { regions: ["ignore"], labels: labelsIn(entry.value) };
  // Python reads 4.0 as a float, so the text decides.
  if (!Number.isInteger(entry.value) || !/^-?\d+$/.test(entry.text.trim())) {
    return [
      finding(
        "error",
        "ignore-not-integer",
        `“ignore” is ${entry.text}, and nnU-Net stops unless it is one whole number: it marks voxels to leave out of the loss, ` +
          `it is no region. Give it one label, ${next}.`,
        concerned,
      ),
    ];
  }
  if (entry.value === next) return [];
  const clash = holders(
    entries.filter((e) => e !== entry),
    concerned.labels,
  );
  const also =
    clash.length > 0 ? ` (${regionList(clash)} ${plural(clash.length, "has", "have")} it too)` : "";
  return [
    finding(
      "error",
      "ignore-not-highest",
      `“ignore” is ${entry.value}${also}, and nnU-Net stops unless it is one more than the highest other label: ${next}. ` +
        `Write “ignore”: ${next} and renumber it in the label files; if a label was meant to lie below it, add that one.`,
      concerned,
    ),
  ];
}
