/** Reads the cropped label volume that resampling starts from, a slice at a time. */
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import type { NonzeroMask } from "./nonzero-mask.ts";

export type Entries = Uint8Array | Uint16Array;

/** Palette entries, one slice (index along the first axis) at a time. */
export interface SliceSource {
  readonly shape: Triple;
  /** Ascending labels by entry, with those that cropping and resampling may add: -1 and 0. */
  readonly labels: readonly number[];
  /** One more than the last entry: no label reaches 0.5. */
  readonly gap: number;
  /** C order. Two consecutive slices stay valid, until another is read. */
  slice(z: number): Entries;
}

/** An array for the source's entries, and its gap. */
export function entriesArray({ gap }: Pick<SliceSource, "gap">, length: number): Entries {
  return gap < 256 ? new Uint8Array(length) : new Uint16Array(length);
}

/** Cuts a volume to a box; background outside the mask becomes -1, labels there stay. */
export function croppedSlices(
  { grid, palette, indices }: PaletteVolume,
  box: VoxelBox,
  mask: NonzeroMask | null,
): SliceSource {
  const added = mask ? [0, -1] : [0];
  // As nnU-Net's readers return every voxel.
  const singles = Array.from(palette, Math.fround);
  const labels = [...new Set([...singles, ...added])].sort((a, b) => a - b);
  const gap = labels.length;
  const entries = new Map(labels.map((label, entry) => [label, entry]));
  const entryOf = Uint16Array.from(singles, (label) => entries.get(label) ?? 0);
  const background = entries.get(0) ?? 0;
  const outside = entries.get(-1) ?? 0;
  const [, height, width] = box.shape;
  // Neighbouring slices have different parity.
  const buffers = [entriesArray({ gap }, height * width), entriesArray({ gap }, height * width)];
  const held = [-1, -1];

  const fill = (out: Entries, z: number): void => {
    let to = 0;
    for (let y = 0; y < height; y++) {
      const row = (z + box.first[0]) * grid.shape[1] + y + box.first[1];
      const from = row * grid.shape[2] + box.first[2];
      if (!mask) {
        for (let x = 0; x < width; x++) out[to++] = entryOf[indices[from + x] ?? 0] ?? 0;
        continue;
      }
      const words = row * mask.rowWords;
      for (let x = 0; x < width; x++) {
        const entry = entryOf[indices[from + x] ?? 0] ?? 0;
        const at = x + box.first[2];
        const isInMask = ((mask.bits[words + (at >>> 5)] ?? 0) >>> (at & 31)) & 1;
        out[to++] = entry === background && !isInMask ? outside : entry;
      }
    }
  };

  const voxels = height * width;
  const isWhole = box.shape.every((n, axis) => n === grid.shape[axis]);
  const isSame = entryOf.every((entry, index) => entry === index);
  if (isWhole && isSame && !mask)
    return { shape: box.shape, labels, gap, slice: (z) => indices.subarray(z * voxels, (z + 1) * voxels) };
  return {
    shape: box.shape,
    labels,
    gap,
    slice: (z) => {
      const buffer = buffers[z & 1] ?? new Uint8Array(0);
      if (held[z & 1] !== z) fill(buffer, z);
      held[z & 1] = z;
      return buffer;
    },
  };
}
