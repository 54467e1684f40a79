/** Counts a case without a GPU, off the page's thread. The page cancels by ending the worker. */
import { errorMessage } from "../base/errors.ts";
import { type CpuCountJob, type CpuCounts, cpuCountSteps } from "../domain/analysis/cpu-counts.ts";
import type { CountReply, CountRequest } from "./count-protocol.ts";

/** How often the page hears of a job, in ms. */
const NEWS_MS = 100;

const reply = (message: CountReply) => self.postMessage(message);

function count(job: CpuCountJob): CpuCounts {
  const steps = cpuCountSteps(job);
  let toldMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const nowMs = performance.now();
    if (nowMs - toldMs < NEWS_MS) continue;
    toldMs = nowMs;
    reply({ kind: "progress", fraction: step.value });
  }
}

self.onmessage = ({ data }: MessageEvent<CountRequest>) => {
  try {
    reply({ kind: "result", counts: count(data) });
  } catch (error) {
    reply({ kind: "error", message: errorMessage(error) });
  }
};
