/** Defines a finding, its severities and the function that builds one. */
import type { ValueRepair } from "./value-repair.ts";

/** error: nnU-Net rejects the data, or trains or predicts something other than the file says. */
export type Severity = (typeof SEVERITIES)[number];

/** Worst first. */
export const SEVERITIES = ["error", "warning", "info"] as const;

/** One fact worth knowing about a definition or a case: what happens, why, and its remedy. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** What is the case, in a few words without a full stop: "Label 15 is written as 16". */
  readonly title: string;
  /** Plain sentences for someone who does not know nnU-Net's code. */
  readonly message: string;
  readonly regions: readonly string[];
  readonly labels: readonly number[];
  /** The rewrite of label files that the message recommends; omitted unless the message is that exact. */
  readonly repair?: ValueRepair;
}

/** The regions (by name) and labels (by value) that a finding concerns, and its repair. */
export interface Affected {
  readonly regions?: readonly string[];
  readonly labels?: readonly number[];
  readonly repair?: ValueRepair | null;
}

export function finding(
  severity: Severity,
  code: string,
  title: string,
  message: string,
  { regions = [], labels = [], repair = null }: Affected = {},
): Finding {
  const found = { code, severity, title, message, regions, labels };
  return repair ? { ...found, repair } : found;
}
