/**
 * What `regionscope check` writes about one case: `OUT/cases/<case>.json`. A record has everything that a
 * summary of the dataset needs, so that no volume is read twice.
 */
import type { Finding } from "../findings/finding.ts";
import type { Triple } from "../geometry/grid.ts";
import type { RegionMetrics } from "../metrics/region-metrics.ts";
import type { Reader } from "../reader/reader.ts";
import type { Report } from "../report/report.ts";

export type CaseRecord = CheckedCase | UnreadableCase;

/** A report with what only a comparison with other cases needs. */
export interface CheckedCase extends Report {
  readonly status: "ok";
  readonly inputs: readonly CheckedInput[];
  readonly stored: StoredFacts;
  /** One per region, on the stored grid. */
  readonly regionFacts: readonly RegionFacts[];
  /** Null without `--predictions`. */
  readonly prediction: CheckedPrediction | null;
}

export interface UnreadableCase {
  readonly schema: Report["schema"];
  readonly status: "unreadable";
  readonly case: { readonly name: string };
  readonly inputs: readonly CheckedInput[];
  /** Which file, what is wrong, what to do. */
  readonly sentence: string;
}

/** A file as it was when it was read; `--continue` reads a case again when one differs. */
export interface CheckedInput {
  readonly role: "labels" | "image" | "prediction";
  /** Relative to the dataset folder, or to that of the predictions, with "/" between folders. */
  readonly path: string;
  readonly bytes: number;
  /** UTC, as ISO 8601 with milliseconds. */
  readonly modified: string;
}

/** The files themselves, before cropping and resampling. */
export interface StoredFacts {
  /** SHA-256 of the label values and their shape: equal label maps have equal hashes. */
  readonly labelsHash: string;
  /** Those of the file, ascending: `case.labels` lacks what resampling loses. Empty for masks. */
  readonly labelValues: readonly number[];
  readonly labels: StoredGrid;
  /** Null without an image. */
  readonly image: StoredGrid | null;
  readonly reader: Reader | null;
}

export interface StoredGrid {
  /** In voxels; like the spacing, with axes in the order of the plans. */
  readonly shape: Triple;
  /** mm */
  readonly spacing: Triple;
  /** "RAS": where axes 2, 1 and 0 of the file run to, before the transpose of the plans. */
  readonly orientation: string;
  /** Centre of voxel 0 in mm, RAS. */
  readonly origin: Triple;
}

export interface RegionFacts {
  readonly voxels: number;
  readonly ml: number;
  /** Connected components (26 neighbours); null where they were not counted. */
  readonly components: number | null;
  /** Components of at most {@link SPECK_VOXELS} voxels that are not the largest. */
  readonly specks: number | null;
  /** Mean position in mm, RAS; null for a region without voxels. */
  readonly centre: Triple | null;
}

/** Components no larger than this beside a larger one are specks: most often a slip of the pen. */
export const SPECK_VOXELS = 8;

export type CheckedPrediction =
  | {
      /** One per region but that of the ignore label, as nnU-Net's evaluation masks them. */
      readonly regions: readonly RegionMetrics[];
      /** For predictions that have labels which no region has. */
      readonly findings: readonly Finding[];
    }
  /** Why there is nothing to compare: `prediction-missing`, `prediction-grid`, `prediction-unreadable`. */
  | { readonly refused: Finding };
