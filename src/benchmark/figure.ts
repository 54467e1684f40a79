/** What can be said of a measured time, and of the ratio of two, given what the clocks could tell apart. */
import { quartiles } from "../base/statistics.ts";
import type { Figure, Ratio, StageTiming, SumTiming } from "../base/times.ts";
import { RESOLVED } from "./repetitions.ts";

/** How one stage was measured. */
export interface MeasuredHow {
  /** What the clocks could tell apart in one run of the stage. */
  readonly resolutionMs: number;
  readonly repetitions: number;
  readonly roundTripMs: number | null;
  readonly clock: StageTiming["clock"];
  /** What was measured holds the stage and may hold more. */
  readonly onlyBound?: boolean;
}

/** A path without this stage: there is nothing to measure. */
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
 * Quartiles of a stage's samples. Where the median is fewer than ten resolutions it is not known to a tenth:
 * then all three are the largest time that it may have been, and say so by `atMost`; so they are where the
 * measurement held more than the stage.
 */
export function stageTiming(samplesMs: readonly number[], how: MeasuredHow): StageTiming {
  if (how.repetitions === 0) return NO_STAGE;
  const measured = quartiles(samplesMs);
  const { onlyBound = false, ...known } = how;
  if (!onlyBound && measured.median > 0 && measured.median >= RESOLVED * known.resolutionMs)
    return { ...measured, p25: Math.max(measured.p25, known.resolutionMs), ...known, atMost: false };
  const most = Math.max(0, measured.p75) + known.resolutionMs;
  return { median: most, p25: most, p75: most, ...known, atMost: true };
}

/**
 * The sum of stages: of their medians, so that what is shown adds up, and of their quartiles likewise.
 */
export function sumOf(stages: readonly StageTiming[]): SumTiming {
  const total = (of: (stage: StageTiming) => number) => stages.reduce((sum, stage) => sum + of(stage), 0);
  const least = total((stage) => (stage.atMost ? 0 : stage.median));
  const median = total((stage) => stage.median);
  return {
    median,
    p25: total(({ p25 }) => p25),
    p75: total(({ p75 }) => p75),
    resolutionMs: total(({ resolutionMs }) => resolutionMs),
    // Bounds among the parts make the sum one, unless they hardly count in it.
    atMost: median - least > median / RESOLVED,
  };
}

/** Whether there is anything to show. */
export function isMeasured(stage: StageTiming): boolean {
  return stage.repetitions > 0;
}

/**
 * `base` over `other`: how many times faster `other` is. A time that is only known to be at most so much
 * makes the ratio a bound; two of them make it unknown.
 */
export function ratioOf(base: Figure, other: Figure): Ratio {
  if (!(base.median > 0) || !(other.median > 0) || (base.atMost && other.atMost)) return { kind: "unknown" };
  const times = base.median / other.median;
  if (!Number.isFinite(times)) return { kind: "unknown" };
  return { kind: other.atMost ? "more" : base.atMost ? "less" : "exact", times };
}
