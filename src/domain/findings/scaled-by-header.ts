/** Finds labels that the header's scaling (NIfTI's `scl_slope`, `scl_inter`) turns into other numbers. */
import { pluralForm } from "../../base/format-numbers.ts";
import { asRead, valueText } from "../volume/float32.ts";
import { NEARLY_WHOLE } from "../volume/nearly-whole.ts";
import type { ScaledValues } from "../volume/palette-builder.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";
import type { Counted, Rewrite, ValueRepair } from "./value-repair.ts";

/**
 * The single finding that explains all values when the file stores whole numbers and the header turns them
 * into fractions or undefined labels. Empty if all values are labels anyway, since that does no harm.
 *
 * @param known values that the definition knows; null without a definition
 */
export function scaledByHeader(
  present: readonly Counted[],
  scaled: ScaledValues | null,
  known: ReadonlySet<number> | null,
): Finding[] {
  const isLabel = (value: number) => (known ? known.has(value) : Number.isInteger(value) && value >= 0);
  if (!scaled?.stored.every(Number.isInteger) || present.every(({ value }) => isLabel(value))) return [];
  const { slope, intercept, stored } = scaled;
  const storedOf = new Map(stored.map((number) => [asRead(number * slope + intercept), number]));
  const values = present.map(({ value }) => value);
  const fractions = values.filter((value) => !Number.isInteger(value));
  const asStored = rewritesBy(values, (value) => storedOf.get(value) ?? value);
  const rounded = rewritesBy(fractions, Math.round);
  const storedFit = values.every((value) => isLabel(storedOf.get(value) ?? value));
  const roundedFit = values.every((value) => isLabel(Math.round(value)));
  const wereWhole = fractions.length > 0 && roundsBack(values, slope);
  const said = (remedy: string, repair: ValueRepair | null = null) => [
    finding(
      "error",
      "header-scales-labels",
      titleOf(scaled),
      `${causeText(scaled, values, fractions)} ${remedy}`,
      {
        labels: values.filter((value) => !isLabel(value)),
        repair,
      },
    ),
  ];
  if (wereWhole && isSqueezed(scaled)) {
    if (Math.abs(slope) > 1) return said(LOSSY);
    return roundedFit
      ? said(`${SQUEEZED} ${ROUND_LARGER}`, { rewrites: rounded })
      : said(`${SQUEEZED} ${SAVE_LARGER}`);
  }
  // For labels that fit its type, a scaling writer uses a slope of at most 1.
  const isRounding = wereWhole && roundedFit && Math.abs(slope) <= 1;
  if (isRounding && asStored.some(({ from, to }) => to !== Math.round(from))) {
    return said(`Nothing was interpolated: ${nearText(fractions)}. ${ROUND}`, { rewrites: rounded });
  }
  // Interpolated fractions fill a type too; without a definition their stored numbers pass for labels.
  if (!storedFit || (!known && isSqueezed(scaled))) return [];
  return said(`The stored numbers are the labels: set ${neutral(scaled)} in the header.`, {
    rewrites: asStored,
  });
}

/** Stored numbers that fit the definition better than the scaled values, though not completely. */
interface StoredFits {
  /** Maps each value to the stored number. */
  readonly rewrites: readonly Rewrite[];
  /** Builds the finding that names the header as the cause; other faults in the stored numbers follow it. */
  readonly said: (repair: ValueRepair | null) => Finding;
}

/**
 * Applies if at least half of the stored numbers are labels, and either more of them are labels than of the
 * scaled values, or equally many and the scaled values contain fractions.
 */
export function storedFitBetter(
  present: readonly Counted[],
  scaled: ScaledValues | null,
  known: ReadonlySet<number> | null,
): StoredFits | null {
  if (!scaled?.stored.every(Number.isInteger)) return null;
  // Without a definition, an image's numbers fit as well as labels.
  if (!known && (scaled.stored[0] ?? 0) < -1) return null;
  const isLabel = (value: number) => (known ? known.has(value) : Number.isInteger(value) && value >= 0);
  const values = present.map(({ value }) => value);
  const top = values.at(-1) ?? 0;
  // A writer that spread the labels over its whole range leaves such values.
  if (values.every(isLabel) || (isSqueezed(scaled) && isLabel(Math.round(top * 1000) / 1000))) return null;
  const { slope, intercept, stored } = scaled;
  const storedOf = new Map(stored.map((number) => [asRead(number * slope + intercept), number]));
  const asStored = values.map((value) => storedOf.get(value) ?? value);
  const explained = asStored.filter(isLabel).length;
  const explainedNow = values.filter(isLabel).length;
  const fractions = values.filter((value) => !Number.isInteger(value));
  const isBetter = explained > explainedNow || (explained === explainedNow && fractions.length > 0);
  if (!isBetter || explained < 2 || 2 * explained < values.length) return null;
  return {
    rewrites: rewritesBy(values, (value) => storedOf.get(value) ?? value),
    said: (repair) =>
      finding(
        "error",
        "header-scales-labels",
        titleOf(scaled),
        `${causeText(scaled, values, fractions)} The stored numbers fit better: first set ${neutral(scaled)} in the header.`,
        { labels: values.filter((value) => !isLabel(value)), repair },
      ),
  };
}

const ROUND = "Round the values, and save them with scl_slope 1 and scl_inter 0.";
const SQUEEZED =
  "The program that saved the labels found the header's data type too small for them, as nibabel does with floating-point labels, and spread them " +
  "over its whole range.";
const ROUND_LARGER =
  "Round the values, and save them with a larger integer type, scl_slope 1 and scl_inter 0.";
const SAVE_LARGER = "Save the original labels again with a larger integer type, such as uint16.";
const LOSSY =
  "The header's data type was too small for the labels, so the program that saved them spread them over its whole range, and some may have " +
  `merged. ${SAVE_LARGER}`;

/**
 * True if the values may be whole numbers that a writer divided by `slope` and rounded: each is off by at
 * most half a step, and no two round to the same number.
 */
function roundsBack(values: readonly number[], slope: number): boolean {
  const step = Math.abs(slope) / 2;
  const isNear = (value: number) =>
    Math.abs(value - Math.round(value)) <= step + 1e-6 * Math.max(1, Math.abs(value));
  return values.every(isNear) && new Set(values.map(Math.round)).size === values.length;
}

function rewritesBy(values: readonly number[], newValue: (value: number) => number): Rewrite[] {
  return values
    .map((value) => ({ from: value, to: newValue(value) + 0 }))
    .filter(({ from, to }) => from !== to);
}

/**
 * "The header's scl_slope 0.99414 turns the stored whole numbers 0 to 2047 into fractions such as 1.988 and
 * 3.977, …"
 */
function causeText(scaled: ScaledValues, values: readonly number[], fractions: readonly number[]): string {
  const fields = changing(scaled).map(([field, value]) => `${field} ${fieldText(value)}`);
  // Rounded, because these are products of a slope: the full float32 digits would add nothing.
  const examples = fractions.slice(0, 2).map((value) => roundedUnlike(value, 4, Number.isInteger));
  const made =
    fractions.length > 0
      ? `${pluralForm(examples.length, "the fraction", "fractions such as")} ${list(examples)}`
      : rangeText(values);
  return (
    `The header's ${list(fields)} ${pluralForm(fields.length, "turns", "turn")} the stored whole numbers ${rangeText(scaled.stored)} into ${made}, ` +
    "so nnU-Net's integrity check rejects the case."
  );
}

function titleOf(scaled: ScaledValues): string {
  const fields = changing(scaled).map(([field]) => field);
  return `${list(fields)} ${pluralForm(fields.length, "changes", "change")} the stored labels`;
}

/** The header fields that change values, with their contents. */
function changing({ slope, intercept }: ScaledValues): [string, number][] {
  const fields: [string, number, number][] = [
    ["scl_slope", slope, 1],
    ["scl_inter", intercept, 0],
  ];
  return fields.filter(([, value, none]) => value !== none).map(([field, value]) => [field, value]);
}

function neutral(scaled: ScaledValues): string {
  return list(changing(scaled).map(([field]) => `${field} to ${field === "scl_slope" ? 1 : 0}`));
}

/** Rounds to at least `least` digits, and to more until the result differs from what the value is not. */
function roundedUnlike(value: number, least: number, isOther: (rounded: number) => boolean): string {
  for (let digits = least; digits < 17; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (!isOther(rounded)) return String(rounded);
  }
  return String(value);
}

/** Five digits or more, plus the fraction that a small slope stands for: "0.0039216 (1/255)". */
function fieldText(value: number): string {
  const text = roundedUnlike(value, 5, (rounded) => rounded === 1);
  const parts = Math.round(1 / value);
  const isPart = parts > 1 && parts <= 65535 && Math.abs(value * parts - 1) < 1e-6;
  return isPart && Number(text) * parts !== 1 ? `${text} (1/${parts})` : text;
}

function rangeText(ascending: readonly number[]): string {
  const [first, last] = [ascending[0] ?? 0, ascending.at(-1) ?? 0];
  return first === last ? endText(first) : `${endText(first)} to ${endText(last)}`;
}

/** Five digits for numbers written with an exponent: the others come from the slope's own rounding. */
function endText(value: number): string {
  return Math.abs(value) < 1e21 ? valueText(value) : String(Number(value.toPrecision(5)));
}

/** nibabel scales floating-point labels, and integers that do not fit, to the range of an integer header. */
function isSqueezed({ stored, range, slope }: ScaledValues): boolean {
  return range !== null && slope !== 1 && stored[0] === range[0] && stored.at(-1) === range[1];
}

function nearText(fractions: readonly number[]): string {
  const most = furthest(fractions);
  return most <= NEARLY_WHOLE
    ? `every value lies within ${roundedUp(most)} of a whole number`
    : "every value is next to a different whole number";
}

/** The largest distance of any value from a whole number. */
export function furthest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value - Math.round(value))), 0);
}

/** Rounds up to one digit: 0.02 for 0.0117. */
export function roundedUp(distance: number): number {
  const unit = 10 ** Math.floor(Math.log10(distance));
  return Number((Math.ceil(distance / unit) * unit).toPrecision(1));
}
