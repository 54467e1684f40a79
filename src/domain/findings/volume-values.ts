/** The values of a label volume against the definition. */
import type { DatasetDefinition } from "../dataset-definition.ts";
import { effectiveEntries, knownLabels, labelsIn } from "../label-entries.ts";
import { type Finding, finding } from "./finding.ts";
import { holders } from "./label-values.ts";
import { capital, labelList, list, plural, regionList, voxelText } from "./words.ts";

interface Counted {
  readonly value: number;
  readonly voxels: number;
}

/** Largest values of common integer types, and other usual ways to write "yes": a mask even without a definition. */
const MASK_VALUES = new Set([100, 127, 128, 255, 1000, 4095, 32767, 65535]);

/** Says nothing without a volume. */
export function volumeValues(definition: DatasetDefinition | null, labels: readonly Counted[]): Finding[] {
  const present = labels.filter((l) => l.voxels > 0);
  if (present.length === 0) return [];
  const entries = definition ? effectiveEntries(definition) : null;
  const known =
    entries && new Set([0, -1, ...knownLabels(entries, true), ...entries.flatMap((e) => labelsIn(e.value))]);
  return [
    ...notInteger(present),
    ...scaledMask(present, known),
    ...(known ? unexpected(present, known) : []),
    ...(entries ? unseen(present, entries) : []),
  ];
}

const sum = (labels: readonly Counted[]) => labels.reduce((total, l) => total + l.voxels, 0);

function notInteger(present: readonly Counted[]): Finding[] {
  const wrong = present.filter((l) => !Number.isInteger(l.value));
  if (wrong.length === 0) return [];
  return [
    finding(
      "error",
      "values-not-integer",
      `The label volume holds ${list(wrong.map((l) => l.value))} (${voxelText(sum(wrong))}), which ` +
        `${plural(wrong.length, "is not a whole number", "are not whole numbers")} and so belong to no label; nnU-Net refuses the case. Such values ` +
        "come from resampling labels with interpolation: resample again with nearest neighbour, or check that this is a label file.",
      { labels: wrong.map((l) => l.value) },
    ),
  ];
}

function scaledMask(present: readonly Counted[], known: ReadonlySet<number> | null): Finding[] {
  const [zero, k, ...more] = present.map((l) => l.value).sort((a, b) => a - b);
  if (zero !== 0 || k === undefined || k <= 1 || more.length > 0) return [];
  if (known ? known.has(k) : !MASK_VALUES.has(k)) return [];
  return [
    finding(
      known ? "error" : "warning",
      "values-scaled-mask",
      `The label volume holds only 0 and ${k}: a mask scaled for display, not a label map` +
        `${known ? `. No region holds ${k}, so nnU-Net takes everything for background or refuses the case` : ""}. ` +
        `Divide the values by ${k}, so that the mask is 1, or give it the number of its label.`,
      { labels: [k] },
    ),
  ];
}

function unexpected(present: readonly Counted[], known: ReadonlySet<number>): Finding[] {
  const wrong = present.filter((l) => !known.has(l.value));
  if (wrong.length === 0) return [];
  const values = wrong.map((l) => l.value);
  return [
    finding(
      "error",
      "label-unexpected",
      `${capital(labelList(values))} ${plural(values.length, "is", "are")} in the volume (${voxelText(sum(wrong))}) but in no region of the ` +
        "definition: nnU-Net's integrity check refuses the case, and without the check these voxels train as background. " +
        `Add ${plural(values.length, "the label", "the labels")} to a region, or correct the label file.`,
      { labels: values },
    ),
  ];
}

function unseen(present: readonly Counted[], entries: ReturnType<typeof effectiveEntries>): Finding[] {
  const values = new Set(present.map((l) => l.value));
  const missing = knownLabels(entries, false).filter((label) => label > 0 && !values.has(label));
  if (missing.length === 0) return [];
  const only = entries.filter((e) => {
    const labels = labelsIn(e.value);
    return labels.length > 0 && labels.every((l) => missing.includes(l));
  });
  const whole = only.length > 0 ? `, so nothing of ${regionList(only.map((e) => e.name))} is there` : "";
  return [
    finding(
      "info",
      "label-unseen",
      `${capital(labelList(missing))} ${plural(missing.length, "does", "do")} not occur in this case${whole}. That is fine for a single case; ` +
        "if no case has it, nothing can be learned for it.",
      { regions: holders(entries, missing), labels: missing },
    ),
  ];
}
