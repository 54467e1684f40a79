/** Checks what nnU-Net's resampling leaves of the regions of a case, before any scale. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { RegionChange } from "../training-grid/resampling-changes.ts";
import { type Finding, finding } from "./finding.ts";
import { percentText, regionList, voxelText } from "./text.ts";

/** Facts about the training grid of the open case. */
export interface ResampledFacts {
  /** Name of the plans' configuration. */
  readonly configuration: string;
  /** Spacings in mm, in the plans' order of axes: the reader's, and that of the configuration. */
  readonly from: Triple;
  readonly to: Triple;
  /** In channel order. */
  readonly regions: readonly RegionChange[];
}

/**
 * Share of a region that is worth knowing: it costs a perfect prediction half a percent of Dice. In the
 * bundled abdomen, where many organs touch, 3 of 25 regions reach it at 2 mm and 5 at 4.5 mm, with at most 3 %.
 */
const MIN_GAP_SHARE = 0.01;
/** Share of a region that contact between organs does not explain: one voxel in 20. */
const MIN_WARNED_GAP_SHARE = 0.05;

type NamedChange = RegionChange & Pick<RegionSet["regions"][number], "name" | "labels">;

/** Reports regions that are in the box but not in the training grid, except the ignore label. */
export function vanishesInResampling(set: RegionSet, facts: ResampledFacts): Finding[] {
  const gone = changesOf(set, facts).filter(({ isGone }) => isGone);
  if (gone.length === 0) return [];
  const names = gone.map(({ name }) => name);
  const most = Math.max(...gone.map(({ inside }) => inside));
  const [vanishes, them] = [
    pluralForm(names.length, "vanishes", "vanish"),
    pluralForm(names.length, "it", "them"),
  ];
  return [
    finding(
      "error",
      "vanishes-in-resampling",
      `${regionList(names)} (${names.length > 1 ? "at most " : ""}${voxelText(most)} in the file) ${vanishes} before training: nnU-Net resamples this ` +
        `case ${spacingText(facts)}, which leaves no voxel of ${them}. The network is trained as if ${pluralForm(names.length, "it", "they")} were absent. ` +
        "Plan with a finer spacing, or merge very small structures.",
      { regions: names, labels: labelsOf(gone) },
    ),
  ];
}

/** Judges each region by the share of its nearest stored voxels that are gaps. */
export function resamplingGaps(set: RegionSet, facts: ResampledFacts): Finding[] {
  const shares = changesOf(set, facts)
    .map((region) => ({ ...region, share: region.gaps / (region.trained - region.gained + region.lost) }))
    .filter(({ isGone, share }) => !isGone && share >= MIN_GAP_SHARE)
    .sort((a, b) => b.share - a.share);
  const [largest] = shares;
  if (!largest) return [];
  const names = shares.map(({ name }) => name);
  const isOne = names.length === 1;
  return [
    finding(
      largest.share >= MIN_WARNED_GAP_SHARE ? "warning" : "info",
      "resampling-gaps",
      `${regionList(names)} ${isOne ? "loses" : "lose up to"} ${percentText(largest.share)} of ${isOne ? "its" : "their"} voxels to background when nnU-Net ` +
        `resamples this case ${spacingText(facts)}: where several labels meet, sometimes none reaches one half, and the network is taught background there. ` +
        "With order and order_z 0 in resampling_fn_seg_kwargs of the plans, nnU-Net copies the nearest label and leaves no such gaps.",
      { regions: names, labels: labelsOf(shares) },
    ),
  ];
}

function changesOf({ regions }: RegionSet, facts: ResampledFacts): NamedChange[] {
  return regions.flatMap(({ name, labels, ignore }, channel) => {
    const change = facts.regions[channel];
    return change && !ignore ? [{ ...change, name, labels }] : [];
  });
}

function labelsOf(changes: readonly NamedChange[]): number[] {
  return [...new Set(changes.flatMap(({ labels }) => labels))];
}

/** "from 1×1×1 mm to the 2×2×2 mm of configuration “3d_fullres”" */
function spacingText({ configuration, from, to }: ResampledFacts): string {
  const mm = (lengths: Triple) => lengths.map((length) => Number(length.toFixed(3))).join("×");
  return `from ${mm(from)} mm to the ${mm(to)} mm of configuration “${configuration}”`;
}
