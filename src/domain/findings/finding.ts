import type { ValueRepair } from "./value-repair.ts";

/** error: nnU-Net refuses it, or trains or predicts something other than what the file says. */
export type Severity = (typeof SEVERITIES)[number];

/** Worst first. */
export const SEVERITIES = ["error", "warning", "info"] as const;

/** One thing worth knowing about a definition or a case: what happens, why, and the repair. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** Plain sentences for someone who does not know nnU-Net's code. */
  readonly message: string;
  readonly regions: readonly string[];
  readonly labels: readonly number[];
  /** What its sentence tells to write into the label files; left out where it tells nothing so exact. */
  readonly repair?: ValueRepair;
}

/** What a finding concerns: names of regions, values of labels. */
export interface Concerned {
  readonly regions?: readonly string[];
  readonly labels?: readonly number[];
  readonly repair?: ValueRepair | null;
}

export function finding(
  severity: Severity,
  code: string,
  message: string,
  { regions = [], labels = [], repair = null }: Concerned = {},
): Finding {
  const found = { code, severity, message, regions, labels };
  return repair ? { ...found, repair } : found;
}
