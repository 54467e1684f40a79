/** Makes the training grid of a case: the label volume that nnU-Net trains on, after its preprocessing. */
import type { SegResampling } from "../dataset/plans.ts";
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import type { NonzeroMask } from "./nonzero-mask.ts";
import { resampleLabels } from "./resample-labels.ts";
import { chooseResampling, type Refused, type Resampling, refused } from "./resampling.ts";
import { croppedSlices } from "./slice-source.ts";
import { trainingVoxelGrid } from "./stored-position.ts";
import { trainedVolume } from "./trained-volume.ts";
import { voxelsInside } from "./voxels-inside.ts";

/** A case in the plans' order of axes. */
export interface TrainingGridInput {
  readonly volume: PaletteVolume;
  /** In mm, as nnU-Net's reader gives it. */
  readonly spacing: Triple;
  /** From all image channels, in the same order of axes; null if any is not known. */
  readonly mask: NonzeroMask | null;
  readonly plansSpacing: readonly number[];
  readonly resampling: SegResampling;
}

export interface TrainingGrid {
  readonly kind: "training-grid";
  /** With the voxel grid of the result: the same place in the patient. The input's if nothing changes. */
  readonly volume: PaletteVolume;
  /** The part of the stored grid that it covers. */
  readonly box: VoxelBox;
  /** Why the box is the whole volume although nnU-Net may crop; null if the box is nnU-Net's. */
  readonly uncropped: "image-unknown" | "image-all-zero" | null;
  readonly resampling: Resampling;
  /** The number type that nnU-Net casts to. */
  readonly type: "int8" | "int16";
  /** Voxels that became background because no label reached 0.5. */
  readonly gapVoxels: number;
}

/** Share of the work that making a label volume of the result takes. */
const VOLUME_SHARE = 0.1;

/** One number stays free for gaps. */
const MAX_LABELS = 65_535;

/**
 * Works in steps of a few milliseconds, after each of which it yields the completed fraction, 0..1. With
 * orders 0 and 1 it allocates little besides the result.
 */
export function* trainingGrid(input: TrainingGridInput): Generator<number, TrainingGrid | Refused> {
  const { volume, spacing, mask, plansSpacing } = input;
  const { shape } = volume.grid;
  const box: VoxelBox = mask?.box ?? { first: [0, 0, 0], shape };
  const resampling = chooseResampling(box.shape, spacing, plansSpacing, input.resampling);
  if (resampling.kind === "refused") {
    if (!mask?.box || resampling.problem?.kind === "stops") return resampling;
    return { ...resampling, inside: yield* voxelsInside(volume, box) };
  }
  const source = croppedSlices(volume, box, mask?.box ? mask : null);
  if (source.labels.length > MAX_LABELS)
    return refused(
      "not-followed",
      `The case has more than ${MAX_LABELS} labels.`,
      "Merge labels: nnU-Net stores them in 16 bits.",
    );
  const entries = yield* scaled(resampleLabels(source, resampling), 0, 1 - VOLUME_SHARE);
  const grid = trainingVoxelGrid(volume.grid, box, resampling.shape);
  const made = yield* scaled(trainedVolume(grid, source, entries), 1 - VOLUME_SHARE, 1);
  return {
    kind: "training-grid",
    ...made,
    volume: isUnchanged(volume, box, made.volume) ? volume : made.volume,
    box,
    uncropped: mask === null ? "image-unknown" : mask.box === null ? "image-all-zero" : null,
    resampling,
  };
}

/** True if nothing was cropped, resampled or set to -1, so that both volumes are the same. */
function isUnchanged(stored: PaletteVolume, box: VoxelBox, made: PaletteVolume): boolean {
  const shape = stored.grid.shape.join();
  return (
    box.shape.join() === shape &&
    made.grid.shape.join() === shape &&
    made.palette.join() === stored.palette.join() &&
    // A file that has -1 already may get more of them.
    made.counts.join() === stored.counts.join()
  );
}

/** Maps the fractions that a part of the work yields into those of the whole. */
function* scaled<T>(part: Generator<number, T>, from: number, to: number): Generator<number, T> {
  for (let step = part.next(); ; step = part.next()) {
    if (step.done) return step.value;
    yield from + step.value * (to - from);
  }
}
