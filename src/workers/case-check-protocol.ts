/** Declares the messages between the page and the workers that check the cases of a dataset. */
import type { CaseRecord } from "../domain/dataset-check/case-record.ts";
import type { CheckSettings } from "../domain/dataset-check/check-case.ts";
import type { FirstImage, Reader } from "../domain/reader/reader.ts";

/** Files of the tool's server. */
export interface ServedFiles {
  /** Answers with the bytes of all files, one after the other: a request costs as much as a small file. */
  readonly url: string;
  readonly files: readonly {
    /** Name as nnU-Net knows it, and as sentences give it. */
    readonly path: string;
    readonly bytes: number;
  }[];
}

/** What is the same for every case of a dataset. */
export interface CheckSetup {
  readonly settings: CheckSettings;
  /** Overrides the reader that nnU-Net would choose. */
  readonly reader: Reader | null;
  /** Text of dataset.json; null without one. */
  readonly definition: string | null;
  /** Null without them. */
  readonly plans: { readonly file: string; readonly text: string } | null;
  /** Null without images, and if it is no readable volume. */
  readonly firstImage: FirstImage | null;
  /** mm, for the normalised surface distance. */
  readonly toleranceMm: number;
}

export interface CaseToRead {
  readonly name: string;
  /** Everything to read, with the second files of header pairs; those of the prediction come last. */
  readonly files: ServedFiles;
  readonly predictionFiles: number;
  /** Path among the files. */
  readonly labels: string;
  /** Channels in order. */
  readonly images: readonly string[];
  /** Whether predictions are compared, even if this case has none. */
  readonly hasPredictions: boolean;
  /** Those of the files that are an `X.nii.gz` beside an `X.nii`. */
  readonly besides: readonly string[];
  readonly inputs: CaseRecord["inputs"];
}

export type CaseCheckRequest =
  | { readonly kind: "check"; readonly setup: CheckSetup; readonly one: CaseToRead }
  | {
      readonly kind: "first-image";
      /** The image, then the second file of its pair if it has one. */
      readonly files: ServedFiles;
    };

/** As text, because Playwright passes on objects far more slowly. */
export interface CheckAnswer {
  /** A {@link CaseRecord} as JSON. */
  readonly record: string;
  /** PNG in base64; null for an unreadable case. */
  readonly picture: string | null;
}

export interface CaseCheckResults {
  readonly check: CheckAnswer;
  readonly "first-image": FirstImage | null;
}
