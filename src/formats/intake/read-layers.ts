/** Reads layers of overlapping segments as masks. */
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import type { Reading } from "../bytes/progress.ts";
import type { SampleArray } from "../bytes/sample-decoder.ts";
import type { MaskLayers, VolumeFile } from "../volume/volume-file.ts";

/** For each value of a layer, the bit planes of the masks it belongs to. */
type BitPlanesOf = ReadonlyMap<number, readonly Uint32Array[]>;

const NONE: readonly Uint32Array[] = [];

/**
 * Reads a file of layers as one mask for each entry of `layers`; masks without voxels stay, empty. Uses only
 * one bit per voxel and mask.
 *
 * @param voxels per layer
 * @throws InputError if the file is unreadable or ends too soon
 */
export async function readLayers(
  volume: VolumeFile,
  layers: MaskLayers,
  voxels: number,
  reading: Reading,
): Promise<MaskStack> {
  const { masks, count, interleaved } = layers;
  const bitPlanes = masks.map(() => new Uint32Array(Math.ceil(voxels / 32)));
  const bitPlanesOf = Array.from({ length: count }, (_, layer) => bitPlanesInLayer(layers, bitPlanes, layer));
  const add = interleaved ? addInterleaved : addInTurn;
  let at = 0;
  const countBytes = reading.counter("Reading masks", volume.file);
  for await (const values of volume.values(countBytes, reading.signal)) {
    add(values, at, bitPlanesOf, voxels);
    at += values.length;
  }
  return {
    grid: volume.grid,
    names: masks.map(({ name }) => name),
    colors: masks.map(({ color }) => color),
    bitPlanes,
  };
}

function bitPlanesInLayer(
  { masks }: MaskLayers,
  bitPlanes: readonly Uint32Array[],
  layer: number,
): BitPlanesOf {
  const found = new Map<number, Uint32Array[]>();
  for (const [i, bitPlane] of bitPlanes.entries()) {
    const mask = masks[i];
    if (mask?.layer === layer) found.set(mask.value, [...(found.get(mask.value) ?? []), bitPlane]);
  }
  return found;
}

/** @param at number of preceding values; these may begin in the middle of a voxel */
function addInterleaved(values: SampleArray, at: number, bitPlanesOf: readonly BitPlanesOf[]): void {
  const count = bitPlanesOf.length;
  for (const [layer, bitPlanes] of bitPlanesOf.entries()) {
    const first = (layer - (at % count) + count) % count;
    setBits(values, first, count, (at + first - layer) / count, bitPlanes);
  }
}

/** @param at number of preceding values; these may continue into the next layer */
function addInTurn(
  values: SampleArray,
  at: number,
  bitPlanesOf: readonly BitPlanesOf[],
  voxels: number,
): void {
  for (let from = 0; from < values.length; ) {
    const voxel = (at + from) % voxels;
    const part = values.subarray(from, from + voxels - voxel);
    const bitPlanes = bitPlanesOf[Math.floor((at + from) / voxels)];
    if (bitPlanes) setBits(part, 0, 1, voxel, bitPlanes);
    from += part.length;
  }
}

/** Sets the bits of consecutive voxels, whose values are every `step`-th from `first` on. */
function setBits(
  values: SampleArray,
  first: number,
  step: number,
  firstVoxel: number,
  bitPlanesOf: BitPlanesOf,
): void {
  if (bitPlanesOf.size === 0) return;
  // Labels come in runs, so most values need no look-up.
  let last = Number.NaN;
  let bitPlanes = NONE;
  for (let i = first, voxel = firstVoxel; i < values.length; i += step, voxel++) {
    const value = values[i] as number;
    if (value !== last) {
      last = value;
      bitPlanes = bitPlanesOf.get(value) ?? NONE;
    }
    for (const bitPlane of bitPlanes) {
      bitPlane[voxel >>> 5] = (bitPlane[voxel >>> 5] as number) | (1 << (voxel & 31));
    }
  }
}
