/** Declares the messages between `check` and its workers. */
import type { FirstImage } from "../../src/domain/reader/reader.ts";
import type { CaseToRead, CheckAnswer, CheckSetup } from "../../src/workers/checked-case.ts";

export interface FileToRead {
  /** Name as nnU-Net knows it, and as sentences give it. */
  readonly name: string;
  readonly absolute: string;
}

export type WorkerRequest =
  | {
      readonly kind: "check";
      readonly setup: CheckSetup;
      readonly one: CaseToRead;
      /** Those of the case, with the second files of header pairs; those of the prediction come last. */
      readonly files: readonly FileToRead[];
    }
  | {
      readonly kind: "first-image";
      /** The dataset's first training image, then the second file of its pair if it has one. */
      readonly files: readonly FileToRead[];
    };

export interface WorkerResults {
  readonly check: CheckAnswer;
  /** Null if it is no readable volume. */
  readonly "first-image": FirstImage | null;
}

/** A fault of the worker has its text; bad input is a result. */
export type WorkerAnswer =
  | { readonly result: WorkerResults[keyof WorkerResults] }
  | { readonly failed: string };
