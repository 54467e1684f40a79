/** Checks whether left/right pairs of regions lie on their own sides, and says how nnU-Net treats sides. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { RegionCentres } from "../analysis/region-centres.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { sidePairs } from "../dataset/side-pairs.ts";
import { type Finding, finding } from "./finding.ts";
import { regionList } from "./text.ts";

interface Placed {
  readonly left: string;
  readonly right: string;
  /** The left region lies further to the patient's right than the right one. */
  readonly exchanged: boolean;
}

/** Relative tolerance on lengths, because the affine has float32 precision. */
const ROUNDING = 1e-5;

/** Returns nothing if no pair has voxels on both sides, or if both centres nearly coincide. */
export function sides({ regions, fromMasks }: RegionSet, centres: RegionCentres): Finding[] {
  const nameOf = (channel: number) => regions[channel]?.name ?? "";
  const placed = sidePairs(regions.map(({ name }) => name)).flatMap(({ left, right }): Placed[] => {
    const [a, b] = [centres.of(left), centres.of(right)];
    if (!a || !b || Math.abs(a[0] - b[0]) <= centres.nearMm(left, right) * (1 + ROUNDING)) return [];
    return [{ left: nameOf(left), right: nameOf(right), exchanged: a[0] > b[0] }];
  });
  const exchanged = placed.filter((pair) => pair.exchanged);
  if (exchanged.length > 0) return [exchangedPairs(exchanged, placed.length, fromMasks)];
  return placed.length > 0 ? [onTheirSides(placed)] : [];
}

const namesOf = (pairs: readonly Placed[]) => pairs.flatMap(({ left, right }) => [left, right]);

/**
 * `configure_rotation_dummyDA_mirroring_and_inital_patch_size` allows mirroring along all axes.
 * `MirrorTransform` flips image and labels together without swapping labels, and prediction averages over
 * mirrored copies.
 */
function onTheirSides(pairs: readonly Placed[]): Finding {
  const [first] = pairs;
  const which =
    pairs.length === 1
      ? `“${first?.left}” and “${first?.right}” are on the sides in their names.`
      : `${pairs.length} pairs of left and right regions, such as “${first?.left}” and “${first?.right}”, are on the sides in their names.`;
  return finding(
    "info",
    "sides",
    "Training mirrors left and right",
    `${which} nnU-Net's default trainer mirrors images with their labels along all axes, in training and in prediction, so the network cannot tell ` +
      "left from right by position and may mix them up. Trainers without mirroring, such as nnUNetTrainerNoMirroring, can.",
    { regions: namesOf(pairs) },
  );
}

/** @param of number of pairs that were judged */
function exchangedPairs(pairs: readonly Placed[], of: number, fromMasks: boolean): Finding {
  const [first] = pairs;
  const all = pairs.length === of;
  const what =
    of === 1
      ? "so the two are swapped"
      : all
        ? `as in all ${of} pairs of left and right regions`
        : `so ${pairs.length} of ${of} pairs of left and right regions ${pluralForm(pairs.length, "is", "are")} swapped (${regionList(namesOf(pairs), 8)})`;
  return finding(
    "error",
    "sides",
    of === 1
      ? `“${first?.left}” and “${first?.right}” are swapped`
      : `${all ? "All" : `${pairs.length} of`} ${of} left and right pairs are swapped`,
    `According to the header of the ${fromMasks ? "masks" : "label file"}, “${first?.left}” lies to the patient's right of “${first?.right}”, ${what}: ` +
      `nnU-Net learns the sides as labelled. ${fromMasks ? renamed(of, all) : relabelled(of, all)}`,
    { regions: namesOf(pairs) },
  );
}

function relabelled(of: number, all: boolean): string {
  if (!all) return "Swap the labels within each of these pairs in the label file.";
  const whose = of === 1 ? "their labels" : "the labels of each pair";
  return `Swap ${whose} in the label file, or correct its header if the image is mirrored too.`;
}

/** Masks have names but no labels. */
function renamed(of: number, all: boolean): string {
  if (!all) return "Swap the names of the two masks in each of these pairs.";
  const whose = of === 1 ? "the two masks" : "the two masks in each pair";
  return `Swap the names of ${whose}, or correct the header of the masks if the image is mirrored too.`;
}
