/** What the dialog says of a label map. */
import type { LabelMap } from "../../domain/label-map.ts";
import type { LabelMapForm } from "../../state/label-map-slice.ts";
import { formatCount, plural } from "../format.ts";

/** nnU-Net's preprocessing casts labels to int8 up to here (`DefaultPreprocessor.run_case_npy`). */
const INT8_LABELS = 127;

export function factsOf(map: LabelMap): readonly (readonly [term: string, value: string])[] {
  const { masks, labels, overlapVoxels } = map;
  const empty = labels.filter(({ voxels }) => voxels === 0).length;
  const several = labels.filter((combination) => combination.masks.length > 1).length;
  const cast = labels.length > INT8_LABELS ? `; nnU-Net casts more than ${INT8_LABELS} to int16` : "";
  return [
    [
      "Masks",
      formatCount(masks.length) + (empty > 0 ? `, ${formatCount(empty)} of them without voxels` : ""),
    ],
    ["Combinations", `${formatCount(labels.length - empty)}${overlapsAmong(several)}`],
    ["In two masks or more", plural(overlapVoxels, "voxel")],
    ["Labels", `${labels.length === 1 ? "1" : `1 to ${formatCount(labels.length)}`}${cast}`],
  ];
}

function overlapsAmong(several: number): string {
  if (several === 0) return "";
  return `, of which ${formatCount(several)} ${several === 1 ? "is an overlap" : "are overlaps"}`;
}

/** What becomes of a mask that is called as nnU-Net's ignore label; null where none is. */
export function ignoreNote({ masks }: LabelMap): string | null {
  if (!masks.includes("ignore")) return null;
  return (
    "The mask “ignore” becomes a region that is trained on, “ignore 2”. To have its voxels ignored, make the label map without it: then write " +
    "a label above all others over them, and add “ignore” with that label to dataset.json."
  );
}

/** Whether masks come back from a prediction, and why not. */
export function sentenceOf({ masks, labels, further }: LabelMap): string {
  if (!further) return "Lossless: a perfect prediction gives every mask back, voxel for voxel.";
  const occurring = labels.filter(({ voxels }) => voxels > 0).length;
  const why =
    occurring > masks.length
      ? `and with ${plural(masks.length, "region")} it cannot tell ${formatCount(occurring)} combinations apart`
      : "and in every order of these regions some combinations are written over";
  return `In a prediction nnU-Net writes one label for each region, later ones over earlier ones, ${why}.`;
}

/** The choice, where something would be lost. */
export function formsOf(map: LabelMap): readonly {
  readonly form: LabelMapForm;
  readonly name: string;
  readonly consequence: string;
}[] {
  const { plain, further, exact, masks, labels } = map;
  if (!further) return [];
  const inMasks = labels.reduce((sum, { voxels }) => sum + voxels, 0);
  const more = further.regions.length - masks.length;
  const order = exact
    ? "no other order of the regions changes fewer"
    : "too many masks overlap to try every order, so another may change fewer";
  return [
    {
      form: "plain",
      name: "One region a mask",
      consequence: `a perfect prediction changes ${plural(plain.changedVoxels, "voxel")} (${share(plain.changedVoxels, inMasks)} of those in masks); ${order}`,
    },
    {
      form: "further",
      name: `${plural(more, "region")} more, ${more === 1 ? "for the combination" : "one for each combination"} that would be lost`,
      consequence: `lossless; the network learns ${plural(more, "output")} more`,
    },
  ];
}

function share(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent < 0.01 ? "under 0.01 %" : `${Number(percent.toPrecision(2))} %`;
}
