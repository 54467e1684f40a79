/** The part of a report that says how the training grid was made. */
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import type { TrainingGrid, TrainingGridInput } from "../training-grid/training-grid.ts";

/** Axes are after the plans' transpose. */
export interface ReportedResampling {
  /** The stored grid; spacing in mm, as nnU-Net's reader gives it. */
  readonly from: { readonly shape: Triple; readonly spacing: Triple };
  /** The training grid. Its spacing is the plans', which the case has only nearly: shapes are whole numbers. */
  readonly to: { readonly shape: Triple; readonly spacing: readonly number[] };
  /** The part of the stored grid that it covers. */
  readonly box: VoxelBox;
  /** Why the box is the whole volume although nnU-Net may crop it; null if the box is nnU-Net's. */
  readonly uncropped: string | null;
  readonly function: string;
  readonly order: number;
  /** The axis that is resampled apart from the other two, and the order along it; null if none is. */
  readonly separateAxis: number | null;
  readonly orderZ: number | null;
  readonly type: "int8" | "int16";
  /** Voxels that became background because no label reached one half. */
  readonly gapVoxels: number;
}

/** @param maskUnknown why the nonzero mask is not known */
export function reportedResampling(
  { volume, spacing, plansSpacing, resampling }: TrainingGridInput,
  made: TrainingGrid,
  maskUnknown: string | null,
): ReportedResampling {
  const { order, orderZ, separateAxis } = made.resampling;
  return {
    from: { shape: volume.grid.shape, spacing },
    to: {
      shape: made.volume.grid.shape,
      spacing: plansSpacing.length === 2 ? [spacing[0], ...plansSpacing] : plansSpacing,
    },
    box: made.box,
    uncropped: made.uncropped === "image-all-zero" ? "The image is zero everywhere." : (maskUnknown ?? null),
    function: resampling.name,
    order,
    separateAxis,
    orderZ: separateAxis === null ? null : orderZ,
    type: made.type,
    gapVoxels: made.gapVoxels,
  };
}
