/** The part of a report that says how the training grid was made. */
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import type { TrainingGrid, TrainingGridInput } from "../training-grid/training-grid.ts";

/** Axes are after the plans' transpose. */
export interface ReportedResampling {
  /** The stored grid; spacing in mm, as nnU-Net's reader gives it. */
  readonly from: { readonly shape: Triple; readonly spacing: Triple };
  /**
   * The training grid. Its spacing is the plans', which the case has only nearly: shapes are whole numbers.
   */
  readonly to: { readonly shape: Triple; readonly spacing: readonly number[] };
  /** The part of the stored grid that it covers. */
  readonly box: VoxelBox;
  /** Why the box is the whole volume although nnU-Net may crop it; null if the box is nnU-Net's. */
  readonly uncropped: string | null;
  readonly function: string;
  /**
   * The plans name no function, so nnU-Net's preprocessing stops; this one is what its planners write.
   * Present only then.
   */
  readonly functionAssumed?: true;
  readonly order: number;
  /**
   * The axis that is resampled apart from the other two, and the order along it; null if none is. The order
   * is null too where the axis keeps its length.
   */
  readonly separateAxis: number | null;
  readonly orderZ: number | null;
  readonly type: "int8" | "int16";
  /** Voxels that became background because no label reached one half. */
  readonly gapVoxels: number;
}

/** @param facts why the nonzero mask is not known, and whether the plans name no resampling function */
export function reportedResampling(
  { volume, spacing, plansSpacing, resampling }: TrainingGridInput,
  made: TrainingGrid,
  { maskUnknown, isAssumed = false }: { readonly maskUnknown: string | null; readonly isAssumed?: boolean },
): ReportedResampling {
  const { order, orderZ, separateAxis, shape } = made.resampling;
  const isAlong = separateAxis !== null && shape[separateAxis] !== made.box.shape[separateAxis];
  return {
    from: { shape: volume.grid.shape, spacing },
    to: {
      shape: made.volume.grid.shape,
      spacing: plansSpacing.length === 2 ? [spacing[0], ...plansSpacing] : plansSpacing,
    },
    box: made.box,
    uncropped: made.uncropped === "image-all-zero" ? "The image is zero everywhere." : (maskUnknown ?? null),
    function: resampling.name,
    ...(isAssumed ? { functionAssumed: true } : {}),
    order,
    separateAxis,
    orderZ: isAlong ? orderZ : null,
    type: made.type,
    gapVoxels: made.gapVoxels,
  };
}
