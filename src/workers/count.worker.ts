/** Counts a case without a GPU, off the page's thread. The page cancels by ending the worker. */
import { paced } from "../base/paced.ts";
import { type CpuCounts, cpuCountSteps } from "../domain/analysis/cpu-counts.ts";
import type { CountNews, CountRequest } from "./count-protocol.ts";
import { serve } from "./serve.ts";

/** Milliseconds between progress messages to the page. */
const NEWS_MS = 100;

function count({ job }: CountRequest, report: (fraction: CountNews) => void): CpuCounts {
  const steps = cpuCountSteps(job);
  const isTime = paced(NEWS_MS);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (isTime()) report(step.value);
  }
}

serve(count);
