/** Counts a case without a GPU, off the page's thread. The page cancels by ending the worker. */
import { type CpuCounts, cpuCountSteps } from "../domain/analysis/cpu-counts.ts";
import type { CountNews, CountRequest } from "./count-protocol.ts";
import { runReporting } from "./run-reporting.ts";
import { serve } from "./serve.ts";

function count({ job }: CountRequest, report: (fraction: CountNews) => void): CpuCounts {
  return runReporting(cpuCountSteps(job), report);
}

serve(count);
