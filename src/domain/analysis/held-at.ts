/** What one side of a comparison holds at a voxel. */
import type { Triple } from "../geometry/grid.ts";
import { targetVoxel } from "../targets/placed-targets.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { type ComparedSide, membershipOf } from "./overlap-counts.ts";

interface Held {
  /** Null for masks. */
  readonly label: number | null;
  readonly channels: readonly number[];
}

/** @returns null beyond a patch, and at a scale without voxels */
export function heldAt(side: ComparedSide, channels: number, voxel: Triple): Held | null {
  const { source, targets, scale } = side;
  const placed = targets.scales[scale];
  const at = placed && targetVoxel(targets, placed, voxel);
  if (!at) return null;
  const [z, y, x] = [0, 1, 2].map((axis) => placed.tables[axis]?.[at[axis] ?? 0] ?? 0);
  const [, height, width] = sourceGrid(source).shape;
  const index = ((z ?? 0) * height + (y ?? 0)) * width + (x ?? 0);
  const inside = Array.from({ length: channels }, (_, channel) => channel).filter((channel) =>
    isIn(side, channel, index),
  );
  const { palette = null, indices = null } = source.kind === "labels" ? source.volume : {};
  return { label: palette?.[indices?.[index] ?? 0] ?? null, channels: inside };
}

function isIn({ source, table }: ComparedSide, channel: number, index: number): boolean {
  if (source.kind === "masks" || !table) return membershipOf({ source, table }, channel)(index);
  const bits = table.bits[(channel >>> 5) * table.paletteSize + (source.volume.indices[index] ?? 0)] ?? 0;
  return ((bits >>> (channel & 31)) & 1) === 1;
}
