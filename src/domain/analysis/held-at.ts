/** What one side of a comparison holds at a voxel. */
import type { Triple } from "../geometry/grid.ts";
import type { PoolingRule } from "../targets/pooling.ts";
import type { ComparedSide } from "./overlap-counts.ts";
import { hasChannel, labelAt, probeScales } from "./probe.ts";

interface Held {
  /** Null for masks, and for pooled voxels, which have no single label. */
  readonly label: number | null;
  readonly channels: readonly number[];
}

/**
 * @param pooling used instead of sampling
 * @returns null beyond a patch, and at a scale without voxels
 */
export function heldAt(
  { source, table, targets, scale }: ComparedSide,
  channels: number,
  voxel: Triple,
  pooling: PoolingRule | null = null,
): Held | null {
  const scales = targets.scales.slice(scale, scale + 1);
  const probe = probeScales(source, table, { ...targets, scales }, pooling, voxel)[0];
  if (!probe) return null;
  const all = Array.from({ length: channels }, (_, channel) => channel);
  return {
    label: pooling ? null : labelAt(source, probe.sourceVoxel),
    channels: all.filter((channel) => hasChannel(probe.words, channel)),
  };
}
