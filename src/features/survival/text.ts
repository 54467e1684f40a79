/** Sentences about survival and sweeps. */
import { formatCount, formatShape, plural } from "../../base/format-numbers.ts";
import type { Box } from "../../domain/analysis/components.ts";
import type { SweptPresence } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { OriginRange } from "../../domain/targets/patch.ts";
import { originCount } from "../../domain/targets/patch.ts";
import type { SweepAnswer, SweepWish } from "../../state/slices/survival-slice.ts";
import type { Fate, StepFacts, SurvivalTally } from "./survival-rows.ts";

/** Returns, for example, "vanishes at scale 2". */
export function fateText(fate: Fate): string {
  switch (fate.kind) {
    case "vanishes":
      return `vanishes at scale ${fate.scale}`;
    case "weightless":
      return `vanishes at scale ${fate.scale} (weight 0)`;
    case "outside":
      return "not in the patch";
    case "absent":
      return "not in the case";
    case "kept":
      return "kept at every scale";
  }
}

/** Returns, for example, "adrenal_glands, component 2 of 3, 21 voxels: vanishes at scale 2". */
export function stepText({ row, component, survival, fate }: StepFacts): string {
  const which = `component ${component + 1} of ${formatCount(row.components)}`;
  return `${row.region.name}, ${which}, ${plural(survival.voxels, "voxel")}: ${fateText(fate)}`;
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

/** Formats a share so that 0 % and 100 % mean exactly none and all. */
export function shareText(n: number, of: number): string {
  if (of === 0) return "–";
  const percent = (100 * n) / of;
  if (n === 0 || n === of) return `${percent} %`;
  if (percent < 1) return "<1 %";
  return percent > 99 ? ">99 %" : `${Math.round(percent)} %`;
}

/** Returns, for example, "in patch 66 of 66". */
export function inPatchText({ inPatch }: SweptPresence, taken: number): string {
  return `in patch ${formatCount(inPatch)} of ${formatCount(taken)}`;
}

/** Describes a sweep's result at the scale used in the loss that loses the component most often. */
export function sweptText({ inPatch, perScale }: SweptPresence, scales: readonly Scale[]): string {
  if (inPatch === 0) return "never in the patch";
  let worst: number | null = null;
  scales.forEach(({ lossWeight }, s) => {
    if (lossWeight > 0 && (worst === null || (perScale[s] ?? 0) < (perScale[worst] ?? 0))) worst = s;
  });
  if (worst === null || (perScale[worst] ?? 0) === inPatch) return "survives in all of them";
  return `survives at scale ${worst} in ${shareText(perScale[worst] ?? 0, inPatch)}`;
}

/** Describes which patches a sweep would sample. */
export function sweepPlan(size: Triple, range: OriginRange, { draws, limit }: SweepWish): string {
  const patch = `A patch of ${formatShape(size)}`;
  if (draws === "foreground") {
    return `${patch} centred on a voxel of a region drawn at random, ${formatCount(limit)} times: as the loader does for one patch of a batch of two.`;
  }
  const possible = originCount(range);
  const has = `${patch} has ${plural(possible, "possible origin")}`;
  return possible <= limit
    ? `${has}: ${possible === 1 ? "it is" : "all are"} taken.`
    : `${has}: ${formatCount(limit)} draws are taken.`;
}

/** Describes which patches a sweep sampled. */
export function sweepStatement({ asked, sweep }: SweepAnswer): string {
  const { kind, possible, taken, exhaustive, seed } = sweep.draws;
  const patch = `patch ${formatShape(sweep.size)}`;
  const fallback = asked === kind ? "" : "No region has a voxel, so patches lie anywhere. ";
  if (kind === "foreground") {
    return `${formatCount(taken)} draws (seed ${seed}), each centred on a voxel of a region; ${patch}.`;
  }
  const origins = `${plural(possible ?? 0, "origin")} possible`;
  return exhaustive
    ? `${fallback}${origins}, all ${formatCount(taken)} taken; ${patch}.`
    : `${fallback}${origins}, ${formatCount(taken)} draws taken (seed ${seed}); ${patch}.`;
}

/** Summarises how many components and regions vanish at a scale used in the loss. */
export function tallyText({ components, vanishing, regions, regionsVanishing }: SurvivalTally): string {
  if (vanishing === 0 && regionsVanishing === 0) {
    return `All ${plural(components, "component")} of ${plural(regions, "region")} are kept at every scale that the loss sees.`;
  }
  const whole =
    regionsVanishing === 0
      ? "no region as a whole"
      : `${formatCount(regionsVanishing)} of ${plural(regions, "region")} as a whole`;
  return `${formatCount(vanishing)} of ${plural(components, "component")} vanish at a scale that the loss sees, ${whole}.`;
}
