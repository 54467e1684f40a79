/**
 * Plans a label map for masks that overlap: one label for each combination of masks that occurs, and the
 * regions that restore every mask.
 *
 * Training targets are always exact: each region lists all labels of its mask. What a perfect prediction
 * restores depends on the writing order (`writing-order.ts`); additional regions of one label each restore
 * whatever it cannot.
 */
import { groupBy } from "../../base/group-by.ts";
import type { LabelName } from "../volume/label-names.ts";
import { type Combination, MAX_LABELS, TooManyCombinations } from "./mask-combinations.ts";
import { bestWritingOrder, type WeighedCombination } from "./writing-order.ts";

/** One region of the new dataset.json. */
interface MadeRegion {
  /** Name of the mask, or of the combined masks; possibly not unique. */
  readonly name: string;
  /** Ascending. */
  readonly labels: readonly number[];
  /** Its entry of `regions_class_order`. */
  readonly writes: number;
}

/** One way to list the regions. */
export interface RegionForm {
  /** In the order of `labels`, which is the writing order. */
  readonly regions: readonly MadeRegion[];
  /** Labels that a perfect prediction does not restore, ascending. */
  readonly changedLabels: readonly number[];
  /** Number of voxels with one of `changedLabels`. */
  readonly changedVoxels: number;
}

export interface LabelMap {
  readonly masks: readonly string[];
  /** By label, from 1: the masks that contain its voxels, and the number of voxels. */
  readonly labels: readonly Combination[];
  /** Number of voxels in two or more masks. */
  readonly overlapVoxels: number;
  /** The mask named `ignore` that becomes nnU-Net's ignore label, the highest; null if there is none. */
  readonly ignore: { readonly mask: number; readonly label: number } | null;
  /** Groups of two or more masks with identical voxels. */
  readonly alike: readonly (readonly number[])[];
  /** One region per mask, except for the ignore label. */
  readonly plain: RegionForm;
  /** True if no order of the masks' regions loses fewer voxels than `plain`. */
  readonly exact: boolean;
  /**
   * Adds a region for each combination that would be lost, so that none is; null if `plain` loses nothing.
   */
  readonly further: RegionForm | null;
}

/** nnU-Net recognises this name only in lower case; people also write capitals. */
const IGNORE = /^\s*ignore\s*$/i;

/** The masks named like nnU-Net's ignore label, whatever the capitals. */
export function calledIgnore(masks: readonly string[]): number[] {
  return masks.flatMap((name, mask) => (IGNORE.test(name) ? [mask] : []));
}

/**
 * A mask named `ignore` that overlaps no other becomes nnU-Net's ignore label, which is a single number, the
 * highest, and no region: every mask then stays as it is. A mask that overlaps others would take voxels from
 * them, so it stays a region.
 *
 * @param found combinations in any order. A mask without voxels still gets its own label, and so does each of
 * several identical masks except the last: other cases may need it, and nnU-Net would treat regions with the
 * same labels as one.
 * @throws TooManyCombinations if they need more labels than nnU-Net can store
 */
export function planLabelMap(masks: readonly string[], found: readonly Combination[]): LabelMap {
  const alike = masksAlike(masks.length, found);
  const ignored = ignoredMask(masks, found);
  const labels = inLabelOrder([...found, ...missing(masks.length, found, alike)], ignored);
  if (labels.length > MAX_LABELS) throw new TooManyCombinations();
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

/** Weight of keeping a combination without voxels: all of them together weigh less than one voxel. */
const WITHOUT_VOXELS = 2 ** -16;

type Labelled = Pick<LabelMap, "masks" | "labels" | "ignore">;

function ignoredMask(masks: readonly string[], found: readonly Combination[]): number | null {
  const [mask, other] = calledIgnore(masks);
  // On its own it would leave nothing to learn.
  if (mask === undefined || other !== undefined || masks.length === 1) return null;
  const overlaps = found.some(
    (combination) => combination.masks.length > 1 && combination.masks.includes(mask),
  );
  return overlaps ? null : mask;
}

/** Groups of nonempty masks with identical voxels. */
function masksAlike(masks: number, found: readonly Combination[]): number[][] {
  const of: number[][] = Array.from({ length: masks }, () => []);
  for (const [c, combination] of found.entries()) for (const mask of combination.masks) of[mask]?.push(c);
  const held = Array.from(of.keys()).filter((mask) => (of[mask]?.length ?? 0) > 0);
  return [...groupBy(held, (mask) => of[mask]?.join() ?? "").values()].filter((group) => group.length > 1);
}

/** Combinations without voxels: each empty mask, and of identical masks the first, the first two, … */
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

/** The label of each combination, indexed as in {@link FoundCombinations}, including 0. */
export function labelsByIndex(found: readonly Combination[], { labels }: LabelMap): Uint16Array {
  const key = ({ masks }: Combination) => masks.join();
  const byMasks = new Map(labels.map((combination, i) => [key(combination), i + 1]));
  return Uint16Array.from([0, ...found.map((combination) => byMasks.get(key(combination)) ?? 0)]);
}

/**
 * Names of the map's labels, with the colour of their mask, or the mean of their masks' colours.
 * @param colors by mask; a label has no colour if one of its masks has none
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

/** Single masks in their order, then combinations from largest to smallest, then the ignored one. */
function inLabelOrder(found: readonly Combination[], ignored: number | null): Combination[] {
  const isIgnored = (combination: Combination) => ignored !== null && combination.masks.includes(ignored);
  const trained = found.filter((combination) => !isIgnored(combination));
  const alone = trained.filter((combination) => combination.masks.length === 1);
  const several = trained.filter((combination) => combination.masks.length > 1);
  return [
    ...alone.sort((a, b) => (a.masks[0] ?? 0) - (b.masks[0] ?? 0)),
    ...several.sort((a, b) => b.voxels - a.voxels || byMask(a.masks, b.masks)),
    ...found.filter(isIgnored),
  ];
}

function byMask(a: readonly number[], b: readonly number[]): number {
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
      // If everything is overwritten, any of its labels will do.
      writes: written === null ? (own[0] ?? 0) : written + 1,
    };
  });
  const kept = new Set(writes);
  const changedLabels = trained.flatMap(({ voxels }, i) => (kept.has(i) || voxels === 0 ? [] : [i + 1]));
  return [{ regions, changedLabels, changedVoxels: voxelsOf(changedLabels, labels) }, exact];
}

/**
 * Uses as few additional regions as the order allows, by maximising the number of kept combinations. If a
 * region could keep several, it keeps its mask alone: that is then never lost, and all additional regions are
 * overlaps.
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
