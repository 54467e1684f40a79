/**
 * What `regionscope check` writes first: `OUT/check.json`. Every part writes the same bytes, so a part with
 * other options is noticed, and a summary knows which cases there should be.
 */
import type { Reader } from "../reader/reader.ts";
import type { SamplingMode, Trainer } from "../targets/deep-supervision.ts";
import type { GridKind } from "../view/view-values.ts";

export interface CheckFile {
  readonly schema: "regionscope.check/1";
  /** Version of the program. */
  readonly version: string;
  /** Name of the dataset folder, without the folders above it. */
  readonly dataset: string;
  readonly options: CheckOptions;
  /** Text of dataset.json; null without one. */
  readonly definition: string | null;
  /** Text of the plans; null without them. */
  readonly plans: string | null;
  /** Text of the dataset.json in the preprocessed folder beside the plans; null without one. */
  readonly preprocessedDefinition: string | null;
  /** Cases to check, sorted by name as Python sorts strings (by code point). */
  readonly cases: readonly ListedCase[];
  /** Names of cases with images in `imagesTs`, sorted. */
  readonly testCases: readonly string[];
  readonly splits: CheckSplits;
}

export interface CheckOptions {
  readonly configuration: string | null;
  readonly trainer: Trainer;
  /** Null for the reader that nnU-Net would choose. */
  readonly reader: Reader | null;
  readonly mode: SamplingMode;
  readonly grid: GridKind;
  /** Names given with `--cases`; null for all. */
  readonly cases: readonly string[] | null;
  /** Whether there are predictions to compare with. */
  readonly predictions: boolean;
  /** mm, for the normalised surface distance. */
  readonly toleranceMm: number;
}

/** Files of one case, relative to the dataset folder; a case with images alone has no labels. */
export interface ListedCase {
  readonly name: string;
  /** Null for a case whose images have no label file. */
  readonly labels: string | null;
  /** Channels in order. */
  readonly images: readonly string[];
  /** Relative to the folder of predictions; null without one. */
  readonly prediction: string | null;
}

/** Folds of nnU-Net's cross-validation. */
export interface CheckSplits {
  /** The file, or the split that nnU-Net will make; "none" where there is no fold but "all". */
  readonly from: "splits_final.json" | "default" | "none";
  /** Those that nnU-Net can train, in the order of their numbers; "all" comes last. */
  readonly folds: readonly Fold[];
  /** Why nnU-Net stops at one of the other folds, or at each; null where it stops at none. */
  readonly refused: string | null;
}

export interface Fold {
  /** "0" to "4", those after it in the file, or "all". */
  readonly name: string;
  /** Sorted by code point, each name once. A case may be in both lists, and in neither. */
  readonly train: readonly string[];
  readonly val: readonly string[];
  /** True for a fold that the file lacks: nnU-Net then draws 80 % of the cases to train on. */
  readonly drawn?: true;
}
