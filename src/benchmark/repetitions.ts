/**
 * Decides how often a stage runs within one measurement. Clocks step: a browser floors a GPU's time stamps to
 * 65,536 ns and its own clock to 0.1 ms, and a stage may take a hundredth of that. A stage is repeated until
 * the span of the repetitions is many steps long, and the span is divided by their number.
 */

/** A span of this many steps is known to one part in fifty. */
export const STEPS_PER_SPAN = 50;
/** A figure below this many resolutions is only a bound. */
export const RESOLVED = 10;
/**
 * Spans are at least this long however fine the clock, so that starting and stamping a pass is small beside
 * them.
 */
export const MIN_SPAN_MS = 0.2;
/** Wall-clock time that the repetitions of one measurement may take. */
export const BUDGET_MS = 100;
/**
 * Limits the repetitions of a stage in one measurement, because command buffers must not grow without end.
 */
export const MAX_REPETITIONS = 16_384;

/**
 * Finds the step of a clock: the greatest common divisor of the differences of its readings.
 *
 * @param stamps readings in whole units such as nanoseconds; zeros are readings that were never taken
 * @returns the step in the same unit; null if fewer than two readings differ
 */
export function quantumOf(stamps: readonly bigint[]): bigint | null {
  const taken = stamps.filter((stamp) => stamp !== 0n);
  const [first] = taken;
  if (first === undefined) return null;
  let divisor = 0n;
  for (const stamp of taken) divisor = gcd(divisor, stamp > first ? stamp - first : first - stamp);
  return divisor === 0n ? null : divisor;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/**
 * Finds the step of a clock whose readings are not whole numbers: the smallest difference between two of
 * them.
 *
 * @returns in the unit of the readings; null if they are all equal
 */
export function smallestStep(readings: readonly number[]): number | null {
  let step = Number.POSITIVE_INFINITY;
  for (const [i, reading] of readings.entries()) {
    const difference = reading - (readings[i - 1] ?? reading);
    // Floating point gives a step of 0.1 as 0.09999…, and differences far below a microsecond are no steps.
    if (difference > 1e-5) step = Math.min(step, difference);
  }
  return Number.isFinite(step) ? step : null;
}

/** One measurement: the time that a number of repetitions took. */
export interface Span {
  readonly repetitions: number;
  /** By the measuring clock; 0 if it did not step. */
  readonly spanMs: number;
  /** By the wall clock, including the wait for the GPU. */
  readonly wallMs: number;
}

interface RepetitionLimits {
  /** Step of the clock that measures the span. */
  readonly stepMs: number;
  /**
   * Limits the repetitions for another reason, such as the bytes that queue up; {@link MAX_REPETITIONS} by
   * default.
   */
  readonly most?: number;
}

/** Length that a span should have. */
export function targetSpanMs(stepMs: number): number {
  return Math.max(STEPS_PER_SPAN * stepMs, MIN_SPAN_MS);
}

/**
 * Gives the number of repetitions to try next.
 *
 * @returns null if the last span was long enough or no more repetitions are allowed
 */
export function nextRepetitions(
  last: Span,
  { stepMs, most = MAX_REPETITIONS }: RepetitionLimits,
): number | null {
  const target = targetSpanMs(stepMs);
  if (last.spanMs >= target) return null;
  // A span below one step may be anything up to a step, so it grows, but not in one leap.
  const missing = target / Math.max(last.spanMs, stepMs / 2, target / 64);
  const wanted = Math.ceil(last.repetitions * Math.min(16, Math.max(2, missing * 1.25)));
  const affordable = Math.floor((last.repetitions * BUDGET_MS) / Math.max(last.wallMs, 1e-3));
  const next = Math.min(wanted, affordable, most);
  return next > last.repetitions ? next : null;
}

/**
 * Checks whether stamps can be believed: twice the repetitions take about twice the time.
 *
 * @param once a span
 * @param twice a span of twice as many repetitions
 * @returns null if the spans are too few steps long to tell
 */
export function doubles(once: Span, twice: Span, stepMs: number): boolean | null {
  if (twice.spanMs < RESOLVED * stepMs && once.spanMs < RESOLVED * stepMs) return null;
  // Stamps that come too late, too early or never.
  if (once.spanMs <= 0) return false;
  // Each span may be a step off.
  const doubled = (2 * once.repetitions) / twice.repetitions;
  const least = ((twice.spanMs - stepMs) / (once.spanMs + stepMs)) * doubled;
  const most = ((twice.spanMs + stepMs) / Math.max(once.spanMs - stepMs, stepMs)) * doubled;
  return most > 1.5 && least < 2.7;
}

/**
 * Checks whether stamps grew from one span to another as the wall clock did. If other programs keep the
 * machine busy, twice the repetitions may take three times as long by either clock; meaningless stamps do not
 * follow.
 */
export function growsAsWall(once: Span, twice: Span, roundTripMs: number): boolean {
  const worked = once.wallMs - roundTripMs;
  // Shorter spans are mostly the wait and say little.
  if (worked < 5 * roundTripMs || once.spanMs <= 0) return false;
  const wallGrowth = (twice.wallMs - roundTripMs) / worked;
  const growth = twice.spanMs / once.spanMs;
  return wallGrowth > 1.25 && growth > 0.85 * wallGrowth && growth < 1.18 * wallGrowth;
}

/**
 * Checks whether the wall clock, which saw the same work and a little more, agrees with a span of the GPU's
 * clock.
 */
export function agreesWithWall({ spanMs, wallMs }: Span, roundTripMs: number): boolean {
  const worked = wallMs - roundTripMs;
  return worked >= 20 * roundTripMs && spanMs > 0.7 * worked && spanMs < 1.1 * worked;
}
