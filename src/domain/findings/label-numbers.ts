/** Finds labels that are not written as whole numbers. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { LabelEntry } from "../dataset/dataset-definition.ts";
import { hasRegions, isBackground, labelsIn } from "../dataset/label-entries.ts";
import { type Finding, finding, type Severity } from "./finding.ts";
import { jsonText, list } from "./text.ts";

/**
 * nnU-Net calls `int()` on each label (`LabelManager._get_all_labels`), which accepts quoted numbers and
 * truncates fractions. Training on regions then passes the values as written to torch
 * (`ConvertSegmentationToRegionsTransform`), which accepts neither text nor a single decimal number.
 */
export function notInteger(entries: readonly LabelEntry[]): Finding[] {
  const onRegions = hasRegions(entries);
  return entries
    .filter((e) => e.name !== "ignore" && !isOddBackground(e))
    .flatMap((entry) => {
      const said = judge(entry, onRegions);
      const affected = { regions: [entry.name], labels: labelsIn(entry.value) };
      return said ? [finding(said.severity, "label-not-integer", said.title, said.message, affected)] : [];
    });
}

/** `background-not-zero` already covers these. */
function isOddBackground({ name, value }: LabelEntry): boolean {
  return name === "background" && (Array.isArray(value) || labelsIn(value).length === 0);
}

interface Judgement {
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
}

function judge(entry: LabelEntry, onRegions: boolean): Judgement | null {
  const { name, value } = entry;
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const wrong = parts.filter((part) => !Number.isInteger(part));
  if (wrong.length === 0) return decimals(entry, onRegions);
  const written = list(wrong.map((part) => jsonText(part)));
  if (wrong.some(Array.isArray)) {
    const flat = parts.flat(Number.POSITIVE_INFINITY);
    return {
      severity: "error",
      title: `“${name}” is a list within a list`,
      message:
        `nnU-Net stops because the list of “${name}” contains another list, ${list(wrong.filter(Array.isArray).map((part) => jsonText(part)))}, ` +
        `but a region is a single list of numbers. Write all its labels as one list: ${jsonText(flat)}.`,
    };
  }
  if (wrong.some((part) => typeof part !== "number" && labelsIn(part).length === 0)) {
    const meant = meantList(value);
    return {
      severity: "error",
      title: `${jsonText(
        wrong.find((part) => labelsIn(part).length === 0),
        20,
      )} of “${name}” is not a label`,
      message:
        `nnU-Net stops because “${name}” contains ${written}, which is not a label: a label is the whole number that its voxels have in ` +
        `the label files. Write ${meant ? `its labels as a list, as in ${jsonText(meant)}` : "that number, or a list of such numbers"}.`,
    };
  }
  if (wrong.every((part) => typeof part === "boolean")) return booleans(entry, wrong);
  if (wrong.some((part) => typeof part === "string"))
    return inQuotes(entry, written, wrong.length, onRegions);
  return fraction(
    entry,
    wrong.filter((part) => typeof part === "number"),
    onRegions,
  );
}

/** Reads "2, 3", "1-3" or a list within an object; null for anything else. */
function meantList(value: unknown): number[] | null {
  if (typeof value === "string") {
    const [, from, to] = /^\s*(\d{1,4})\s*(?:-|–|:|\.\.)\s*(\d{1,4})\s*$/.exec(value) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from !== undefined && last > first && last - first < 64) {
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }
    const bare = value.trim().replace(/^[[(](.*)[\])]$/, "$1");
    return /^\s*\d+(\s*[,;\s]\s*\d+)+\s*$/.test(bare) ? (bare.match(/\d+/g) ?? []).map(Number) : null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [only, ...others] = Object.values(value) as unknown[];
  const isList = Array.isArray(only) && only.length > 0 && only.every(Number.isInteger);
  return isList && others.length === 0 ? (only as number[]) : null;
}

/** Python treats true as 1 and false as 0, in `int()` and in torch. */
function booleans({ name }: LabelEntry, wrong: readonly unknown[]): Judgement {
  const different = [...new Set(wrong)];
  return {
    severity: "warning",
    title: `“${name}” is written as ${list(different.map((part) => jsonText(part)))}`,
    message:
      `“${name}” contains ${list(different.map((part) => jsonText(part)))}. Python reads ${pluralForm(different.length, "it", "them")} as ${list(different.map(Number))}, so nnU-Net ` +
      `does not stop and nothing goes wrong if that is intended. Write ${pluralForm(different.length, "the number", "numbers")}.`,
  };
}

function inQuotes(
  { name, value }: LabelEntry,
  written: string,
  count: number,
  onRegions: boolean,
): Judgement {
  const what = pluralForm(count, "a number in quotation marks", "numbers in quotation marks");
  const title = `${pluralForm(count, "A label", "Labels")} of “${name}” ${pluralForm(count, "is", "are")} in quotation marks`;
  const remedy = `Write ${list(labelsIn(value))} without quotation marks.`;
  return onRegions
    ? {
        severity: "error",
        title,
        message: `nnU-Net stops when training begins because “${name}” contains ${written}, ${what}, and it reads ${pluralForm(count, "that", "those")} as text. ${remedy}`,
      }
    : {
        severity: "warning",
        title,
        message:
          `“${name}” contains ${written}, ${what}: nnU-Net still reads ${pluralForm(count, "it", "them")} as ${pluralForm(count, "a number", "numbers")} here, ` +
          `but it stops as soon as one entry is a list of several labels. ${remedy}`,
      };
}

function fraction({ name }: LabelEntry, wrong: readonly number[], onRegions: boolean): Judgement {
  const what = `“${name}” contains ${list(wrong)}, but a label is a whole number`;
  const truncated = list([...new Set(wrong.map(Math.trunc))]);
  return {
    severity: "error",
    title: `“${name}” has a fraction for a label`,
    message:
      `${what}: nnU-Net ${onRegions ? `checks the label files for ${truncated} but trains a region in which that label never occurs` : `truncates it and trains on label ${truncated} instead`}. ` +
      "Write the whole number that the voxels have in the label files.",
  };
}

/** JSON treats `3.0` as a whole number, Python does not. */
function decimals({ name, value, text }: LabelEntry, onRegions: boolean): Judgement | null {
  if (!/\d[.eE]/.test(text)) return null;
  if (onRegions && !Array.isArray(value) && !isBackground(value)) {
    return {
      severity: "error",
      title: `“${name}” is written with a decimal point`,
      message:
        `nnU-Net stops when training begins because “${name}” is ${text}, with a decimal point, but a region of one label must be a whole ` +
        `number. Write ${list(labelsIn(value))}.`,
    };
  }
  return {
    severity: "info",
    title: `“${name}” is written with a decimal point`,
    message:
      `“${name}” is written with a decimal point (${jsonText(value) === text ? text : text.replace(/\s+/g, " ")}); nnU-Net reads it as ` +
      `${list(labelsIn(value))}, so nothing goes wrong. Whole numbers without a decimal point are safer.`,
  };
}
