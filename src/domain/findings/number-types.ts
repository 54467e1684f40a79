/** Finds labels that change in the number types nnU-Net stores them in. */
import { groupBy } from "../../base/group-by.ts";
import { valueText } from "../volume/float32.ts";
import { castTo } from "../volume/number-cast.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, labelList, list, sum, voxelText } from "./text.ts";
import { type Counted, numberedFrom, type ValueRepair } from "./value-repair.ts";

/** Above this float32 no longer holds every whole number. */
const EXACT_UP_TO = 2 ** 24;

/**
 * With `hasDefinition` the right numbering is known, and the finding that compares with it has the repair.
 */
export function numberTypes(whole: readonly Counted[], hasDefinition: boolean): Finding[] {
  const repair = hasDefinition ? null : numberedAnew(whole);
  const merged = mergedInFloat32(whole, repair);
  return [...merged, ...changedByCast(whole, merged.length > 0 ? null : repair)];
}

/** Readers pass label files on as float32 (`SimpleITKIO.read_images`, `NibabelIO.read_images`). */
function mergedInFloat32(whole: readonly Counted[], repair: ValueRepair | null): Finding[] {
  const groups = groupBy(whole, ({ value }) => Math.fround(value));
  const merged = [...groups.values()].filter((group) => group.length > 1);
  if (merged.length === 0) return [];
  const which = list(
    merged.map((group) => labelList(group.map(({ value }) => value))),
    3,
  );
  const labels = merged.flatMap((group) => group.map(({ value }) => value));
  return [
    finding(
      "error",
      "labels-merge-in-float32",
      merged.length === 1
        ? `${capital(labelList(labels, 4))} become one label`
        : `${labels.length} labels merge into ${merged.length}`,
      `${capital(which)} become one label in nnU-Net: it reads label files as float32, which cannot hold every whole number above ${EXACT_UP_TO}. ` +
        "Number the labels 0, 1, 2, … in every label file.",
      { labels, repair },
    ),
  ];
}

/** `DefaultPreprocessor.run_case_npy` casts to int8 if no label is above 127, otherwise to int16. */
function changedByCast(whole: readonly Counted[], repair: ValueRepair | null): Finding[] {
  const bits = whole.some(({ value }) => value > 127) ? 16 : 8;
  const changed = whole
    .map(({ value, voxels }) => ({ value, voxels, becomes: castTo(bits, value) }))
    .filter(({ value, becomes }) => value !== becomes);
  if (changed.length === 0) return [];
  const what = list(
    changed.map(({ value, becomes }) => `${valueText(value)} becomes ${becomes}`),
    4,
  );
  const voxels = voxelText(sum(changed));
  const when = "when nnU-Net preprocesses the case";
  const why =
    bits === 8
      ? "int8, which holds -128 to 127 and is used if no label is above 127"
      : "int16, which holds -32768 to 32767";
  return [
    finding(
      "error",
      "label-cast",
      changed.length === 1
        ? `Label ${what} in preprocessing`
        : `${changed.length} labels change in preprocessing`,
      `${changed.length === 1 ? `Label ${what} (${voxels}) ${when}` : `Labels change (${voxels}) ${when}: ${what}`}, because it casts labels to ${why}. ` +
        "Number the labels 0, 1, 2, … in every label file.",
      { labels: changed.map(({ value }) => value), repair },
    ),
  ];
}

function numberedAnew(whole: readonly Counted[]): ValueRepair {
  const labels = whole.map(({ value }) => value).filter((value) => value > 0);
  return { rewrites: numberedFrom(1, labels) };
}
