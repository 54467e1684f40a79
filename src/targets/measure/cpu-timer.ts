/** Times the CPU baseline during a benchmark. Groups of one repeat add up to one time, as for paths. */
import { stageTiming, sumOf } from "../../benchmark/figure.ts";
import { nextRepetitions, type Span } from "../../benchmark/repetitions.ts";
import type { CpuTiming } from "../../benchmark/result.ts";
import { CpuBaseline, type CpuTimes, type CpuWork } from "./cpu-baseline.ts";

/** Limits the passes over the patches in one measurement. */
const MAX_REPETITIONS = 1024;

export class CpuTimer {
  #baselines: readonly CpuBaseline[] = [];
  #repetitions = 1;
  /** Repetitions of the group with the fewest. */
  #fewest = Number.POSITIVE_INFINITY;
  #resolutionMs = 0;
  #downsamples = false;
  readonly #measured: CpuTimes[] = [];

  /** @param stepMs step of the browser's clock */
  constructor(readonly stepMs: number) {}

  /**
   * Takes the patches to work on next, one after the other, and lets go of the previous ones. Runs them to
   * find how often to repeat.
   */
  open(group: readonly CpuWork[]): void {
    this.#baselines = [];
    this.#baselines = group.map((work) => new CpuBaseline(work));
    this.#repetitions = 1;
    if (group.length === 0) return;
    this.#downsamples ||= this.#baselines.some((baseline) => baseline.downsamples);
    let span = this.#span(1);
    for (;;) {
      // The shorter of the two parts decides.
      const next = nextRepetitions(span, { stepMs: this.stepMs, most: MAX_REPETITIONS });
      if (next === null) break;
      this.#repetitions = next;
      span = this.#span(next);
    }
    this.#fewest = Math.min(this.#fewest, this.#repetitions);
    this.#resolutionMs += this.stepMs / this.#repetitions;
  }

  /** @param repeat index of the measurement that this run is part of */
  run(repeat: number): void {
    const times = this.#times(this.#repetitions);
    const before = this.#measured[repeat] ?? { convert: 0, downsample: 0 };
    this.#measured[repeat] = {
      convert: before.convert + times.convert,
      downsample: before.downsample + times.downsample,
    };
  }

  /** Null when nothing ran. */
  timing(): CpuTiming | null {
    if (this.#measured.length === 0) return null;
    const how = {
      resolutionMs: this.#resolutionMs,
      repetitions: this.#fewest,
      roundTripMs: null,
      clock: "wall",
    } as const;
    const convertMs = stageTiming(
      this.#measured.map(({ convert }) => convert),
      how,
    );
    const downsampleMs = stageTiming(
      this.#measured.map(({ downsample }) => downsample),
      this.#downsamples ? how : { ...how, repetitions: 0 },
    );
    return { convertMs, downsampleMs, loaderMs: sumOf([convertMs, downsampleMs]) };
  }

  #span(repetitions: number): Span {
    const start = performance.now();
    const { convert, downsample } = this.#times(repetitions);
    const spanMs = (this.#downsamples ? Math.min(convert, downsample) : convert) * repetitions;
    return { repetitions, spanMs, wallMs: performance.now() - start };
  }

  /** Times of one pass: the mean over all repetitions. */
  #times(repetitions: number): CpuTimes {
    const sum = { convert: 0, downsample: 0 };
    for (const baseline of this.#baselines) {
      const { convert, downsample } = baseline.run(repetitions);
      sum.convert += convert;
      sum.downsample += downsample;
    }
    return { convert: sum.convert / repetitions, downsample: sum.downsample / repetitions };
  }
}
