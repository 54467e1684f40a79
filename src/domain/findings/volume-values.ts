/** Compares the values of a label volume with the definition. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition, LabelEntry } from "../dataset/dataset-definition.ts";
import {
  effectiveEntries,
  hasRegions,
  ignoreEntry,
  isUnreadable,
  knownLabels,
  labelsIn,
} from "../dataset/label-entries.ts";
import { labelRanges } from "../dataset/label-text.ts";
import { NEARLY_WHOLE } from "../volume/nearly-whole.ts";
import type { ScaledValues } from "../volume/palette-builder.ts";
import { type Finding, finding } from "./finding.ts";
import { pictureOfMask } from "./image-like-masks.ts";
import { consecutive, gapsOf, ignoreLabel, members } from "./label-values.ts";
import { negativeLabels } from "./negative-labels.ts";
import { numberTypes } from "./number-types.ts";
import { furthest, roundedUp, scaledByHeader, storedFitBetter } from "./scaled-by-header.ts";
import type { ExplainedAbsence } from "./scales.ts";
import { list, regionList, sum, uncapital, voxelText } from "./text.ts";
import { type LabelsFound, unexpectedLabels } from "./unexpected-labels.ts";
import { type Counted, redefined, rewritten, type ValueRepair } from "./value-repair.ts";

interface ValuesContext {
  /** Another finding already reports that these values are an image's. */
  readonly isImage: boolean;
  readonly scaled: ScaledValues | null;
}

interface ValuesJudged extends ExplainedAbsence {
  readonly findings: readonly Finding[];
}

/** The result without a volume. */
export const NO_VALUES: ValuesJudged = {
  findings: [],
  misnumbered: new Set(),
  unseen: new Set(),
  backgroundOnly: false,
  isUnclear: false,
};

/**
 * Each check sees the values that earlier repairs leave, so no finding repeats an earlier repair. A label
 * present under another number is therefore not also reported as absent.
 */
export function volumeValues(
  definition: DatasetDefinition | null,
  labels: readonly Counted[],
  { isImage, scaled }: ValuesContext = { isImage: false, scaled: null },
): ValuesJudged {
  const present = labels.filter(({ voxels }) => voxels > 0);
  if (present.length === 0) return NO_VALUES;
  const defined = definition && definedLabels(definition);
  const byHeader = isImage ? [] : ofHeader(present, scaled, defined);
  const findings =
    byHeader.length > 0 ? byHeader : isImage ? ofImage(present, defined) : ofLabels(present, defined);
  const left = findings.reduce(repaired, present);
  const backgroundOnly = left.every(({ value }) => value === 0);
  const values = new Set(present.map(({ value }) => value));
  const isUnclear =
    byHeader.some(({ code, repair }) => code === "header-scales-labels" && !repair) ||
    findings.some(({ code }) => code === "values-not-integer") ||
    (!isImage && defined !== null && areNumbered(defined, present));
  const absent =
    defined?.isReadable && !backgroundOnly && !isImage && !isUnclear ? unseen(left, defined.entries) : [];
  return {
    // A single value that has to become background is already fully reported.
    findings: [
      ...findings,
      ...(backgroundOnly && findings.length === 0 ? [onlyBackground()] : []),
      ...absent,
    ],
    misnumbered: new Set(left.map(({ value }) => value).filter((value) => !values.has(value))),
    unseen: new Set(absent.flatMap(({ labels: missing }) => missing)),
    backgroundOnly,
    isUnclear,
  };
}

/**
 * True if the label files may be numbered without gaps although the definition has gaps; then nothing can be
 * said about absent labels.
 */
function areNumbered({ entries }: Defined, present: readonly Counted[]): boolean {
  const values = present.map(({ value }) => value);
  return gapsOf(entries, values)?.areClosedInFiles ?? false;
}

const repaired = (labels: readonly Counted[], { repair }: Finding): readonly Counted[] =>
  repair ? rewritten(labels, repair.rewrites) : labels;

/** What the definition says about the values of a volume. */
interface Defined {
  readonly definition: DatasetDefinition;
  readonly entries: readonly LabelEntry[];
  /** All values of any entry, including ignore. */
  readonly known: ReadonlySet<number>;
  /** Without ignore and 0, ascending. */
  readonly labels: readonly number[];
  readonly onRegions: boolean;
  /** True if all entries hold numbers; otherwise the volume's labels may belong to one that does not. */
  readonly isReadable: boolean;
}

function definedLabels(definition: DatasetDefinition): Defined {
  const entries = effectiveEntries(definition);
  // Another finding already reports all of several ignore labels.
  const ignored = definition.labels.filter(({ name }) => name === "ignore");
  const written = [...entries, ...ignored].flatMap((entry) => labelsIn(entry.value));
  const known = new Set([0, ...knownLabels(entries, true), ...written]);
  const labels = knownLabels(entries, false).filter((label) => label > 0);
  const isReadable = !entries.some(isUnreadable);
  return { definition, entries, known, labels, onRegions: hasRegions(entries), isReadable };
}

/** Findings that the header alone explains; or the header first, followed by faults in the stored numbers. */
function ofHeader(
  present: readonly Counted[],
  scaled: ScaledValues | null,
  defined: Defined | null,
): readonly Finding[] {
  const known = defined?.known ?? null;
  const explained = scaledByHeader(present, scaled, known);
  const better = explained.length > 0 ? null : storedFitBetter(present, scaled, known);
  if (!better) return explained;
  const rest = ofLabels(rewritten(present, better.rewrites), defined);
  const shown = new Map(better.rewrites.map(({ from, to }) => [to, from]));
  const both = inTurn(present, [{ rewrites: better.rewrites }, ...rest.map(({ repair }) => repair ?? null)]);
  // Adding labels to regions also affects predictions, so the repair is then incomplete.
  const isWhole = both !== null && !(both.definition?.kind === "add" && defined?.onRegions);
  const isEnough = isWhole && (defined === null || isAccepted(defined.definition, both, present));
  return [
    better.said(isEnough ? both : null),
    ...rest.map(({ severity, code, title, message, regions, labels }) => ({
      severity,
      code,
      title,
      message: `Once the header is right, ${uncapital(message)}`,
      regions,
      labels: labels.map((label) => shown.get(label) ?? label),
    })),
  ];
}

/** Chains repairs into one; null if one is unknown, or if several change the definition. */
function inTurn(present: readonly Counted[], repairs: readonly (ValueRepair | null)[]): ValueRepair | null {
  const known = repairs.filter((repair) => repair !== null);
  const [definition, ...others] = known.flatMap((repair) => repair.definition ?? []);
  if (known.length < repairs.length || others.length > 0) return null;
  const steps = known.map(({ rewrites }) => new Map(rewrites.map(({ from, to }) => [from, to])));
  const rewrites = present
    .map(({ value: from }) => ({ from, to: steps.reduce((value, step) => step.get(value) ?? value, from) }))
    .filter(({ from, to }) => from !== to);
  return definition ? { rewrites, definition } : { rewrites };
}

function ofImage(present: readonly Counted[], defined: Defined | null): readonly Finding[] {
  const whole = present.filter(({ value }) => Number.isInteger(value));
  return [
    ...notInteger(present, null),
    ...(defined?.isReadable
      ? unexpectedLabels(labelsFound(whole, defined), "Open the label file first.")
      : []),
  ];
}

function ofLabels(present: readonly Counted[], defined: Defined | null): readonly Finding[] {
  const known = defined?.known ?? null;
  const fractions = notInteger(present, known);
  const rounded = fractions.reduce(repaired, present);
  // A single 2 may be the second label of a definition that has 10 and 20.
  const isNumbered = defined !== null && areNumbered(defined, rounded);
  const pictures = isNumbered ? [] : pictureOfMask(rounded, defined);
  if (pictures.length > 0) return [...fractions, ...pictures];
  const whole = rounded.filter(({ value }) => Number.isInteger(value));
  const negative = negativeLabels(whole, defined && labelsFound(whole, defined));
  const shifted = negative.reduce(repaired, whole);
  const notNegative = shifted.filter(({ value }) => value >= 0 || known?.has(value));
  const unexpected = defined?.isReadable ? unexpectedLabels(labelsFound(notNegative, defined), null) : [];
  return [
    ...fractions,
    ...negative,
    ...unexpected,
    ...numberTypes(unexpected.reduce(repaired, shifted), defined !== null),
  ];
}

function labelsFound(present: readonly Counted[], defined: Defined): LabelsFound {
  const { definition, entries, known, labels, onRegions } = defined;
  const ignore = ignoreEntry(entries);
  return {
    present,
    known,
    defined: labels,
    ignore: ignore ? ignoreValue(ignore) : null,
    onRegions,
    gaps: gapsOf(
      entries,
      present.map(({ value }) => value),
    ),
    works: (repair, apart) =>
      isAccepted(
        definition,
        repair,
        present.filter(({ value }) => value !== apart),
      ),
  };
}

/** Python treats true as 1; null if the value is not a number. */
function ignoreValue({ value }: LabelEntry): number | null {
  return typeof value === "number" || typeof value === "boolean" ? Number(value) : null;
}

/**
 * True if nnU-Net accepts these values (`verify_labels`) and the definition's numbers after a repair. An
 * ignore label that the repair does not touch is judged separately.
 */
function isAccepted(
  definition: DatasetDefinition,
  repair: ValueRepair,
  present: readonly Counted[],
): boolean {
  const { entries, known } = definedLabels(redefined(definition, repair));
  const isOwnIgnore = repair.definition !== undefined && ignoreLabel(entries).length > 0;
  return (
    consecutive(entries).length === 0 &&
    !isOwnIgnore &&
    rewritten(present, repair.rewrites).every(({ value }) => known.has(value))
  );
}

function notInteger(present: readonly Counted[], known: ReadonlySet<number> | null): Finding[] {
  const wrong = present.filter(({ value }) => !Number.isInteger(value));
  if (wrong.length === 0) return [];
  const values = wrong.map(({ value }) => value);
  const n = wrong.length;
  const { text, repair } = wholeAgain(values, known);
  return [
    finding(
      "error",
      "values-not-integer",
      `${list(values, 4)} ${pluralForm(n, "is not a label", "are not labels")}`,
      `The volume contains ${list(values)} (${voxelText(sum(wrong))}), which ${pluralForm(n, "is not a whole number and cannot be a label", "are not whole numbers and cannot be labels")}, ` +
        `so nnU-Net's integrity check rejects the case. ${text}`,
      { labels: values, repair },
    ),
  ];
}

/** Only fractions between labels come from interpolation; nearly whole values come from arithmetic. */
function wholeAgain(
  values: readonly number[],
  known: ReadonlySet<number> | null,
): { readonly text: string; readonly repair: ValueRepair | null } {
  const most = furthest(values);
  if (most > NEARLY_WHOLE) {
    return {
      text:
        "Such values come from resampling labels with interpolation: resample them again with nearest neighbour, or check that this is a label file, " +
        "not an image.",
      repair: null,
    };
  }
  const near = `${pluralForm(values.length, "It lies", "They lie")} within ${roundedUp(most)} of ${pluralForm(values.length, "a whole number", "whole numbers")}, so nothing was interpolated`;
  const rewrites = values.map((from) => ({ from, to: Math.round(from) + 0 }));
  return rewrites.every(({ to }) => (known ? known.has(to) : to >= 0))
    ? { text: `${near}: round the values and save the labels as whole numbers.`, repair: { rewrites } }
    : { text: `${near}: save the original labels again as whole numbers.`, repair: null };
}

function onlyBackground(): Finding {
  return finding(
    "warning",
    "background-only",
    "The volume contains only background",
    "The volume contains only background, and nnU-Net trains on it without a warning. That is fine if no structure is present; otherwise the " +
      "labels were lost on the way: save the segmentation again.",
    { labels: [0] },
  );
}

function unseen(present: readonly Counted[], entries: readonly LabelEntry[]): Finding[] {
  const values = new Set(present.map((l) => l.value));
  const missing = knownLabels(entries, false).filter((label) => label > 0 && !values.has(label));
  if (missing.length === 0) return [];
  const lost = new Set(missing);
  const only = entries.filter((e) => {
    const labels = labelsIn(e.value);
    return labels.length > 0 && labels.every((l) => lost.has(l));
  });
  const regions = regionList(only.map((e) => e.name));
  const whole = only.length > 0 ? `, so ${regions} ${pluralForm(only.length, "has", "have")} no voxels` : "";
  return [
    finding(
      "info",
      "label-unseen",
      `${pluralForm(missing.length, "Label", "Labels")} ${list(labelRanges(missing), 4)} ${pluralForm(missing.length, "does", "do")} not occur in this case`,
      `${pluralForm(missing.length, "Label", "Labels")} ${list(labelRanges(missing))} ${pluralForm(missing.length, "does", "do")} not occur in this case${whole}. ` +
        "That is normal for some cases, but a label absent from every case cannot be learned.",
      { regions: members(entries, missing), labels: missing },
    ),
  ];
}
