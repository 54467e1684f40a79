/** Times of the CPU alone over a comparison: groups of one repeat add up to one sample, as for the paths. */
import type { CpuTiming } from "../timing/comparison.ts";
import { quartiles } from "../timing/statistics.ts";
import { CpuLoader, type CpuTimes, type CpuWork } from "./cpu-loader.ts";

export class CpuClock {
  #loaders: readonly CpuLoader[] = [];
  readonly #samples: CpuTimes[] = [];

  /** Patches that are worked on next, one after the other; lets go of those before. */
  open(group: readonly CpuWork[]): void {
    this.#loaders = [];
    this.#loaders = group.map((work) => new CpuLoader(work));
  }

  /** @param repeat below 0 to warm up */
  run(repeat: number): void {
    const times = this.#loaders.map((loader) => loader.run());
    if (repeat < 0) return;
    const before = this.#samples[repeat] ?? { convert: 0, downsample: 0 };
    this.#samples[repeat] = times.reduce(
      (sum, t) => ({ convert: sum.convert + t.convert, downsample: sum.downsample + t.downsample }),
      before,
    );
  }

  /** Null when nothing ran. */
  timing(): CpuTiming | null {
    if (this.#samples.length === 0) return null;
    const of = (value: (times: CpuTimes) => number) => quartiles(this.#samples.map(value));
    return {
      convertMs: of(({ convert }) => convert),
      downsampleMs: of(({ downsample }) => downsample),
      loaderMs: of(({ convert, downsample }) => convert + downsample),
    };
  }
}
