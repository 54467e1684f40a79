/** Targets of a resident case, for drawing and counting: index tables and, when asked for, the words of every scale. */
import { isIdentity } from "../domain/deep-supervision.ts";
import { type Triple, voxelCount } from "../domain/grid.ts";
import type { PlacedTargets } from "../domain/placed-targets.ts";
import { type PoolingRule, targetCells } from "../domain/pooling.ts";
import { regionCounts } from "../domain/region-table.ts";
import { makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import { type GpuBuffer, GpuMemoryError } from "../gpu/gpu.ts";
import { formatBytes } from "../timing/format.ts";
import { BufferSet } from "./buffer-set.ts";
import { kernels } from "./kernels.ts";
import { encodePooled } from "./pooling.ts";
import type { ResidentCase } from "./resident.ts";
import { countBitmapRegions, countPalette } from "./resident-counts.ts";
import { submitPass } from "./verify.ts";

export interface ResidentScale {
  readonly shape: Triple;
  readonly voxels: number;
  /** First u32 of this scale in `bitmap`. */
  readonly wordOffset: number;
  /** First u32 of this scale's axis tables (0, 1, 2 one after the other) in `indexTables`. */
  readonly tableOffset: number;
}

export class ResidentTargets {
  readonly #indexTables: GpuBuffer;
  #bitmap: GpuBuffer | null = null;
  /** The regions that the bitmap was made for. */
  #bitmapVersion = -1;
  #scales: readonly ResidentScale[] = [];
  #scalesVersion = -1;

  /** @param pooling another rule than nnU-Net's sampling, to see what it would keep: words are pooled, and drawn from */
  constructor(
    readonly resident: ResidentCase,
    readonly targets: PlacedTargets,
    readonly pooling: PoolingRule | null = null,
  ) {
    const tables = targets.scales.flatMap(({ tables: axes }) => axes);
    const joined = new Uint32Array(
      Math.max(
        1,
        tables.reduce((sum, { length }) => sum + length, 0),
      ),
    );
    let at = 0;
    for (const table of tables) {
      joined.set(table, at);
      at += table.length;
    }
    this.#indexTables = resident.gpu.upload("source index tables", joined, GPUBufferUsage.STORAGE);
  }

  get scales(): readonly ResidentScale[] {
    const { regionsVersion } = this.resident;
    if (this.#scalesVersion !== regionsVersion) {
      this.#scales = this.#layOutScales();
      this.#scalesVersion = regionsVersion;
    }
    return this.#scales;
  }
  get indexTables(): GPUBuffer {
    return this.#indexTables.buffer;
  }
  /** Words of every scale: `bitmap[scale.wordOffset + word * scale.voxels + voxel]`; null until `ensureBitmap`. */
  get bitmap(): GPUBuffer | null {
    return this.#isBitmapCurrent ? (this.#bitmap?.buffer ?? null) : null;
  }
  /** Bytes that the bitmap of all scales takes. */
  get bitmapBytes(): number {
    return this.scales.reduce((sum, scale) => sum + scale.voxels, 0) * this.resident.words * 4;
  }
  /** Whether only words show it: masks have nothing else, and pooling is not a look-up. */
  get needsBitmap(): boolean {
    return this.pooling !== null || this.resident.indices === null;
  }

  /**
   * Encodes the words of every scale on the GPU, once per region set.
   * @throws GpuMemoryError when the bitmap is over the device's limit
   * @throws RangeError when a cell to pool has more voxels than the kernel counts
   */
  async ensureBitmap(): Promise<void> {
    if (this.#isBitmapCurrent) return;
    const { gpu, channels, regionsVersion } = this.resident;
    const { bitmapBytes } = this;
    if (bitmapBytes > gpu.maxBindingBytes) {
      throw new GpuMemoryError(
        `The words of ${channels} channels take ${formatBytes(bitmapBytes)}, more than this GPU binds at once (${formatBytes(gpu.maxBindingBytes)}).`,
      );
    }
    if (this.#bitmap && this.#bitmap.bytes < bitmapBytes) this.releaseBitmap();
    this.#bitmap ??= gpu.buffer(
      "bitmap",
      bitmapBytes,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    );
    const temporary = new BufferSet(gpu);
    try {
      const { indices } = this.resident;
      if (this.pooling) {
        await this.#poolInto(this.pooling, await this.resident.encodeFullSize(temporary), this.#bitmap);
      } else if (indices) {
        await this.#lookUpInto(temporary, { buffer: indices }, this.#bitmap);
      } else {
        await this.#downsampleInto(temporary, await this.resident.encodeFullSize(temporary), this.#bitmap);
      }
      this.#bitmapVersion = regionsVersion;
    } finally {
      temporary.dispose();
    }
  }

  /** Gives the words back until they are asked for again. */
  releaseBitmap(): void {
    this.#bitmap?.dispose();
    this.#bitmap = null;
    this.#bitmapVersion = -1;
  }

  /**
   * Voxels of each palette entry at every scale, `[scale][palette entry]`, which know nothing of regions; null where only words
   * can be counted.
   */
  async countEntries(): Promise<number[][] | null> {
    return this.needsBitmap ? null : countPalette(this, this.resident.paletteSize);
  }

  /** Voxels of every channel at every scale, counted on the GPU: `[scale][channel]`. */
  async countRegions(): Promise<number[][]> {
    const entryVoxels = await this.countEntries();
    const { table } = this.resident;
    if (entryVoxels && table) return entryVoxels.map((voxels) => regionCounts(table, voxels));
    await this.ensureBitmap();
    return countBitmapRegions(this);
  }

  dispose(): void {
    this.releaseBitmap();
    this.#indexTables.dispose();
  }

  get #isBitmapCurrent(): boolean {
    return this.#bitmapVersion === this.resident.regionsVersion;
  }

  #layOutScales(): ResidentScale[] {
    let wordOffset = 0;
    let tableOffset = 0;
    return this.targets.scales.map(({ shape }) => {
      const voxels = voxelCount(shape);
      const scale = { shape, voxels, wordOffset, tableOffset };
      wordOffset += voxels * this.resident.words;
      tableOffset += shape[0] + shape[1] + shape[2];
      return scale;
    });
  }

  async #poolInto(rule: PoolingRule, full: GpuBuffer, bitmap: GpuBuffer): Promise<void> {
    const { shape, patch, scales, mode } = this.targets;
    const nominal = scales.map(({ scale }) => scale);
    await encodePooled(this.resident.gpu, {
      rule,
      source: full,
      shape,
      words: this.resident.words,
      scales: targetCells(shape, patch, nominal, mode).map((cells, s) => ({
        cells,
        wordOffset: this.scales[s]?.wordOffset ?? 0,
      })),
      result: bitmap,
    });
  }

  /** Samples palette indices and looks them up, so that words are never there at full size. */
  async #lookUpInto(
    temporary: BufferSet,
    indices: Pick<GpuBuffer, "buffer">,
    bitmap: GpuBuffer,
  ): Promise<void> {
    const { gpu, grid, bitsPerIndex } = this.resident;
    for (const [s, { shape, voxels, wordOffset, tableOffset }] of this.scales.entries()) {
      if (voxels === 0) continue;
      const tables = this.targets.scales[s]?.tables;
      if (tables && isIdentity(tables, grid.shape)) {
        await this.resident.encodeWords(temporary, indices, voxels, bitmap, wordOffset);
        continue;
      }
      // Four voxels are written at a time.
      const sampled = temporary.storage(
        "palette indices of a scale",
        Math.ceil(voxels / 4) * (bitsPerIndex / 2),
      );
      const kernel = kernels.downsamplePalette[bitsPerIndex];
      const params = temporary.own(
        gpu.uniforms(kernel, "params", {
          in_shape: [...grid.shape],
          out_voxels: voxels,
          out_shape: [...shape],
          table_offset: tableOffset,
        }),
      );
      const dispatch = await makeDispatch(gpu, {
        kernel,
        params,
        buffers: [this.#indexTables, indices, sampled],
        workgroups: workgroups1d(Math.ceil(voxels / 4)),
      });
      submitPass(gpu, "downsample palette", [dispatch]);
      await this.resident.encodeWords(temporary, sampled, voxels, bitmap, wordOffset);
    }
  }

  async #downsampleInto(temporary: BufferSet, full: GpuBuffer, bitmap: GpuBuffer): Promise<void> {
    const { gpu, grid, words } = this.resident;
    const kernel = kernels.downsampleWords;
    for (const scale of this.scales) {
      if (scale.voxels === 0) continue;
      const params = temporary.own(
        gpu.uniforms(kernel, "params", {
          in_shape: [...grid.shape],
          words,
          out_shape: [...scale.shape],
          in_stride: voxelCount(grid.shape),
          in_offset: 0,
          out_offset: scale.wordOffset,
          out_stride: scale.voxels,
          table_offset: scale.tableOffset,
        }),
      );
      const dispatch = await makeDispatch(gpu, {
        kernel,
        params,
        buffers: [this.#indexTables, full, bitmap],
        workgroups: workgroups1d(Math.ceil(scale.voxels / 4)),
      });
      submitPass(gpu, "downsample words", [dispatch]);
    }
  }
}
