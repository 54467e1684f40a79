/** Explains how each figure of a benchmark came about, in sentences for the panel and the exports. */
import { formatTime } from "../base/format-units.ts";
import { PATH_NAMES } from "../domain/targets/target-paths.ts";
import { isMeasured } from "./figure.ts";
import type { BenchmarkResult } from "./result.ts";

export function howMeasured({
  clock,
  clocks,
  repeats,
  warmups,
  backend,
  adapter,
}: BenchmarkResult): string[] {
  const { stampStepMs, wallStepMs, roundTripMs, voidStamps } = clocks;
  return [
    `Each time is the median of ${repeats} runs, with both quartiles; the paths alternate, after ${warmups} or more runs to warm up. Loader part (prepare, upload, downsample) and total are the sums of the medians shown.`,
    stampStepMs === null
      ? `Prepare is timed by the browser's clock, which steps by ${formatTime(wallStepMs)}; so are downsample and decode, around a submission, as this adapter has no timestamp queries.`
      : `Downsample and decode are timed by the GPU's time stamps, which step by ${formatTime(stampStepMs)} here; prepare by the browser's clock, which steps by ${formatTime(wallStepMs)}.`,
    "A stage that is short beside those steps is repeated within one measurement and the span divided: the repeats run with warm caches. A time that is still below ten resolutions is shown as the most that it can be.",
    `${clock === "wall" ? "Upload, downsample and decode end" : "Upload is timed by the browser's clock and ends"} with a wait for the GPU; what an empty wait takes just before and after, ${formatTime(roundTripMs)} in the median of this run, is subtracted.`,
    ...(voidStamps.length > 0
      ? [
          `Time stamps of ${voidStamps.map(({ path, stage }) => `${path}'s ${stage}`).join(", ")} did not grow with the work, so the browser's clock was used for them.`,
        ]
      : []),
    `Results were written by ${backend === "raster" ? "render passes, which were faster than compute shaders" : "compute shaders, as render passes were not faster or are not possible"} on this adapter${adapter.software ? ", which emulates a GPU on the CPU" : ""}.`,
  ];
}

/** What to make of a stage that took less time than its limit; null if none did. */
export function belowLimit({ backend, limits, paths }: BenchmarkResult): string | null {
  const isBelow = PATH_NAMES.some((path) =>
    (["downsample", "decode"] as const).some((name) => {
      const stage = paths[path]?.stages[name];
      const limit = limits.trafficMs[path]?.[name] ?? null;
      return stage && limit !== null && isMeasured(stage) && !stage.atMost && stage.median < limit;
    }),
  );
  if (!isBelow) return null;
  return `Below 1×, the stage was faster than that shader, so its limit is no bound: ${
    backend === "raster"
      ? "results are written by render passes, which were faster here than compute shaders, and the limit is measured with one."
      : "times vary from run to run, and caches may hold what the limit reads from memory."
  }`;
}
