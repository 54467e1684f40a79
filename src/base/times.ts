/** Measured times as the panel, the exports and the bench pass them on. Milliseconds. */

export interface Quartiles {
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
}

/** A time as far as it is known. */
export interface Figure extends Quartiles {
  /** The least time that the clocks could have told from none. */
  readonly resolutionMs: number;
  /**
   * The time is too few resolutions long to be known to a tenth: it is at most what the quartiles, all three
   * alike, say.
   */
  readonly atMost: boolean;
}

/** One stage of a path, for one whole batch. */
export interface StageTiming extends Figure {
  /**
   * How often the stage ran within one measurement, whose span was divided by that; 0 where the path has no
   * such stage.
   */
  readonly repetitions: number;
  /**
   * Of an empty wait for the GPU, measured in the same run and subtracted; null where nothing was waited for.
   */
  readonly roundTripMs: number | null;
  /** What the span was measured by; none where the path has no such stage. */
  readonly clock: "timestamp-query" | "wall" | "none";
}

/** Sums of medians and of quartiles over stages, so that what is shown adds up. */
export type SumTiming = Figure;

/** How many times faster, as far as it is known. */
export type Ratio =
  | { readonly kind: "exact" | "more" | "less"; readonly times: number }
  /** Neither time is known well enough. */
  | { readonly kind: "unknown" };
