/** Answers where regions lie, from the slices of their labels or masks. */
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";
import { nearest } from "./nearest-voxel.ts";
import { type RegionCentres, regionCentres } from "./region-centres.ts";
import {
  centroidOf,
  type Entries,
  entriesOf,
  inSlice,
  nextSlice,
  type SliceOccupancy,
  slicesOf,
} from "./slice-set.ts";

export class RegionSlices {
  readonly #source: Source;
  readonly #occupancy: SliceOccupancy;
  readonly #known = new WeakMap<RegionTable | Source, Map<string, Uint32Array>>();

  constructor(source: Source, occupancy: SliceOccupancy) {
    this.#source = source;
    this.#occupancy = occupancy;
  }

  /**
   * Bit `i & 31` of word `i >>> 5` tells whether a channel is in slice i of an axis. Cached per table.
   * @param table null for masks
   */
  of(table: RegionTable | null, channel: number, axis: 0 | 1 | 2): Uint32Array {
    const known = this.#known.get(table ?? this.#source) ?? new Map<string, Uint32Array>();
    this.#known.set(table ?? this.#source, known);
    const key = `${channel} ${axis}`;
    const slices = known.get(key) ?? slicesOf(this.#occupancy, entriesOf(table, channel), axis);
    known.set(key, slices);
    return slices;
  }

  /** The next slice after `from`, up or down, that contains any of the channels; null without one. */
  next(
    table: RegionTable | null,
    channels: readonly number[],
    axis: 0 | 1 | 2,
    from: number,
    by: 1 | -1,
  ): number | null {
    return nextSlice(this.#anyOf(table, channels, axis), this.#occupancy.shape[axis], from, by);
  }

  /** The first and last slice of an axis that contains any of the channels; null without one. */
  range(
    table: RegionTable | null,
    channels: readonly number[],
    axis: 0 | 1 | 2,
  ): readonly [number, number] | null {
    const any = this.#anyOf(table, channels, axis);
    const length = this.#occupancy.shape[axis];
    const [first, last] = [nextSlice(any, length, -1, 1), nextSlice(any, length, length, -1)];
    return first === null || last === null ? null : [first, last];
  }

  #anyOf(table: RegionTable | null, channels: readonly number[], axis: 0 | 1 | 2): Uint32Array {
    const sets = channels.map((channel) => this.of(table, channel, axis));
    const [first = new Uint32Array(0)] = sets;
    return first.map((_, w) => sets.reduce((bits, slices) => bits | (slices[w] ?? 0), 0));
  }

  /** @param table null for masks */
  centres(table: RegionTable | null): RegionCentres {
    return regionCentres(sourceGrid(this.#source), this.#occupancy, table);
  }

  /** The voxel of a channel that is nearest to its centroid; null without voxels. */
  central(table: RegionTable | null, channel: number): Triple | null {
    return centralVoxel(this.#source, this.#occupancy, entriesOf(table, channel));
  }
}

/**
 * The voxel of a region that is nearest to its centroid, in mm, because the centroid of a ring lies outside
 * it. Null without voxels.
 * @param entries palette entries, or the one mask
 */
export function centralVoxel(source: Source, occupancy: SliceOccupancy, entries: Entries): Triple | null {
  const centre = centroidOf(occupancy, entries);
  if (!centre) return null;
  const grid = sourceGrid(source);
  const [, height, width] = grid.shape;
  const slices = [slicesOf(occupancy, entries, 0), slicesOf(occupancy, entries, 1)] as const;
  const holds = (from: number, to: number) => {
    const row = Math.floor(from / width);
    const z = Math.floor(row / height);
    return inSlice(slices[0], z) && (to - from > width || inSlice(slices[1], row - z * height));
  };
  return nearest(grid, holds, memberOf(source, entries), centre);
}

function memberOf(source: Source, entries: Entries): (at: number) => boolean {
  if (source.kind === "masks") {
    const bitPlane = source.stack.bitPlanes[entries[0] ?? 0] ?? new Uint32Array(0);
    return (at) => (((bitPlane[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }
  const { indices, palette } = source.volume;
  const member = new Uint8Array(palette.length);
  for (const entry of entries) member[entry] = 1;
  return (at) => member[indices[at] ?? 0] === 1;
}
