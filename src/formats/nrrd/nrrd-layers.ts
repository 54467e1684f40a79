/** Layers of overlapping segments in NRRD files. */
import { InputError } from "../../base/errors.ts";
import type { LayerMask, MaskLayers } from "../volume/volume-file.ts";

const SAVE_AGAIN = "Open it in 3D Slicer and save the segmentation again";

/**
 * Finds the layout of a segmentation's layers. Slicer puts overlapping segments into several layers,
 * interleaved per voxel; NRRD allows their axis anywhere.
 *
 * @param masks the segments, by their keys
 * @param sizes of all axes, fastest first
 * @param inSpace the axes that are i, j, k
 * @returns null for one layer or no segment
 * @throws InputError if the axis of the layers is neither first nor last, or if a segment is in a missing
 * layer
 */
export function nrrdLayers(
  masks: readonly LayerMask[],
  sizes: readonly number[],
  inSpace: readonly number[],
  file: string,
): MaskLayers | null {
  const lists = [...sizes.keys()].filter((axis) => !inSpace.includes(axis) && sizes[axis] !== 1);
  const [list, another] = lists;
  if (masks.length === 0 || list === undefined) return null;
  const interleaved = inSpace.every((axis) => axis > list);
  if (another !== undefined || !(interleaved || inSpace.every((axis) => axis < list))) {
    throw new InputError(
      file,
      "its overlapping segments are in layers along neither the first nor the last axis of the file, which is not supported",
      SAVE_AGAIN,
    );
  }
  const count = sizes[list] ?? 1;
  const lost = masks.find(({ layer }) => layer < 0 || layer >= count);
  if (lost) {
    throw new InputError(
      file,
      `its segment “${lost.name.slice(0, 40)}” belongs in layer ${lost.layer}, but its layers are 0 to ${count - 1}`,
      SAVE_AGAIN,
    );
  }
  return { count, interleaved, masks };
}
