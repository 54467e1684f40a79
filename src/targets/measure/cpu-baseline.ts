/**
 * The per-channel path without a GPU, as a data loader runs it: every region becomes a byte mask and every
 * mask is downsampled to every scale, in one thread. Packing replaces this work. It is timed beside the paths
 * and is never part of them.
 */
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Block, BlockScale } from "../core/block.ts";
import { expandMasks, fillMasks } from "../paths/cpu-encode.ts";

export interface CpuWork {
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly block: Block;
}

/** Milliseconds of all repetitions. */
export interface CpuTimes {
  readonly convert: number;
  readonly downsample: number;
}

/** Holds the arrays of one block and runs on them repeatedly. */
export class CpuBaseline {
  readonly #work: CpuWork;
  /** `[channel][block.stride]` */
  readonly #masks: Uint8Array;
  /** One `[channel][voxel]` per scale; null where the masks themselves are the targets. */
  readonly #scales: readonly (Uint8Array | null)[];

  constructor(work: CpuWork) {
    const { channels, stride, scales } = work.block;
    this.#work = work;
    this.#masks = new Uint8Array(channels * stride);
    this.#scales = scales.map(({ identity, voxels }) =>
      identity ? null : new Uint8Array(channels * voxels),
    );
  }

  /** False if the masks are all the targets there are. */
  get downsamples(): boolean {
    return this.#scales.some((targets) => targets !== null && targets.length > 0);
  }

  /**
   * @param repetitions of each of the two parts, which run one after the other so that a coarse clock sees a
   * long span of each
   */
  run(repetitions = 1): CpuTimes {
    const start = performance.now();
    for (let i = 0; i < repetitions; i++) this.#convert();
    const converted = performance.now();
    for (let i = 0; i < repetitions; i++) this.#downsample();
    return { convert: converted - start, downsample: performance.now() - converted };
  }

  #convert(): void {
    const { source, table, block } = this.#work;
    if (source.kind === "masks") expandMasks(source.stack, block, this.#masks);
    else if (table) fillMasks(source.volume, table, block, this.#masks);
  }

  #downsample(): void {
    const { block } = this.#work;
    for (const [s, targets] of this.#scales.entries()) {
      const scale = block.scales[s];
      if (!targets || !scale) continue;
      for (let c = 0; c < block.channels; c++) {
        const mask = this.#masks.subarray(c * block.stride, c * block.stride + block.voxels);
        gather(mask, block, scale, targets.subarray(c * scale.voxels, (c + 1) * scale.voxels));
      }
    }
  }

  /** Targets of a channel at a scale of the block, one byte a voxel, from the last run. */
  targets(scale: number, channel: number): Uint8Array {
    const { block } = this.#work;
    const own = this.#scales[scale];
    const voxels = block.scales[scale]?.voxels ?? 0;
    return own
      ? own.subarray(channel * voxels, (channel + 1) * voxels)
      : this.#masks.subarray(channel * block.stride, channel * block.stride + block.voxels);
  }
}

/** Copies the voxels that the scale's tables name, row by row. */
function gather(mask: Uint8Array, block: Block, scale: BlockScale, out: Uint8Array): void {
  const [depth, height, width] = scale.shape;
  const { tables } = scale;
  const xs = tables.subarray(depth + height);
  let to = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const slice = (tables[z] as number) * block.shape[1];
      const row = (slice + (tables[depth + y] as number)) * block.shape[2];
      for (let x = 0; x < width; x++) out[to++] = mask[row + (xs[x] as number)] as number;
    }
}
