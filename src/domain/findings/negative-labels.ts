/** Values below 0 in a label file that nnU-Net did not preprocess. */
import { type Finding, finding } from "./finding.ts";
import { type Counted, rewritesText, type ValueRepair } from "./value-repair.ts";
import { capital, labelList, plural, sum, voxelText } from "./words.ts";

/**
 * `crop_to_nonzero` writes -1 outside of the body into preprocessed labels, after the integrity check.
 *
 * @param whole the whole numbers of the volume, ascending
 * @param known what the definition knows; null without one
 */
export function negativeLabels(whole: readonly Counted[], known: ReadonlySet<number> | null): Finding[] {
  const negative = whole.filter(({ value }) => value < 0 && !known?.has(value));
  const [lowest] = negative;
  if (!lowest) return [];
  const labels = negative.map(({ value }) => value);
  if (lowest.value === -1) {
    return [
      finding(
        "error",
        "negative-label",
        `-1 is in the volume (${voxelText(lowest.voxels)}) and is no label, so nnU-Net's integrity check refuses the case. Only nnU-Net's own preprocessed ` +
          "files have -1, for voxels outside of the body. Write 0 for -1 in the label files.",
        { labels, repair: { rewrites: [{ from: -1, to: 0 }] } },
      ),
    ];
  }
  const signs = signsTurned(whole, known);
  const shift = shifted(whole, lowest, known, signs !== null);
  return [
    finding(
      "error",
      "negative-label",
      `${capital(labelList(labels))} ${plural(labels.length, "is", "are")} in the volume (${voxelText(sum(negative))}) and below 0, where nnU-Net has no labels, ` +
        `so its integrity check refuses the case. ${
          shift
            ? `All values are too low by ${-lowest.value}: add ${-lowest.value} to every voxel in the label files.`
            : signs
              ? `They are the labels of the definition with their signs turned: write ${rewritesText(signs.rewrites)} in the label files.`
              : "Number the labels 0, 1, 2, … in every label file, with 0 for background."
        }`,
      { labels, repair: shift ?? signs },
    ),
  ];
}

/**
 * Where the volume begins with a background below 0, the value with the most voxels, and all of it fits the
 * definition once that is 0.
 * @param isDoubtful whether there is another explanation, so that as many as others have are not enough
 */
function shifted(
  whole: readonly Counted[],
  lowest: Counted,
  known: ReadonlySet<number> | null,
  isDoubtful: boolean,
): ValueRepair | null {
  const others = whole.filter((label) => label !== lowest);
  const most = others.reduce((highest, { voxels }) => Math.max(highest, voxels), 0);
  const isBackground = isDoubtful ? lowest.voxels > most : lowest.voxels >= most;
  if (!known || !isBackground || !whole.every(({ value }) => known.has(value - lowest.value))) return null;
  return { rewrites: whole.map(({ value }) => ({ from: value, to: value - lowest.value })) };
}

/** Where no value is above 0 and each is a label but for its sign; the rewrites begin with -1. */
function signsTurned(whole: readonly Counted[], known: ReadonlySet<number> | null): ValueRepair | null {
  if (!known || !whole.every(({ value }) => value <= 0 && known.has(-value))) return null;
  const negative = whole.filter(({ value }) => value < 0).toReversed();
  return { rewrites: negative.map(({ value }) => ({ from: value, to: -value })) };
}
