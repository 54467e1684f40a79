/** Names, colours and order of the paths in the benchmark. */
import type { BenchmarkResult, PathTiming } from "../../benchmark/result.ts";
import { PATH_NAMES, type PathName, type Stage } from "../../domain/targets/target-paths.ts";

/** CSS custom properties of the stages' colours. */
export const STAGE_COLORS: Readonly<Record<Stage, string>> = {
  prepare: "var(--stage-prepare)",
  upload: "var(--stage-upload)",
  downsample: "var(--stage-downsample)",
  decode: "var(--stage-decode)",
};

export const PACKED_PATHS: readonly PathName[] = ["bit-packed", "label-first"];

export interface Measured {
  readonly path: PathName;
  readonly timing: PathTiming;
}

/** The paths that were measured, in their fixed order. */
export function measuredPaths(benchmark: BenchmarkResult): Measured[] {
  return PATH_NAMES.flatMap((path) => {
    const timing = benchmark.paths[path];
    return timing ? [{ path, timing }] : [];
  });
}
