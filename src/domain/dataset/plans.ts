/** Describes the parts of nnU-Net's plans that training targets depend on. */
import type { Triple } from "../geometry/grid.ts";

/** `resampling_fn_seg` and `resampling_fn_seg_kwargs` of a configuration. */
export interface SegResampling {
  readonly name: string;
  /** Null if the plans have none. */
  readonly kwargs: Readonly<Record<string, unknown>> | null;
}

/** One configuration of nnU-Net's plans, limited to what training targets depend on. */
export interface PlansConfiguration {
  readonly name: string;
  /**
   * [network stage][axis], axes after `transpose_forward`; 2D configurations have a leading 1.
   * Null for a network without strides.
   */
  readonly strides: readonly Triple[] | null;
  /** In voxels, per axis after `transpose_forward`. */
  readonly patchSize: Triple | null;
  /** True if the patch has two axes in the plans; omitted if not. */
  readonly is2d?: boolean;
  readonly batchSize: number | null;
  /**
   * Spacing that nnU-Net resamples to: in mm, per axis after `transpose_forward`; 2D configurations have only
   * the two in-plane axes.
   */
  readonly spacing?: readonly number[] | null;
  /**
   * The spacing as written, as JSON; set if it is not 2 or 3 positive numbers, and `spacing` is then null.
   */
  readonly wrongSpacing?: string;
  /** How nnU-Net resamples labels; omitted if the plans name no function, at which nnU-Net stops. */
  readonly segResampling?: SegResampling;
  /** `preprocessor_name`, set if it is not nnU-Net's `DefaultPreprocessor`. */
  readonly preprocessor?: string;
  /** How many numbers patch_size and each stride have as written, set if they differ. */
  readonly axesApart?: { readonly patch: number; readonly strides: number };
}

/** Source of the strides: plans, the user, or only the shape and spacing of the case. */
export type StridesFrom = "plans" | "edited" | "guess";

/** The contents of plans.json. */
export interface Plans {
  readonly name: string | null;
  /** New array axis a is old axis `transposeForward[a]`. */
  readonly transposeForward: Triple;
  readonly configurations: readonly PlansConfiguration[];
  /** `image_reader_writer`: the nnU-Net class that reads this dataset's volumes. */
  readonly readerWriter?: string | null;
  readonly file: string;
}

/** Null if the plans have none of that name, and without plans. */
export function configurationNamed(plans: Plans | null, name: string | null): PlansConfiguration | null {
  return plans?.configurations.find((entry) => entry.name === name) ?? null;
}

/** The requested configuration, else nnU-Net's 3d_fullres, else the first. */
export function initialConfiguration(plans: Plans | null, wanted: string | null): string | null {
  const names = plans?.configurations.map((entry) => entry.name) ?? [];
  return (
    names.find((name) => name === wanted) ?? names.find((name) => name === "3d_fullres") ?? names[0] ?? null
  );
}
