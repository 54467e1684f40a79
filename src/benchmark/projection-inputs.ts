/** Inputs of projections to epochs, apart from the code that projects, which loads later. */

/** Inputs of a projection besides the measured times. */
export interface ProjectionInputs {
  /** nnU-Net: `num_iterations_per_epoch`, 250. */
  readonly trainIterations: number;
  /** nnU-Net: `num_val_iterations_per_epoch`, 50. */
  readonly validationIterations: number;
  /** Patches in a batch. */
  readonly batchSize: number;
  /** Processes that prepare batches in parallel (nnU-Net: `nnUNet_n_proc_DA`). */
  readonly loaderWorkers: number;
  /** The network's step for one batch: forward, loss, backward, update. */
  readonly networkStepMs: number;
  /** Work of one loader worker for one batch other than the path: reading, cropping, augmentation. */
  readonly otherLoaderMs: number;
  /** True to count decode, which runs on the GPU between copy and network. */
  readonly countDecode: boolean;
  /** Origin of the values: the user, or one of nnU-Net's issues. */
  readonly preset: "own" | "issue-2136" | "issue-3063";
}

export const DEFAULT_PROJECTION: ProjectionInputs = {
  trainIterations: 250,
  validationIterations: 50,
  batchSize: 2,
  loaderWorkers: 12,
  networkStepMs: 200,
  otherLoaderMs: 0,
  countDecode: false,
  preset: "own",
};
