/** Declares the messages between the page and the counting worker. */
import type { CpuCountJob, CpuCounts } from "../domain/analysis/cpu-counts.ts";

export interface CountRequest {
  readonly kind: "count";
  readonly job: CpuCountJob;
}

export interface CountResults {
  readonly count: CpuCounts;
}

/** The part that is done, 0..1. */
export type CountNews = number;
