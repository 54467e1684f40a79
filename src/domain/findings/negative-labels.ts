/** Finds values below 0 in a label file that nnU-Net did not preprocess. */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, labelList, list, sum, voxelText } from "./text.ts";
import { exactlyShifted, type LabelsFound } from "./unexpected-labels.ts";
import { type Counted, rewritesText, type ValueRepair } from "./value-repair.ts";

/**
 * `crop_to_nonzero` writes -1 outside the body into preprocessed labels, after the integrity check.
 *
 * @param whole the whole numbers of the volume, ascending
 * @param found the same values compared with a definition; null without one
 */
export function negativeLabels(whole: readonly Counted[], found: LabelsFound | null): Finding[] {
  const known = found?.known ?? null;
  const negative = whole.filter(({ value }) => value < 0 && !known?.has(value));
  const [lowest] = negative;
  if (!lowest) return [];
  if (lowest.value === -1) return [minusOne(whole, lowest, found)];
  const labels = negative.map(({ value }) => value);
  const signs = signsTurned(whole, known);
  const shift = shifted(whole, lowest, found, signs !== null);
  const mark = shift || signs || negative.length > 1 ? null : loneMark(lowest, whole, found);
  return [
    finding(
      "error",
      "negative-label",
      `${capital(labelList(labels, 4))} ${pluralForm(labels.length, "is", "are")} below 0`,
      `${capital(labelList(labels))} ${pluralForm(labels.length, "is", "are")} in the volume (${voxelText(sum(negative))}), but nnU-Net has no labels below 0, ` +
        `so its integrity check rejects the case. ${
          shift
            ? `All values are too low by ${-lowest.value}: add ${-lowest.value} to every voxel in the label files.`
            : signs
              ? `They are the labels of the definition with their signs flipped: write ${rewritesText(signs.rewrites)} in the label files.`
              : (mark?.text ?? "Number the labels 0, 1, 2, … in every label file, with 0 for background.")
        }`,
      { labels, repair: shift ?? signs ?? mark?.repair ?? null },
    ),
  ];
}

/** A possible meaning of a value below 0. */
interface Mark {
  /** "marks voxels …, write 0" */
  readonly means: string;
  readonly repair: ValueRepair;
}

/** A possible meaning of -1. */
interface Meaning extends Mark {
  /** The opening sentences if this meaning is the most likely, without their full stop. */
  readonly lead: string;
}

/**
 * -1 may be background below a first structure of 0, a mark outside the body, a mark for unannotated voxels,
 * or label 1 with its sign flipped. Only people know which; the most likely comes first.
 */
function minusOne(whole: readonly Counted[], lowest: Counted, found: LabelsFound | null): Finding {
  const there = `-1 is in the volume (${voxelText(lowest.voxels)}) but is not a label, so nnU-Net's integrity check rejects the case.`;
  // Writing 0 for -1 would leave only background.
  const isOnlyZero = whole.every(({ value }) => value <= 0);
  const most = Math.max(0, ...whole.filter((label) => label !== lowest).map(({ voxels }) => voxels));
  const isMost = whole.length > 1 && lowest.voxels >= most;
  const write = (to: number): ValueRepair => ({ rewrites: [{ from: -1, to }] });

  const leading = (mark: Mark): Meaning => ({
    ...mark,
    lead: `${there} If -1 ${mark.means} in the label files`,
  });
  const marks = unannotated(-1, whole, found);
  const ignored = marks && leading(marks);
  const low: Meaning | null = isOneTooLow(whole, found, isMost || isOnlyZero)
    ? {
        lead: `${oneTooLow(whole, found)} Add 1 to every voxel in the label files`,
        means: isOnlyZero
          ? "is background and 0 is label 1, add 1 to every voxel"
          : "is background and every label is one too low, add 1 to every voxel",
        repair: { rewrites: whole.map(({ value }) => ({ from: value, to: value + 1 })) },
      }
    : null;
  const isTurned = isOnlyZero && whole.length > 1 && !isMost && (found?.known.has(1) ?? true);
  const turned = isTurned
    ? leading({ means: "is label 1 with its sign flipped, write 1", repair: write(1) })
    : null;
  const outside: Meaning = {
    lead: `${there} Only nnU-Net's own preprocessed files have -1, for voxels outside the body. Write 0 for -1 in the label files`,
    means: `marks voxels outside the body, write 0${isOnlyZero ? ", which leaves only background" : ""}`,
    repair: write(0),
  };
  const hasIgnore = found?.ignore != null;
  const [first = outside, ...others] = [
    hasIgnore ? ignored : null,
    isMost ? low : null,
    turned,
    outside,
    isMost ? null : low,
    hasIgnore ? null : ignored,
  ].filter((meaning) => meaning !== null);
  // A shift concerns all values, so "it" would have no referent.
  const isOfAll = first === low;
  const alternatives = others.map(({ means }, i) => `${i > 0 || !isOfAll ? "; if it" : ". If -1"} ${means}`);
  return finding(
    "error",
    "negative-label",
    "The volume contains -1",
    `${first.lead}${alternatives.join("")}.`,
    {
      labels: [-1],
      repair: first.repair,
    },
  );
}

/** True if the definition knows all values after adding 1, and something supports that reading. */
function isOneTooLow(whole: readonly Counted[], found: LabelsFound | null, isLikely: boolean): boolean {
  if (whole.length < 2) return false;
  if (!found) return isLikely;
  const isKnown = whole.every(({ value }) => found.known.has(value + 1));
  return isKnown && (isLikely || exactlyShifted(whole, -1, found));
}

function oneTooLow(whole: readonly Counted[], found: LabelsFound | null): string {
  const values = labelList(whole.map(({ value }) => value));
  const against = found
    ? `, but the definition has ${list([0, ...found.defined])}`
    : ", and -1 has the most voxels";
  return (
    `The volume contains ${values}${against}: every label, including background, seems to be one too low, so nnU-Net's integrity check ` +
    "rejects the case."
  );
}

/** Reads the value as nnU-Net's ignore label, adding one if necessary; null if that does not help. */
function unannotated(value: number, whole: readonly Counted[], found: LabelsFound | null): Mark | null {
  if (!found) return null;
  const { ignore, defined } = found;
  const label = ignore ?? (defined.at(-1) ?? 0) + 1;
  const rewrites = [{ from: value, to: label }];
  const repair: ValueRepair =
    ignore === null ? { rewrites, definition: { kind: "ignore", value: label } } : { rewrites };
  if (whole.some((other) => other.value === label) || !found.works(repair)) return null;
  const write =
    ignore === null
      ? `add “ignore”: ${label} to “labels” and write ${label}`
      : `write the ignore label ${label}`;
  return { means: `marks voxels to leave out of training, ${write}`, repair };
}

/** Handles a single value below 0 next to labels that are right without it. */
function loneMark(
  { value }: Counted,
  whole: readonly Counted[],
  found: LabelsFound | null,
): { readonly text: string; readonly repair: ValueRepair } | null {
  const outside: Mark = {
    means: "marks voxels outside the scan, write 0",
    repair: { rewrites: [{ from: value, to: 0 }] },
  };
  if (whole.length < 2 || found?.works(outside.repair) === false) return null;
  const ignored = unannotated(value, whole, found);
  const both = found?.ignore == null ? [outside, ignored] : [ignored, outside];
  const [first = outside, other] = both.filter((mark) => mark !== null);
  return {
    text: `If ${value} ${first.means} in the label files${other ? `; if it ${other.means}` : ""}.`,
    repair: first.repair,
  };
}

/**
 * Applies if the volume's background lies below 0, has the most voxels, and everything fits the definition
 * once it is 0; or if the shifted volume has exactly the defined labels.
 * @param isDoubtful whether another explanation exists, so that a tie in voxels is not enough
 */
function shifted(
  whole: readonly Counted[],
  lowest: Counted,
  found: LabelsFound | null,
  isDoubtful: boolean,
): ValueRepair | null {
  const others = whole.filter((label) => label !== lowest);
  const most = others.reduce((highest, { voxels }) => Math.max(highest, voxels), 0);
  const isBackground = isDoubtful ? lowest.voxels > most : lowest.voxels >= most;
  if (!found || !whole.every(({ value }) => found.known.has(value - lowest.value))) return null;
  const isExact = !isDoubtful && exactlyShifted(whole, lowest.value, found);
  if (!isBackground && !isExact) return null;
  return { rewrites: whole.map(({ value }) => ({ from: value, to: value - lowest.value })) };
}

/** Applies if no value is above 0 and each is a negated label; the rewrites begin with -1. */
function signsTurned(whole: readonly Counted[], known: ReadonlySet<number> | null): ValueRepair | null {
  if (!known || !whole.every(({ value }) => value <= 0 && known.has(-value))) return null;
  const negative = whole.filter(({ value }) => value < 0).toReversed();
  return { rewrites: negative.map(({ value }) => ({ from: value, to: -value })) };
}
