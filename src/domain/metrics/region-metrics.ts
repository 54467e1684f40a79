/** How well a predicted region matches its reference. */

/** Voxels as nnU-Net's evaluation counts them: those under the ignore label count nowhere. */
export interface RegionMetrics {
  readonly referenceVoxels: number;
  readonly predictedVoxels: number;
  readonly commonVoxels: number;
  /** Null where both are empty: left out of means. */
  readonly dice: number | null;
  /** 95th percentile of the pooled distances between border voxels, mm; null where either is empty. */
  readonly hd95: number | null;
  /** Normalised surface distance: share of border voxels within the tolerance of the other border. */
  readonly nsd: number | null;
  /** Components of the reference that the prediction touches, and all of them. */
  readonly hits: number;
  readonly referenceComponents: number;
  /** Components of the prediction that touch no reference. */
  readonly falseComponents: number;
}
