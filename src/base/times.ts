/** Defines measured times as the panel, the exports and the benchmark pass them on, in milliseconds. */

export interface Quartiles {
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
}

/** A measured time with its uncertainty. */
export interface Figure extends Quartiles {
  /** The shortest time that the clock can distinguish from zero. */
  readonly resolutionMs: number;
  /**
   * The time spans too few clock steps to be known within a tenth; the three equal quartiles are an upper
   * bound.
   */
  readonly atMost: boolean;
}

/** One stage of a path, for one whole batch. */
export interface StageTiming extends Figure {
  /**
   * Number of runs of the stage within one measurement, by which the span was divided; 0 if the path lacks
   * the stage.
   */
  readonly repetitions: number;
  /**
   * Time of an empty wait for the GPU, measured in the same run and subtracted; null if nothing was waited
   * for.
   */
  readonly roundTripMs: number | null;
  /** The clock behind the span; "none" if the path lacks the stage. */
  readonly clock: "timestamp-query" | "wall" | "none";
}

/** Sums of the stages' medians and quartiles, so that displayed values add up. */
export type SumTiming = Figure;

/** Speed-up factor, as far as it is known. */
export type Ratio =
  | { readonly kind: "exact" | "more" | "less"; readonly times: number }
  /** Neither time is known well enough. */
  | { readonly kind: "unknown" };
