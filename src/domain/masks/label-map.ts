/**
 * A label map for masks that overlap: a label for each combination of masks that occurs, and the regions that
 * give every mask back.
 *
 * What is trained on is exact in any case: each region lists all labels of its mask. What a perfect
 * prediction gives back depends on the order of writing (`writing-order.ts`); where it cannot give all back,
 * further regions of one label each can.
 */
import { groupBy } from "../../base/group-by.ts";
import type { LabelName } from "../volume/label-names.ts";
import { type Combination, MOST_LABELS, TooManyCombinations } from "./mask-combinations.ts";
import { bestWritingOrder, type WeighedCombination } from "./writing-order.ts";

/** One region of the dataset.json to be made. */
interface MadeRegion {
  /** Of the mask, or of the masks whose combination it is; not made unique. */
  readonly name: string;
  /** Ascending. */
  readonly labels: readonly number[];
  /** Its entry of `regions_class_order`. */
  readonly writes: number;
}

/** A way to list the regions. */
export interface RegionForm {
  /** In the order of `labels`, which is the order of writing. */
  readonly regions: readonly MadeRegion[];
  /** Labels that a perfect prediction does not give back, ascending. */
  readonly changedLabels: readonly number[];
  /** Voxels that have one of them. */
  readonly changedVoxels: number;
}

export interface LabelMap {
  readonly masks: readonly string[];
  /** By label, from 1: the masks that its voxels lie in, and how many there are. */
  readonly labels: readonly Combination[];
  /** Voxels that lie in two masks or more. */
  readonly overlapVoxels: number;
  /** The mask that is called so and becomes nnU-Net's ignore label, the highest; null where none does. */
  readonly ignore: { readonly mask: number; readonly label: number } | null;
  /** Masks of the same voxels, two or more each. */
  readonly alike: readonly (readonly number[])[];
  /** One region a mask, but for the ignore label. */
  readonly plain: RegionForm;
  /** Whether no order of the masks' regions loses fewer voxels than `plain`. */
  readonly exact: boolean;
  /**
   * With a region more for each combination that would be lost, so that nothing is; null where nothing is
   * lost without.
   */
  readonly further: RegionForm | null;
}

/** nnU-Net's own name, which it knows in lower case alone; people write it in any. */
const IGNORE = /^\s*ignore\s*$/i;

/** The masks that are called as nnU-Net's ignore label is, in upper or lower case. */
export function calledIgnore(masks: readonly string[]): number[] {
  return masks.flatMap((name, mask) => (IGNORE.test(name) ? [mask] : []));
}

/**
 * A mask called `ignore` that lies in no other becomes nnU-Net's ignore label, which is one number, the
 * highest, and no region: so every mask stays as it is. One that overlaps others would take voxels from them,
 * and stays a region.
 *
 * @param found combinations in any order. A mask without voxels has a label of its own all the same, and so
 * has each of several alike but the last: other cases may need it, and regions of the same labels would be
 * one to nnU-Net.
 * @throws TooManyCombinations where they need more labels than nnU-Net can store
 */
export function planLabelMap(masks: readonly string[], found: readonly Combination[]): LabelMap {
  const alike = masksAlike(masks.length, found);
  const ignored = ignoredMask(masks, found);
  const labels = inLabelOrder([...found, ...missing(masks.length, found, alike)], ignored);
  if (labels.length > MOST_LABELS) throw new TooManyCombinations();
  const map = { masks, labels, ignore: ignored === null ? null : { mask: ignored, label: labels.length } };
  const [plain, exact] = oneRegionAMask(map, ({ voxels }) => voxels || WITHOUT_VOXELS);
  return {
    ...map,
    overlapVoxels: sumVoxels(labels.filter((combination) => combination.masks.length > 1)),
    alike,
    plain,
    exact,
    further: plain.changedLabels.length === 0 ? null : withFurtherRegions(map),
  };
}

/** What a combination without voxels is worth to keep: all of them less than one voxel. */
const WITHOUT_VOXELS = 2 ** -16;

type Labelled = Pick<LabelMap, "masks" | "labels" | "ignore">;

function ignoredMask(masks: readonly string[], found: readonly Combination[]): number | null {
  const [mask, other] = calledIgnore(masks);
  // Alone it would leave nothing to learn.
  if (mask === undefined || other !== undefined || masks.length === 1) return null;
  const overlaps = found.some(
    (combination) => combination.masks.length > 1 && combination.masks.includes(mask),
  );
  return overlaps ? null : mask;
}

/** Masks that have voxels, and the same. */
function masksAlike(masks: number, found: readonly Combination[]): number[][] {
  const of: number[][] = Array.from({ length: masks }, () => []);
  for (const [c, combination] of found.entries()) for (const mask of combination.masks) of[mask]?.push(c);
  const held = Array.from(of.keys()).filter((mask) => (of[mask]?.length ?? 0) > 0);
  return [...groupBy(held, (mask) => of[mask]?.join() ?? "").values()].filter((group) => group.length > 1);
}

/** Combinations without voxels: each mask that has none, and of masks alike the first, the first two, … */
function missing(
  masks: number,
  found: readonly Combination[],
  alike: readonly (readonly number[])[],
): Combination[] {
  const seen = new Set(found.flatMap((combination) => combination.masks));
  const empty = Array.from({ length: masks }, (_, mask) => mask).filter((mask) => !seen.has(mask));
  const parts = alike.flatMap((group) => group.slice(1).map((_, i) => group.slice(0, i + 1)));
  return [...empty.map((mask) => [mask]), ...parts].map((held) => ({ masks: held, voxels: 0 }));
}

/** By index of {@link FoundCombinations}, 0 included: the label of the combination. */
export function labelsByIndex(found: readonly Combination[], { labels }: LabelMap): Uint16Array {
  const key = ({ masks }: Combination) => masks.join();
  const byMasks = new Map(labels.map((combination, i) => [key(combination), i + 1]));
  return Uint16Array.from([0, ...found.map((combination) => byMasks.get(key(combination)) ?? 0)]);
}

/**
 * What the labels of the map are called, with the colour of their mask, or the mean of those of their masks.
 * @param colors by mask; a label has none where one of its masks has none
 */
export function labelNamesOf(
  { masks, labels }: LabelMap,
  colors: readonly LabelName["color"][],
): LabelName[] {
  return labels.map((combination, i) => ({
    value: i + 1,
    name: combination.masks.map((mask) => masks[mask] ?? "").join(" + "),
    color: meanColor(combination.masks.map((mask) => colors[mask] ?? null)),
  }));
}

function meanColor(colors: readonly LabelName["color"][]): LabelName["color"] {
  const given = colors.flatMap((color) => (color ? [color] : []));
  if (given.length < colors.length) return null;
  const mean = (channel: 0 | 1 | 2) => given.reduce((sum, color) => sum + color[channel], 0) / given.length;
  return [mean(0), mean(1), mean(2)];
}

/** Masks alone in their order, then combinations of several, the largest first, then what is ignored. */
function inLabelOrder(found: readonly Combination[], ignored: number | null): Combination[] {
  const isIgnored = (combination: Combination) => ignored !== null && combination.masks.includes(ignored);
  const trained = found.filter((combination) => !isIgnored(combination));
  const alone = trained.filter((combination) => combination.masks.length === 1);
  const several = trained.filter((combination) => combination.masks.length > 1);
  return [
    ...alone.sort((a, b) => (a.masks[0] ?? 0) - (b.masks[0] ?? 0)),
    ...several.sort((a, b) => b.voxels - a.voxels || compareMasks(a.masks, b.masks)),
    ...found.filter(isIgnored),
  ];
}

function compareMasks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((mask, i) => mask !== b[i]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/** @returns the form, and whether no order keeps more weight */
function oneRegionAMask(
  { masks, labels, ignore }: Labelled,
  weightOf: (combination: Combination) => number,
): [RegionForm, boolean] {
  // The last label, if any, is ignored, and in no region.
  const trained = ignore ? labels.slice(0, -1) : labels;
  const weighed: WeighedCombination[] = trained.map((combination) => ({
    masks: combination.masks,
    weight: weightOf(combination),
  }));
  const { order, writes, exact } = bestWritingOrder(masks.length, weighed);
  const held: number[][] = masks.map(() => []);
  for (const [i, combination] of labels.entries())
    for (const mask of combination.masks) held[mask]?.push(i + 1);
  const ofMasks = order.filter((mask) => mask !== ignore?.mask);
  const regions = ofMasks.map((mask): MadeRegion => {
    const own = held[mask] ?? [];
    const written = writes[mask] ?? null;
    return {
      name: masks[mask] ?? "",
      labels: own,
      // Where all of it is written over, any of its labels will do.
      writes: written === null ? (own[0] ?? 0) : written + 1,
    };
  });
  const kept = new Set(writes);
  const changedLabels = trained.flatMap(({ voxels }, i) => (kept.has(i) || voxels === 0 ? [] : [i + 1]));
  return [{ regions, changedLabels, changedVoxels: voxelsOf(changedLabels, labels) }, exact];
}

/**
 * As few further regions as the order allows: what counts is how many combinations are kept. Of those that a
 * region could keep, a mask alone goes first: it is never lost, and all further regions are overlaps.
 */
function withFurtherRegions(map: Labelled): RegionForm {
  const { masks, labels } = map;
  const [few] = oneRegionAMask(map, ({ masks: held, voxels }) => {
    if (voxels === 0) return WITHOUT_VOXELS;
    return held.length === 1 ? masks.length + 2 : masks.length + 1;
  });
  const further = few.changedLabels.map((label): MadeRegion => {
    const names = labels[label - 1]?.masks.map((mask) => masks[mask] ?? "") ?? [];
    return { name: names.join(" + "), labels: [label], writes: label };
  });
  return { regions: [...few.regions, ...further], changedLabels: [], changedVoxels: 0 };
}

function voxelsOf(changed: readonly number[], labels: readonly Combination[]): number {
  return changed.reduce((sum, label) => sum + (labels[label - 1]?.voxels ?? 0), 0);
}

function sumVoxels(combinations: readonly Combination[]): number {
  return combinations.reduce((sum, { voxels }) => sum + voxels, 0);
}
