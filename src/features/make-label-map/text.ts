/** Writes the facts, notes and choices of the label map dialog. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { regionList, sum } from "../../domain/findings/text.ts";
import { calledIgnore, type LabelMap } from "../../domain/masks/label-map.ts";
import type { LabelMapForm } from "../../state/slices/label-map-slice.ts";

/** nnU-Net's preprocessing casts labels up to here to int8 (`DefaultPreprocessor.run_case_npy`). */
const INT8_LABELS = 127;

export function factsOf(map: LabelMap): readonly (readonly [term: string, value: string])[] {
  const { masks, labels, overlapVoxels } = map;
  const occurring = labels.filter(({ voxels }) => voxels > 0);
  const empty = masks.length - new Set(occurring.flatMap((combination) => combination.masks)).size;
  const several = occurring.filter((combination) => combination.masks.length > 1).length;
  const cast = labels.length > INT8_LABELS ? `; nnU-Net stores more than ${INT8_LABELS} as int16` : "";
  return [
    ["Masks", formatCount(masks.length) + (empty > 0 ? ` (${formatCount(empty)} without voxels)` : "")],
    ["Combinations", `${formatCount(occurring.length)}${overlapsAmong(several)}`],
    ["In two or more masks", plural(overlapVoxels, "voxel")],
    ["Labels", `${labels.length === 1 ? "1" : `1 to ${formatCount(labels.length)}`}${cast}`],
  ];
}

function overlapsAmong(several: number): string {
  if (several === 0) return "";
  return ` (${plural(several, "overlap")})`;
}

/** Sentences about single masks to read before the map is saved. */
export function notesOf(map: LabelMap): string[] {
  return [...ignoreNotes(map), ...map.alike.map((group) => alikeNote(map, group))];
}

/** Sentences about masks named like nnU-Net's ignore label. */
function ignoreNotes({ masks, labels, ignore }: LabelMap): string[] {
  const nameOf = (mask: number) => (masks[mask] ?? "").trim();
  if (ignore) {
    return [
      `The mask “${nameOf(ignore.mask)}” becomes nnU-Net's ignore label, ${formatCount(ignore.label)}: its voxels are left out of the loss, ` +
        "and it is not a region. To train on it, give it another name.",
    ];
  }
  const called = calledIgnore(masks);
  const [first] = called;
  if (first === undefined) return [];
  const names = regionList(called.map(nameOf));
  const regions = regionList(called.map((mask) => `${nameOf(mask)} 2`));
  if (called.length > 1) {
    return [
      `The masks ${names} become ordinary regions, ${regions}, because nnU-Net has only one ignore label. To have them ignored, merge them into one mask.`,
    ];
  }
  const becomes = `The mask ${names} becomes an ordinary region, ${regions}`;
  const overlaps = labels.filter(
    (combination) => combination.masks.length > 1 && combination.masks.includes(first),
  );
  if (overlaps.length === 0)
    return [`${becomes}: with nothing but the ignore label, nnU-Net would have nothing to learn.`];
  const shared = plural(sum(overlaps), "voxel");
  return [
    `${becomes}: as nnU-Net's ignore label it would take ${shared} from other masks. ` +
      "To have it ignored, remove the shared voxels from it or from them, and open the masks again.",
  ];
}

/** Equal masks still become separate regions, because they may differ in other cases. */
function alikeNote({ masks }: LabelMap, group: readonly number[]): string {
  const names = regionList(group.map((mask) => masks[mask] ?? ""));
  const apart = group.length === 2 ? "a label" : plural(group.length - 1, "label");
  return (
    `The masks ${names} are identical in every voxel. Each becomes its own region, distinguished by ${apart} that no voxel has here. ` +
    "If one is a copy, open the masks without it; otherwise nnU-Net learns the same region twice."
  );
}

/** Says whether a prediction reproduces the masks, and if not, why. */
export function predictionSentence({ masks, labels, ignore, plain, further }: LabelMap): string {
  const every = ignore ? `every mask but “${masks[ignore.mask]}”` : "every mask";
  if (!further) return `Lossless: a perfect prediction reproduces ${every}, voxel for voxel.`;
  const regions = plain.regions.length;
  const occurring = labels.filter(({ voxels }, i) => voxels > 0 && i + 1 !== ignore?.label).length;
  const why =
    occurring > regions
      ? `and with ${plural(regions, "region")} it cannot tell ${formatCount(occurring)} combinations apart`
      : "and every order of these regions overwrites some combinations";
  return `In a prediction, nnU-Net writes one label per region, later ones over earlier ones, ${why}.`;
}

/** The choices, if something would be lost; otherwise none. */
export function formsOf(map: LabelMap): readonly {
  readonly form: LabelMapForm;
  readonly name: string;
  readonly consequence: string;
}[] {
  const { plain, further, exact, labels } = map;
  if (!further) return [];
  const inMasks = sum(labels);
  const more = further.regions.length - plain.regions.length;
  const order = exact
    ? "no other order of the regions changes fewer"
    : "too many masks overlap to try every order, so another may change fewer";
  return [
    {
      form: "plain",
      name: "One region per mask",
      consequence: `A perfect prediction changes ${plural(plain.changedVoxels, "voxel")} (${share(plain.changedVoxels, inMasks)} of those in masks); ${order}`,
    },
    {
      form: "further",
      name: `${plural(more, "extra region")}, ${more === 1 ? "for the combination" : "one for each combination"} that would be lost`,
      consequence: `Lossless; the network learns ${plural(more, "extra output")}`,
    },
  ];
}

function share(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent < 0.01 ? "under 0.01 %" : `${Number(percent.toPrecision(2))} %`;
}
