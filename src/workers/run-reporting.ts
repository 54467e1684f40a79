/** Runs a worker's job at once, and reports its progress now and then. */
import { paced } from "../base/paced.ts";

/** Milliseconds between progress messages to the page. */
const NEWS_MS = 100;

/** @param report called with the newest step */
export function runReporting<Step, T>(steps: Generator<Step, T>, report: (step: Step) => void): T {
  const isTime = paced(NEWS_MS);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (isTime()) report(step.value);
  }
}
