/** Declares the messages between `check` and its workers. */
import type { FirstImage } from "../../src/domain/reader/reader.ts";
import type { CaseToRead, CheckAnswer, CheckSetup } from "../../src/workers/checked-case.ts";
import type { StagedFile } from "../staging.ts";

export type WorkerRequest =
  | {
      readonly kind: "check";
      readonly setup: CheckSetup;
      readonly one: CaseToRead;
      /** Those of the case, with the second files of header pairs; those of the prediction come last. */
      readonly files: readonly StagedFile[];
    }
  | {
      readonly kind: "first-image";
      /** The dataset's first training image, then the second file of its pair if it has one. */
      readonly files: readonly StagedFile[];
    };

export interface WorkerResults {
  readonly check: CheckAnswer;
  /** Null if it is no readable volume. */
  readonly "first-image": FirstImage | null;
}

/** Bad input is a result; what failed is a fault of the worker, or memory ran out. */
export type WorkerAnswer =
  | { readonly result: WorkerResults[keyof WorkerResults] }
  | { readonly failed: string };
