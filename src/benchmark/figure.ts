/**
 * Decides how precisely a measured time, or the ratio of two, can be stated, given the resolution of the
 * clocks.
 */
import { quartiles } from "../base/statistics.ts";
import type { Figure, Ratio, StageTiming, SumTiming } from "../base/times.ts";
import { RESOLVED } from "./repetitions.ts";

/** Says how a stage was measured. */
export interface MeasuredHow {
  /** The smallest difference that the clocks resolve in one run of the stage. */
  readonly resolutionMs: number;
  readonly repetitions: number;
  readonly roundTripMs: number | null;
  readonly clock: StageTiming["clock"];
  /** True if the measurement may hold more than the stage. */
  readonly onlyBound?: boolean;
}

/** Stands for a stage that a path does not have. */
export const NO_STAGE: StageTiming = {
  median: 0,
  p25: 0,
  p75: 0,
  resolutionMs: 0,
  repetitions: 0,
  roundTripMs: null,
  clock: "none",
  atMost: false,
};

/**
 * Computes the quartiles of a stage's times. A median below ten resolutions is not known to a tenth: then
 * all three are the largest time that the stage can have taken, and `atMost` is true. The same applies if the
 * measurement held more than the stage.
 */
export function stageTiming(timesMs: readonly number[], how: MeasuredHow): StageTiming {
  if (how.repetitions === 0) return NO_STAGE;
  const measured = quartiles(timesMs);
  const { onlyBound = false, ...known } = how;
  if (!onlyBound && measured.median > 0 && measured.median >= RESOLVED * known.resolutionMs)
    return { ...measured, p25: Math.max(measured.p25, known.resolutionMs), ...known, atMost: false };
  const most = Math.max(0, measured.p75) + known.resolutionMs;
  return { median: most, p25: most, p75: most, ...known, atMost: true };
}

/** Adds up stages by their medians, so that the figures shown add up, and likewise by their quartiles. */
export function sumOf(stages: readonly StageTiming[]): SumTiming {
  const total = (of: (stage: StageTiming) => number) => stages.reduce((sum, stage) => sum + of(stage), 0);
  const least = total((stage) => (stage.atMost ? 0 : stage.median));
  const median = total((stage) => stage.median);
  return {
    median,
    p25: total(({ p25 }) => p25),
    p75: total(({ p75 }) => p75),
    resolutionMs: total(({ resolutionMs }) => resolutionMs),
    // Bounds among the parts make the sum a bound, unless they hardly contribute to it.
    atMost: median - least > median / RESOLVED,
  };
}

/** True if the stage has a time to show. */
export function isMeasured(stage: StageTiming): boolean {
  return stage.repetitions > 0;
}

/**
 * Divides `base` by `other`: how many times faster `other` is. A time that is only an upper bound makes the
 * ratio a bound; two of them make it unknown.
 */
export function ratioOf(base: Figure, other: Figure): Ratio {
  if (!(base.median > 0) || !(other.median > 0) || (base.atMost && other.atMost)) return { kind: "unknown" };
  const times = base.median / other.median;
  if (!Number.isFinite(times)) return { kind: "unknown" };
  return { kind: other.atMost ? "more" : base.atMost ? "less" : "exact", times };
}
