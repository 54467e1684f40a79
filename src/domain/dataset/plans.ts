import type { Triple } from "../geometry/grid.ts";

/** One configuration of nnU-Net's plans, as far as training targets depend on it. */
export interface PlansConfiguration {
  readonly name: string;
  /**
   * Per stage, per axis (after `transpose_forward`); 2D configurations carry a leading 1.
   * Null for a network without.
   */
  readonly strides: readonly Triple[] | null;
  /** In voxels, per axis after `transpose_forward`. */
  readonly patchSize: Triple | null;
  readonly batchSize: number | null;
  /**
   * To which nnU-Net resamples: in mm, per axis after `transpose_forward`; for 2D configurations only the two
   * axes of the plane.
   */
  readonly spacing?: readonly number[] | null;
  /** How many numbers patch_size and each of the strides have as written, where those differ. */
  readonly axesApart?: { readonly patch: number; readonly strides: number };
}

/** Where strides come from: plans, the user, or the shape and spacing of the case alone. */
export type StridesFrom = "plans" | "edited" | "guess";

/** What plans.json said. */
export interface Plans {
  readonly name: string | null;
  /** New array axis a is old axis `transposeForward[a]`. */
  readonly transposeForward: Triple;
  readonly configurations: readonly PlansConfiguration[];
  /** `image_reader_writer`: the class of nnU-Net that reads this dataset's volumes. */
  readonly readerWriter?: string | null;
  readonly file: string;
}
