/** Sentences about survival and sweeps. */
import { formatCount, formatShape, plural } from "../../base/format-numbers.ts";
import type { Box } from "../../domain/analysis/components.ts";
import type { SweptSurvival } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { OriginRange } from "../../domain/targets/patch.ts";
import { originCount } from "../../domain/targets/patch.ts";
import type { SweepResult, SweepSettings } from "../../state/slices/survival-slice.ts";
import type { StepFacts, SurvivalOutcome, SurvivalTally } from "./survival-rows.ts";

/** Returns, for example, "vanishes at scale 2". */
export function outcomeText(outcome: SurvivalOutcome): string {
  switch (outcome.kind) {
    case "vanishes":
      return `vanishes at scale ${outcome.scale}`;
    case "weightless":
      return `vanishes at scale ${outcome.scale} (weight 0)`;
    case "outside":
      return "not in the patch";
    case "absent":
      return "not in the case";
    case "kept":
      return "kept at every scale";
  }
}

/** Returns, for example, "adrenal_glands, component 2 of 3, 21 voxels: vanishes at scale 2". */
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

function patches(n: number): string {
  return `${formatCount(n)} ${n === 1 ? "patch" : "patches"}`;
}

/** Formats a share so that 0 % and 100 % mean exactly none and all. */
export function shareText(n: number, of: number): string {
  if (of === 0) return "–";
  const percent = (100 * n) / of;
  if (n === 0 || n === of) return `${percent} %`;
  if (percent < 1) return "<1 %";
  return percent > 99 ? ">99 %" : `${Math.round(percent)} %`;
}

/** Returns, for example, "in 66 of 66 patches". */
export function inPatchText({ inPatch }: SweptSurvival, used: number): string {
  return `in ${formatCount(inPatch)} of ${patches(used)}`;
}

/** Describes a sweep's result at the scale used in the loss that loses the component most often. */
export function sweptText({ inPatch, perScale }: SweptSurvival, scales: readonly Scale[]): string {
  if (inPatch === 0) return "not in any patch";
  let worst: number | null = null;
  scales.forEach(({ lossWeight }, s) => {
    if (lossWeight > 0 && (worst === null || (perScale[s] ?? 0) < (perScale[worst] ?? 0))) worst = s;
  });
  if (worst === null || (perScale[worst] ?? 0) === inPatch) return "kept in all of them";
  return `kept at scale ${worst} in ${shareText(perScale[worst] ?? 0, inPatch)} of them`;
}

/** Describes which patches a sweep would sample. */
export function sweepPlan(size: Triple, range: OriginRange, { patchSamples, limit }: SweepSettings): string {
  const patch = `A patch of ${formatShape(size)}`;
  if (patchSamples === "foreground") {
    return `${patches(limit)} of ${formatShape(size)}, centred on random voxels of random regions, like one patch in each nnU-Net batch of two.`;
  }
  const possible = originCount(range);
  const has = `${patch} has ${plural(possible, "possible position")}`;
  return possible <= limit
    ? `${has}; ${possible === 1 ? "it" : "all"} will be checked.`
    : `${has}; ${formatCount(limit)} will be sampled.`;
}

/** Describes which patches a sweep sampled. */
export function sweepStatement({ asked, sweep }: SweepResult): string {
  const { kind, possible, used, exhaustive, seed } = sweep.patchSamples;
  const patch = `patch ${formatShape(sweep.size)}`;
  const fallback = asked === kind ? "" : "No region has voxels, so patches are random. ";
  if (kind === "foreground") {
    return `${patches(used)} (seed ${seed}), each centred on a random voxel of a random region; ${patch}.`;
  }
  const positions = plural(possible ?? 0, "possible position");
  return exhaustive
    ? `${fallback}${positions}, all ${formatCount(used)} checked; ${patch}.`
    : `${fallback}${positions}, ${formatCount(used)} sampled (seed ${seed}); ${patch}.`;
}

/** Summarises how many components and regions vanish at a scale used in the loss. */
export function tallyText({ components, vanishing, regions, regionsVanishing }: SurvivalTally): string {
  if (vanishing === 0 && regionsVanishing === 0) {
    return `All ${plural(components, "component")} of ${plural(regions, "region")} are kept at every scale used in the loss.`;
  }
  const whole =
    regionsVanishing === 0
      ? "No region vanishes completely"
      : `${formatCount(regionsVanishing)} of ${plural(regions, "region")} ${regionsVanishing === 1 ? "vanishes" : "vanish"} completely`;
  return `${formatCount(vanishing)} of ${plural(components, "component")} ${vanishing === 1 ? "vanishes" : "vanish"} at a scale used in the loss. ${whole}.`;
}
