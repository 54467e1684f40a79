/** Iterations that nnU-Net's issue 3063 reports, and its inputs for the projection. */
import { projectEpoch } from "./projection.ts";
import { DEFAULT_PROJECTION, type ProjectionInputs } from "./projection-inputs.ts";

/** Figures that the issue reports for one way to augment, in milliseconds. */
interface ReportedAugmentation {
  readonly name: string;
  /** One training iteration. */
  readonly iterationMs: number;
  /** The network's share of it. */
  readonly stepMs: number;
  /** All transforms of one patch in a loader worker; 0 if they run on the GPU, within the step. */
  readonly transformsMs: number;
  /** Rounded as in the issue. */
  readonly epochSeconds: number;
}

/** Fixed figures to compare with, reported by the issue on its author's machine and not measured here. */
export const ISSUE_3063: {
  readonly title: string;
  readonly url: string;
  readonly note: string;
  readonly rows: readonly ReportedAugmentation[];
} = {
  title: "nnU-Net issue 3063",
  url: "https://github.com/MIC-DKFZ/nnUNet/issues/3063",
  note: "Reported by the issue (one A100, 3d_fullres, batch size 2, 8 loader workers), not measured here.",
  rows: [
    {
      name: "transforms on the CPU",
      iterationMs: 302.4,
      stepMs: 130.7,
      transformsMs: 1022.9,
      epochSeconds: 70,
    },
    { name: "transforms on the GPU", iterationMs: 145.5, stepMs: 145, transformsMs: 0, epochSeconds: 39 },
  ],
};

/**
 * Inputs of the issue in whole milliseconds; the loader work is the transforms of the two patches of a batch.
 */
export const ISSUE_3063_INPUTS: ProjectionInputs = {
  ...DEFAULT_PROJECTION,
  batchSize: 2,
  loaderWorkers: 8,
  networkStepMs: 131,
  otherLoaderMs: 2046,
  preset: "issue-3063",
};

/**
 * Computes the milliseconds per iteration that the model gives for a reported row's transforms and step,
 * without regions.
 */
export function modelledIterationMs(row: ReportedAugmentation, inputs: ProjectionInputs): number {
  const { batchSize } = inputs;
  const own = { ...inputs, networkStepMs: row.stepMs, otherLoaderMs: row.transformsMs * batchSize };
  return projectEpoch({ workerMs: 0, serialMs: 0 }, own).iterationMs;
}
