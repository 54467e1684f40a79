/** What checks the cases of a dataset, one call a case, several at a time. */
import type { CaseRecord, CheckedInput } from "../../src/domain/dataset-check/case-record.ts";

/** Absolute paths of a case's files. */
export interface CaseFiles {
  readonly name: string;
  readonly labels: string;
  /** Channels in order. */
  readonly images: readonly string[];
  /** Null without `--predictions`, or where this case has none. */
  readonly prediction: string | null;
  /** Sizes and dates, taken before reading. */
  readonly inputs: readonly CheckedInput[];
}

export interface CheckedFiles {
  readonly record: CaseRecord;
  /** PNG for `OUT/pictures/`; null for a case that cannot be read. */
  readonly picture: Uint8Array | null;
}

export interface CaseChecker {
  /** Number of calls to run at a time. */
  readonly workers: number;
  /**
   * Bad input is a record (`unreadable`), never an error.
   * @throws WorkerLost if the worker that has the case ends or has a fault; another takes its place
   */
  check(files: CaseFiles): Promise<CheckedFiles>;
  close(): Promise<void>;
}

/** A worker ended; what it had can be checked again. */
export class WorkerLost extends Error {}
