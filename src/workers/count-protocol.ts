/** What the page asks of the counting worker and what it answers. */
import type { CpuCountJob, CpuCounts } from "../domain/analysis/cpu-counts.ts";

/** One job a worker. */
export type CountRequest = CpuCountJob;

export type CountReply =
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "result"; readonly counts: CpuCounts }
  | { readonly kind: "error"; readonly message: string };
