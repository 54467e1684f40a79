/** Sentences about survival and shares of patches. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import type { Box } from "../../domain/analysis/components.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { PatchShares, RegionShare } from "../../domain/patches/patch-shares.ts";
import {
  goneMost,
  goneMostOf,
  goneText,
  MIN_GONE,
  percentOf,
  weightNote,
} from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { StepFacts, SurvivalOutcome, SurvivalTally } from "./survival-rows.ts";

/** Returns, for example, "no voxel at scale 2". */
export function outcomeText(outcome: SurvivalOutcome): string {
  switch (outcome.kind) {
    case "emptied":
      return `no voxel at scale ${outcome.scale}`;
    case "weightless":
      return `no voxel at scale ${outcome.scale} (weight 0)`;
    case "outside":
      return "not in the patch";
    case "absent":
      return "no voxel at any scale";
    case "kept":
      return "voxels at every scale";
  }
}

/** Returns, for example, "adrenal_glands, component 2 of 3, 21 voxels: no voxel at scale 2". */
export function stepText({ row, component, survival, outcome }: StepFacts): string {
  const which = `component ${component + 1} of ${formatCount(row.components)}`;
  return `${row.region.name}, ${which}, ${plural(survival.voxels, "voxel")}: ${outcomeText(outcome)}`;
}

/** Returns, for example, "and 1,234 smaller ones with 2,345 voxels". */
export function restText({ components, voxels }: { readonly components: number; readonly voxels: number }) {
  return `and ${formatCount(components)} smaller ${components === 1 ? "one" : "ones"} with ${plural(voxels, "voxel")}`;
}

/** Returns, for example, "36×27×12": mm per array axis, from edge to edge. */
export function boxText({ first, last }: Box, spacing: Triple): string {
  const mm = ([0, 1, 2] as const).map((axis) => (last[axis] - first[axis] + 1) * spacing[axis]);
  return mm.map((length) => (length < 10 ? String(Number(length.toFixed(1))) : length.toFixed(0))).join("×");
}

/** "84 positions anywhere, and one centred on each of 172,728 foreground voxels in 50 % of draws". */
export function patchSamplesText({
  patchSamples: { anywhere, foreground, annotated },
  foregroundShare,
}: Pick<PatchShares, "patchSamples" | "foregroundShare">): string {
  const others =
    annotated === null
      ? `at ${plural(anywhere, "position")} anywhere`
      : `centred on ${plural(annotated, "annotated voxel")}`;
  if (foregroundShare === 0 || foreground === 0) return others;
  return `${percentOf(1 - foregroundShare)} ${others}, ${percentOf(foregroundShare)} centred on ${plural(foreground, "foreground voxel")}`;
}

/** "in 97 % of patches". */
export function inPatchText({ inPatch }: Pick<RegionShare, "inPatch">): string {
  if (inPatch === 0) return "in no patch";
  return inPatch === 1 ? "in every patch" : `in ${percentOf(inPatch)} of patches`;
}

/** What the last column says of shares: its heading names the scales with weight, so others are named. */
interface WorstText {
  /** "gone in 11 % of patches": at the worst scale with weight. */
  readonly most: string;
  readonly share: number;
  /** "scale 2"; null if it is gone at no scale with weight. */
  readonly where: string | null;
  /** "39 % at scale 3 (weight 0)": at the worst scale that the loss leaves out. */
  readonly leftOut: string | null;
  /** "39 % at weight 0", for narrow columns. */
  readonly leftOutShort: string | null;
}

/** @param gone shares per scale; empty if no patch has the region */
export function worstText(gone: readonly number[], scales: readonly Scale[]): WorstText {
  if (gone.length === 0)
    return { most: "in no patch", share: 0, where: null, leftOut: null, leftOutShort: null };
  const used = goneMostOf(gone, scales, false);
  const unused = goneMostOf(gone, scales, true);
  return {
    most: goneText(used?.share ?? 0),
    share: used?.share ?? 0,
    where: used ? `scale ${used.scale}` : null,
    leftOut:
      unused && `${percentOf(unused.share)} at scale ${unused.scale}${weightNote(scales[unused.scale])}`,
    leftOutShort:
      unused &&
      `${percentOf(unused.share)} at ${weightNote(scales[unused.scale])
        .replace(/[ ()]+/g, " ")
        .trim()}`,
  };
}

/**
 * Says how many regions are gone in many patches at a scale used in the loss, and which one is most often.
 */
export function sharesText(
  rows: readonly { readonly name: string; readonly gone: readonly number[] }[],
  scales: readonly Scale[],
): string {
  const gone = rows.flatMap(({ name, gone: shares }) => {
    const most = goneMost(shares, scales);
    return most && !most.leftOut ? [{ name, ...most }] : [];
  });
  const [first, ...others] = gone;
  if (!first) return `no region is gone in any patch at a scale used in the loss. ${LEFT_OUT}`;
  const many = gone.filter(({ share }) => share >= MIN_GONE).length;
  const { name, share, scale } = others.reduce((a, b) => (b.share > a.share ? b : a), first);
  return (
    `${many === 0 ? "no region" : `${formatCount(many)} of ${plural(rows.length, "region")}`} ${many > 1 ? "are" : "is"} gone in ${percentOf(MIN_GONE)} or more of ` +
    `the patches with ${many > 1 ? "them" : "it"} at a scale used in the loss; most often ${name}, in ${percentOf(share)} at scale ${scale}. ${LEFT_OUT}`
  );
}

const LEFT_OUT = "Rotation, scaling and mirroring are left out.";

/** Summarises how many components and regions have no voxel at a scale used in the loss. */
export function tallyText({ components, emptied, regions, regionsEmptied }: SurvivalTally): string {
  if (emptied === 0 && regionsEmptied === 0) {
    return `all ${plural(components, "component")} of ${plural(regions, "region")} have voxels at every scale used in the loss.`;
  }
  const whole = regionsEmptied === 0 ? "" : ` The same is true of ${plural(regionsEmptied, "whole region")}.`;
  return `${formatCount(emptied)} of ${plural(components, "component")} ${emptied === 1 ? "has" : "have"} no voxel at a scale used in the loss.${whole}`;
}
