/** Checks what nnU-Net's cropping and resampling leave of the regions of a case, before any scale. */
import { pluralForm } from "../../base/format-numbers.ts";
import { continued } from "../../base/sentence.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Refused } from "../training-grid/resampling.ts";
import type { RegionChange } from "../training-grid/resampling-changes.ts";
import { type Finding, finding } from "./finding.ts";
import { percentText, regionList, voxelText } from "./text.ts";

/** Codes of findings that are about places. */
export const VANISHES = "vanishes-in-resampling";
export const CROPPED = "cropped-away";
export const GAPS = "resampling-gaps";

/** Facts about the training grid of the open case. */
export interface ResampledFacts {
  /** Name of the plans' configuration. */
  readonly configuration: string;
  /** Spacings in mm, in the plans' order of axes: the reader's, and that of the configuration. */
  readonly from: Triple;
  readonly to: Triple;
  /** Voxels of the training grid. */
  readonly shape: Triple;
  /** Why the box that nnU-Net crops to is not known, so that the whole case was resampled; null if it is. */
  readonly uncropped: string | null;
  /** In channel order. */
  readonly regions: readonly RegionChange[];
}

/** Why there is no training grid. */
export interface RefusedFacts {
  /** Name of the plans' configuration. */
  readonly configuration: string;
  readonly refused: Refused;
  /** What cropping leaves of each region, in channel order; omitted if that is not known. */
  readonly regions?: readonly CroppedRegion[];
}

/** Voxels in the nonzero box, and outside it. */
type CroppedRegion = Pick<RegionChange, "inside" | "outside">;

/**
 * Share of a region that is worth knowing: it costs a perfect prediction half a percent of Dice. In the
 * bundled abdomen, where many organs touch, 3 of 25 regions reach it at 2 mm and 5 at 4.5 mm, with at most
 * 3 %.
 */
const MIN_GAP_SHARE = 0.01;
/** Share of a region that contact between organs, or a dark margin, does not explain: one voxel in 20. */
const MIN_WARNED_SHARE = 0.05;

type Named<T> = T & Pick<RegionSet["regions"][number], "name" | "labels">;

/** Reports regions that are in the box but not in the training grid, except the ignore label. */
export function vanishesInResampling(set: RegionSet, facts: ResampledFacts): Finding[] {
  const gone = named(set, facts.regions).filter(({ isGone }) => isGone);
  if (gone.length === 0) return [];
  const names = gone.map(({ name }) => name);
  const isOne = names.length === 1;
  return [
    finding(
      "error",
      VANISHES,
      `${regionList(names, 3)} ${isOne ? "vanishes" : "vanish"} before training`,
      `${regionList(names)} (${isOne ? "" : "at most "}${voxelText(mostVoxels(gone))} in the file) ${isOne ? "vanishes" : "vanish"} before training: resampled ` +
        `${spacingText(facts)}, ${isOne ? "it has" : "they have"} no voxel left, so the network learns that ${isOne ? "it is" : "they are"} absent. ` +
        `Plan with a finer spacing, or merge very small structures.${ifUncropped(facts)}`,
      { regions: names, labels: labelsOf(gone) },
    ),
  ];
}

/** Judges each region by the share of its nearest stored voxels that are gaps. */
export function resamplingGaps(set: RegionSet, facts: ResampledFacts): Finding[] {
  const shares = named(set, facts.regions)
    .map((region) => ({ ...region, share: region.gaps / (region.trained - region.gained + region.lost) }))
    .filter(({ isGone, share }) => !isGone && share >= MIN_GAP_SHARE)
    .sort((a, b) => b.share - a.share);
  const [largest] = shares;
  if (!largest) return [];
  const names = shares.map(({ name }) => name);
  const isOne = names.length === 1;
  return [
    finding(
      largest.share >= MIN_WARNED_SHARE ? "warning" : "info",
      GAPS,
      `${regionList(names, 3)} ${isOne ? "loses" : "lose up to"} ${percentText(largest.share)} to gaps in resampling`,
      `${regionList(names)} ${isOne ? "loses" : "lose up to"} ${percentText(largest.share)} of ${isOne ? "its" : "their"} voxels to background when nnU-Net ` +
        `resamples this case ${spacingText(facts)}: where several labels meet, sometimes none reaches one half, and the network is taught background there. ` +
        `With order and order_z 0 in resampling_fn_seg_kwargs of the plans, nnU-Net copies the nearest label and leaves no such gaps.${ifUncropped(facts)}`,
      { regions: names, labels: labelsOf(shares) },
    ),
  ];
}

/** Reports regions with voxels outside the nonzero box, except the ignore label and those with background. */
export function croppedAway(set: RegionSet, regions: readonly CroppedRegion[]): Finding[] {
  const cropped = named(set, regions).filter(
    ({ outside, labels }) => outside > 0 && !labels.includes(0) && !labels.includes(-1),
  );
  return [
    ...allCropped(cropped.filter(({ inside }) => inside === 0)),
    ...partCropped(cropped.filter(({ inside }) => inside > 0)),
  ];
}

const OUTSIDE = "outside the box of the image's nonzero voxels";
const CROPS = "nnU-Net crops each case to that box before training";
const CHECK_IMAGE =
  "Check that image and labels belong together, and that the image is not blanked out there.";

function allCropped(regions: readonly Named<CroppedRegion>[]): Finding[] {
  if (regions.length === 0) return [];
  const names = regions.map(({ name }) => name);
  const isOne = names.length === 1;
  return [
    finding(
      "error",
      CROPPED,
      `${regionList(names, 3)} ${isOne ? "is" : "are"} cropped away`,
      `${regionList(names)} (${isOne ? "" : "at most "}${voxelText(mostVoxels(regions))} in the file) ${isOne ? "lies" : "lie"} ${OUTSIDE}: ${CROPS} ` +
        `and keeps nothing of ${isOne ? "it" : "them"}, so the network is trained as if ${isOne ? "it" : "they"} were absent. ${CHECK_IMAGE}`,
      { regions: names, labels: labelsOf(regions) },
    ),
  ];
}

function partCropped(regions: readonly Named<CroppedRegion>[]): Finding[] {
  const shares = regions
    .map((region) => ({ ...region, share: region.outside / (region.inside + region.outside) }))
    .sort((a, b) => b.share - a.share);
  const [most] = shares;
  if (!most) return [];
  const names = shares.map(({ name }) => name);
  const isOne = names.length === 1;
  const has = isOne ? "has" : "have up to";
  return [
    finding(
      most.share >= MIN_WARNED_SHARE ? "warning" : "info",
      CROPPED,
      `${regionList(names, 3)} ${isOne ? "loses" : "lose up to"} ${percentText(most.share)} to cropping`,
      `${regionList(names)} ${has} ${percentText(most.share)} of ${pluralForm(names.length, "its", "their")} voxels ${OUTSIDE}: ${CROPS} ` +
        `and keeps none of those. ${CHECK_IMAGE}`,
      { regions: names, labels: labelsOf(shares) },
    ),
  ];
}

/** Reports why there is no training grid, unless nothing is wrong. */
export function resamplingRefused({ configuration, refused: { reason, problem } }: RefusedFacts): Finding[] {
  if (!problem) return [];
  const message = `Configuration “${configuration}”: ${continued(reason)} ${problem.remedy}`;
  if (problem.kind === "stops")
    return [finding("error", "resampling-stops", "Preprocessing stops at this case", message)];
  const isAveraged = problem.kind === "averages";
  return [
    finding(
      isAveraged ? "error" : "info",
      "resampling-unknown",
      isAveraged ? "Resampling averages the labels" : "The resampling of these plans is not computed here",
      message,
    ),
  ];
}

/** Of the region with the most voxels in the file. */
function mostVoxels(regions: readonly CroppedRegion[]): number {
  return Math.max(...regions.map(({ inside, outside }) => inside + outside));
}

/** Without the ignore label. @param changes in channel order */
function named<T extends CroppedRegion>({ regions }: RegionSet, changes: readonly T[]): Named<T>[] {
  return regions.flatMap(({ name, labels, ignore }, channel) => {
    const change = changes[channel];
    return change && !ignore ? [{ ...change, name, labels }] : [];
  });
}

function labelsOf(changes: readonly Named<CroppedRegion>[]): number[] {
  return [...new Set(changes.flatMap(({ labels }) => labels))];
}

function ifUncropped({ uncropped }: ResampledFacts): string {
  return uncropped === null ? "" : ` Not cropped first: ${continued(uncropped)}`;
}

/** "from 1×1×1 mm to 50×60×60 voxels of 2×2×2 mm (configuration “3d_fullres”)" */
function spacingText({ configuration, from, to, shape }: ResampledFacts): string {
  const mm = (lengths: Triple) => lengths.map((length) => Number(length.toFixed(3))).join("×");
  return `from ${mm(from)} mm to ${shape.join("×")} voxels of ${mm(to)} mm (configuration “${configuration}”)`;
}
