/** Runs benchmarks and sweeps of the open case in a worker and exports their results. */

import { inBackground, workInBackground } from "../../app/busy.ts";
import type { BenchmarkOptions } from "../../app/commands/commands.ts";
import { fileStem, saveFile } from "../../app/save-file.ts";
import { SWEEP_BATCH, SWEEP_CHANNELS, SWEEP_REPEATS } from "../../benchmark/sweep.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import {
  benchmarkFinished,
  benchmarkProgressed,
  benchmarkStopped,
  sweepArrived,
  sweepProgressed,
  sweepStopped,
} from "../../state/actions/benchmark-actions.ts";
import { selectRegionSet, selectRegionTable, selectScales } from "../../state/case/case-selectors.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import type { BenchmarkPlan } from "../../targets/measure/memory-plan.ts";
import { type BenchmarkJob, planOf } from "../../targets/measure/run-benchmark.ts";
import { benchmarkInWorker } from "../../workers/benchmark.ts";

export class TimingRuns {
  #benchmark: AbortController | null = null;
  #sweep: AbortController | null = null;

  runBenchmark(options: BenchmarkOptions): void {
    const job = openJob(options);
    if (!job || measuring(useStore.getState())) return;
    const abort = new AbortController();
    this.#benchmark = abort;
    const store = useStore.getState();
    benchmarkProgressed({ fraction: 0, step: "starting" });
    const run = async () => {
      try {
        const listeners = { onProgress: benchmarkProgressed };
        const benchmark = await benchmarkInWorker({ kind: "case", job }, listeners, abort.signal);
        const { openCase } = store;
        // The result does not apply to a case opened meanwhile.
        if (useStore.getState().openCase === openCase) benchmarkFinished(benchmark);
      } finally {
        this.#benchmark = null;
        benchmarkStopped();
      }
    };
    inBackground(run, { signal: abort.signal, sentence: (why) => `The comparison failed: ${why}` });
  }

  cancelBenchmark(): void {
    this.#benchmark?.abort(new DOMException("cancelled", "AbortError"));
  }

  runSweep(): void {
    const base = openJob({ repeats: SWEEP_REPEATS, batch: SWEEP_BATCH, targetFormat: "byte" });
    if (!base || measuring(useStore.getState())) return;
    const abort = new AbortController();
    this.#sweep = abort;
    sweepProgressed({ fraction: 0, step: "starting" });
    sweepArrived([]);
    const run = async () => {
      try {
        await benchmarkInWorker(
          { kind: "sweep", job: { base, channelCounts: SWEEP_CHANNELS } },
          {
            onProgress: sweepProgressed,
            onPoint: (point) => {
              const now = useStore.getState();
              sweepArrived([...(now.sweep ?? []), point]);
            },
          },
          abort.signal,
        );
      } finally {
        this.#sweep = null;
        sweepStopped();
      }
    };
    inBackground(run, { signal: abort.signal, sentence: (why) => `The sweep failed: ${why}` });
  }

  cancelSweep(): void {
    this.#sweep?.abort(new DOMException("cancelled", "AbortError"));
  }

  /**
   * Plans the measurement of the open case and its memory, using the page's own device, which is like the
   * benchmark's.
   */
  planOf(gpu: Gpu | null, options: Omit<BenchmarkOptions, "repeats">): BenchmarkPlan | null {
    const job = openJob({ ...options, repeats: 1 });
    // Until a benchmark has found the faster backend, plans for the one that needs more memory.
    return gpu && job ? planOf(gpu, job, useStore.getState().benchmark?.backend ?? "raster") : null;
  }

  /** Cancels all runs, for example because another case is opened. */
  cancelAll(): void {
    this.cancelBenchmark();
    this.cancelSweep();
  }

  exportBenchmark(format: "json" | "csv" | "markdown"): void {
    const { benchmark, sweep, projection, openCase } = useStore.getState();
    if (!benchmark) return;
    const record = { benchmark, sweep, projection, caseName: openCase?.name ?? null };
    const stem = `regionscope-timing-${fileStem(openCase?.name ?? "case")}`;
    workInBackground(async () => {
      const [{ toJson }, { toCsv }, { toMarkdown }] = await Promise.all([
        import("../../benchmark/export.ts"),
        import("../../benchmark/export-csv.ts"),
        import("../../benchmark/export-markdown.ts"),
      ]);
      if (format === "json") saveFile(`${stem}.json`, toJson(record), "application/json");
      else if (format === "csv") saveFile(`${stem}.csv`, toCsv(benchmark), "text/csv");
      else saveFile(`${stem}.md`, toMarkdown(record), "text/markdown");
    });
  }
}

function openJob({ repeats, batch, targetFormat }: BenchmarkOptions): BenchmarkJob | null {
  const state = useStore.getState();
  const { openCase, mode } = state;
  const channels = selectRegionSet(state)?.regions.length ?? 0;
  if (!openCase || channels === 0) return null;
  const item = { source: openCase.source, table: selectRegionTable(state) };
  const items = Array.from({ length: batch }, () => item);
  return { items, channels, scales: selectScales(state), mode, targetFormat, repeats, size: null };
}
