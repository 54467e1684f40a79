/** The values of a label volume against the definition. */
import type { DatasetDefinition } from "../dataset-definition.ts";
import { effectiveEntries, knownLabels, labelsIn } from "../label-entries.ts";
import { type Finding, finding } from "./finding.ts";
import { holders } from "./label-values.ts";
import { type Counted, pictureOfMask, sum } from "./masks-as-pictures.ts";
import { capital, labelList, list, plural, regionList, voxelText } from "./words.ts";

/** Says nothing without a volume. `isImage`: that these are no labels is told of already. */
export function volumeValues(
  definition: DatasetDefinition | null,
  labels: readonly Counted[],
  isImage = false,
): Finding[] {
  const present = labels.filter((l) => l.voxels > 0);
  if (present.length === 0) return [];
  const entries = definition ? effectiveEntries(definition) : null;
  // Of several ignore labels all are told of already.
  const ignored = definition?.labels.filter(({ name }) => name === "ignore") ?? [];
  const known =
    entries &&
    new Set([
      0,
      -1,
      ...knownLabels(entries, true),
      ...[...entries, ...ignored].flatMap((e) => labelsIn(e.value)),
    ]);
  const pictures = pictureOfMask(present, known);
  return [
    ...notInteger(present),
    ...pictures,
    ...(known && entries
      ? unexpected(
          present,
          known,
          knownLabels(entries, false),
          isImage ? "Open the label file first." : pictures.length > 0 ? CORRECT_MASK : null,
        )
      : []),
    ...(entries ? unseen(present, entries) : []),
  ];
}

function notInteger(present: readonly Counted[]): Finding[] {
  const wrong = present.filter((l) => !Number.isInteger(l.value));
  if (wrong.length === 0) return [];
  const n = wrong.length;
  return [
    finding(
      "error",
      "values-not-integer",
      `The volume holds ${list(wrong.map((l) => l.value))} (${voxelText(sum(wrong))}), which ${plural(n, "is not a whole number and so no label", "are not whole numbers and so no labels")}, ` +
        "and nnU-Net's integrity check refuses the case. Such values come from resampling labels with interpolation: resample them again with " +
        "nearest neighbour, or check that this is a label file and not an image.",
      { labels: wrong.map((l) => l.value) },
    ),
  ];
}

const CORRECT_MASK = "Correct the values of the mask first.";

/** Fractions are told of already. `repair`: of what these values come from, which is told of already. */
function unexpected(
  present: readonly Counted[],
  known: ReadonlySet<number>,
  defined: readonly number[],
  repair: string | null,
): Finding[] {
  const wrong = present.filter((l) => Number.isInteger(l.value) && !known.has(l.value));
  if (wrong.length === 0) return [];
  const message = oneTooHigh(present, defined) ?? inNoRegion(wrong, repair);
  return [finding("error", "label-unexpected", message, { labels: wrong.map((l) => l.value) })];
}

function inNoRegion(wrong: readonly Counted[], otherRepair: string | null): string {
  const values = wrong.map((l) => l.value);
  const n = values.length;
  const repair =
    otherRepair ??
    `Add ${plural(n, "the label", "the labels")} to the regions that ${plural(n, "it belongs", "they belong")} to, or correct the label file.`;
  return (
    `${capital(labelList(values))} ${plural(n, "is", "are")} in the volume (${voxelText(sum(wrong))}) but in no region of the definition, so nnU-Net's ` +
    `integrity check refuses the case, and without the check these voxels are trained as background. ${repair}`
  );
}

/** A sentence if the volume's labels, each less one, are labels of the definition and reach from its first to its last. */
function oneTooHigh(present: readonly Counted[], defined: readonly number[]): string | null {
  const labels = present.map((l) => l.value).sort((a, b) => a - b);
  const hasZero = labels.includes(0);
  const found = labels.filter((label) => label > 0);
  const expected = defined.filter((label) => label > 0 || (label === 0 && !hasZero));
  const set = new Set(expected);
  const fits =
    found.length > 0 &&
    found[0] === (expected[0] ?? 0) + 1 &&
    found.at(-1) === (expected.at(-1) ?? 0) + 1 &&
    found.every((label) => set.has(label - 1));
  if (!fits) return null;
  const which = hasZero ? `every label above 0` : "every label, background included,";
  return (
    `The volume holds ${labelList(found)} where the definition has ${list(expected)}: ${which} seems to be one too high, so nnU-Net's integrity check ` +
    `refuses the case. Subtract 1 from ${hasZero ? "every label above 0" : "every voxel"} in the label files.`
  );
}

function unseen(present: readonly Counted[], entries: ReturnType<typeof effectiveEntries>): Finding[] {
  const values = new Set(present.map((l) => l.value));
  const missing = knownLabels(entries, false).filter((label) => label > 0 && !values.has(label));
  if (missing.length === 0) return [];
  const lost = new Set(missing);
  const only = entries.filter((e) => {
    const labels = labelsIn(e.value);
    return labels.length > 0 && labels.every((l) => lost.has(l));
  });
  const whole = only.length > 0 ? `, so nothing of ${regionList(only.map((e) => e.name))} is there` : "";
  return [
    finding(
      "info",
      "label-unseen",
      `${capital(labelList(missing))} ${plural(missing.length, "does", "do")} not occur in this case${whole}. That is fine in one case; ` +
        `if ${plural(missing.length, "it is", "they are")} in no case, ${plural(missing.length, "it", "they")} cannot be learned.`,
      { regions: holders(entries, missing), labels: missing },
    ),
  ];
}
