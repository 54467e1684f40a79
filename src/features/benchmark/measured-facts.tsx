/** Facts about a benchmark: adapter, clock, workload and runs, with a note if it is outdated. */
import { plural } from "../../base/format-numbers.ts";
import { adapterName } from "../../benchmark/export-csv.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import { selectRegionSet, selectScales } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";

/** Shown above the figures if the case has changed since. */
export function OutdatedNote({ benchmark: { workload } }: { readonly benchmark: BenchmarkResult }) {
  const outdated = useStore(
    (s) =>
      s.mode !== workload.mode ||
      !sameScales(selectScales(s), workload.scales) ||
      selectRegionSet(s)?.regions.length !== workload.channels,
  );
  if (!outdated) return null;
  return (
    <p className="timing-note timing-outdated">
      Mode, scales or regions have changed since; these times are for the previous ones.
    </p>
  );
}

export function MeasuredFacts({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const { workload } = benchmark;
  return (
    <dl className="timing-facts" aria-label="What was measured">
      <dt>Adapter</dt>
      <dd>{adapterName(benchmark)}</dd>
      <dt>GPU times</dt>
      <dd>
        {benchmark.clock === "timestamp-query"
          ? "Timestamp queries"
          : "Wall clock around each submission: this adapter has no timestamp queries"}
      </dd>
      <dt>Workload</dt>
      <dd>
        {plural(workload.channels, "channel")}, {plural(workload.scales.length, "scale")}, {workload.batch} ×{" "}
        {workload.shape.join("×")} (the whole case), {workload.mode}, 1 {workload.targetFormat} per target
        voxel
      </dd>
      <dt>Runs</dt>
      <dd>
        {benchmark.repeats} of each path, alternating, after {plural(benchmark.warmups, "warm-up run")}
      </dd>
      {benchmark.skipped.map(({ path, reason }) => (
        <Skipped key={path} path={path} reason={reason} />
      ))}
    </dl>
  );
}

function Skipped({ path, reason }: { readonly path: string; readonly reason: string }) {
  return (
    <>
      <dt>Left out</dt>
      <dd>
        {path}: {reason}
      </dd>
    </>
  );
}

function sameScales(
  now: BenchmarkResult["workload"]["scales"],
  then: BenchmarkResult["workload"]["scales"],
): boolean {
  const text = (scales: typeof now) => scales.map(({ shape, factors }) => `${shape}:${factors}`).join(" ");
  return text(now) === text(then);
}
