/** Runs the benchmark suite from the page, one workload after the other, and exports its results. */
import { inBackground } from "../../app/busy.ts";
import { saveFile } from "../../app/save-file.ts";
import { SUITE, type SuiteResult, suiteJson, suiteMarkdown, workloadName } from "../../benchmark/suite.ts";
import { suiteArrived, suiteProgressed, suiteStopped } from "../../state/actions/benchmark-actions.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { benchmarkInWorker } from "../../workers/benchmark.ts";

/** Like the defaults of `npm run bench -- --suite`, but with fewer repeats, because a person waits. */
const BATCH = 2;
const REPEATS = 3;

export class SuiteRuns {
  #abort: AbortController | null = null;

  run(): void {
    if (measuring(useStore.getState())) return;
    const abort = new AbortController();
    this.#abort = abort;
    suiteArrived([]);
    const run = async () => {
      try {
        await this.#measure(abort.signal);
      } finally {
        this.#abort = null;
        suiteStopped();
      }
    };
    inBackground(run, { signal: abort.signal, sentence: (why) => `The suite failed: ${why}` });
  }

  cancel(): void {
    this.#abort?.abort(new DOMException("cancelled", "AbortError"));
  }

  export(format: "json" | "markdown"): void {
    const { suite } = useStore.getState();
    if (!suite || suite.length === 0) return;
    const result: SuiteResult = { runs: suite, pages: [], browser: browserName() };
    if (format === "json")
      saveFile(
        "regionscope-suite.json",
        `${JSON.stringify(suiteJson(result), null, 2)}\n`,
        "application/json",
      );
    else saveFile("regionscope-suite.md", suiteMarkdown(result), "text/markdown");
  }

  async #measure(signal: AbortSignal): Promise<void> {
    for (const [at, run] of SUITE.entries()) {
      const name = workloadName(run);
      const report = (fraction: number) =>
        suiteProgressed({
          fraction: (at + fraction) / SUITE.length,
          step: `${at + 1} of ${SUITE.length}: ${name}`,
        });
      report(0);
      const options = { ...run, batch: BATCH, repeats: REPEATS };
      const listeners = { onProgress: (p: { readonly fraction: number }) => report(p.fraction) };
      const benchmark = await benchmarkInWorker({ kind: "workload", options }, listeners, signal);
      const { suite } = useStore.getState();
      suiteArrived([...(suite ?? []), { run, benchmark }]);
    }
  }
}

/** Name and version from the browser's user agent. */
function browserName(): string {
  const { userAgent } = navigator;
  return /(?:Chrome|Edg|Firefox|Version)\/[\d.]+/.exec(userAgent)?.[0]?.replace("/", " ") ?? userAgent;
}
