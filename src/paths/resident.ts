/**
 * The open case on the page's device: palette indices (or words), the region table and the source index tables
 * of every scale. Viewers and counts read from here. An edit of the regions rebuilds the table only.
 */
import { axisTables, type SamplingMode, type Scale } from "../domain/deep-supervision.ts";
import { type Grid, type Triple, voxelCount } from "../domain/grid.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { Cells, PoolingRule } from "../domain/pooling.ts";
import { type RegionTable, regionCounts } from "../domain/region-table.ts";
import { makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import { type Gpu, type GpuBuffer, GpuMemoryError } from "../gpu/gpu.ts";
import { BufferSet } from "./buffer-set.ts";
import { type BitsPerIndex, kernels } from "./kernels.ts";
import { encodePooled } from "./pooling.ts";
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

export interface ResidentInput {
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  /** Another rule than nnU-Net's sampling, to see what it would keep: the words are pooled, and drawn from. */
  readonly pooling?: ResidentPooling | null;
}

export interface ResidentPooling {
  readonly rule: PoolingRule;
  /** One per scale. */
  readonly cells: readonly Cells[];
}

/** Written at once; copying more would hold the page up. */
const UPLOAD_BYTES = 8 << 20;

const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;

export class ResidentCase {
  readonly #set: BufferSet;
  #scaleSet: BufferSet;
  #regionTable: GpuBuffer | null = null;
  #bitmap: GpuBuffer | null = null;
  #bitmapCurrent = false;
  readonly #indices: GpuBuffer | null;
  #indexTables: GpuBuffer;
  #input: ResidentInput;
  #scales: readonly ResidentScale[] = [];

  /**
   * Brings a case to the GPU, a part of its indices at a time, so that frames fit in between.
   * @throws GpuMemoryError when one plane of indices is over the device's limit.
   */
  static async create(gpu: Gpu, input: ResidentInput): Promise<ResidentCase> {
    const resident = new ResidentCase(gpu, input);
    try {
      await resident.#uploadIndices();
      return resident;
    } catch (error) {
      resident.dispose();
      throw error;
    }
  }

  private constructor(
    readonly gpu: Gpu,
    input: ResidentInput,
  ) {
    this.#set = new BufferSet(gpu);
    this.#scaleSet = new BufferSet(gpu);
    this.#input = input;
    try {
      this.#indices =
        input.source.kind === "labels"
          ? this.#set.storage("palette indices", input.source.volume.indices.byteLength)
          : null;
      this.#indexTables = this.#buildScales();
      this.#buildTable();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  async #uploadIndices(): Promise<void> {
    const { source } = this.#input;
    if (source.kind !== "labels" || !this.#indices) return;
    const { buffer, byteOffset, byteLength } = source.volume.indices;
    for (let at = 0; at < byteLength; at += UPLOAD_BYTES) {
      if (at > 0) await new Promise((resolve) => setTimeout(resolve));
      const part = new Uint8Array(buffer, byteOffset + at, Math.min(UPLOAD_BYTES, byteLength - at));
      this.gpu.write(this.#indices, part, at);
    }
  }

  get grid(): Grid {
    return sourceGrid(this.#input.source);
  }
  get channels(): number {
    return this.#input.channels;
  }
  get words(): number {
    return Math.ceil(this.#input.channels / 32);
  }
  get scales(): readonly ResidentScale[] {
    return this.#scales;
  }
  /** Palette indices, 8 or 16 bits each, C order; null for masks. */
  get indices(): GPUBuffer | null {
    return this.#indices?.buffer ?? null;
  }
  get bitsPerIndex(): BitsPerIndex {
    const { source } = this.#input;
    return source.kind === "labels" && source.volume.indices.BYTES_PER_ELEMENT === 2 ? 16 : 8;
  }
  get paletteSize(): number {
    return this.#input.table?.paletteSize ?? 0;
  }
  /** `RegionTable.bits`; null for masks. */
  get regionTable(): GPUBuffer | null {
    return this.#regionTable?.buffer ?? null;
  }
  get indexTables(): GPUBuffer {
    return this.#indexTables.buffer;
  }
  /** Words of every scale: `bitmap[scale.wordOffset + word * scale.voxels + voxel]`; null until `ensureBitmap`. */
  get bitmap(): GPUBuffer | null {
    return this.#bitmapCurrent ? (this.#bitmap?.buffer ?? null) : null;
  }

  /** Takes other regions over the same volume: only the region table is written. */
  setRegions(table: RegionTable | null, channels: number): void {
    this.#input = { ...this.#input, table, channels };
    this.#layOutScales();
    this.#buildTable();
    this.#bitmapCurrent = false;
  }

  /** Takes other scales or another sampling mode: only the index tables are written. */
  setScales(scales: readonly Scale[], mode: SamplingMode, pooling: ResidentPooling | null = null): void {
    this.#input = { ...this.#input, scales, mode, pooling };
    this.#scaleSet.dispose();
    this.#scaleSet = new BufferSet(this.gpu);
    this.#indexTables = this.#buildScales();
    this.#bitmapCurrent = false;
  }

  /** Bytes that the bitmap of all scales takes. */
  get bitmapBytes(): number {
    return this.#scales.reduce((sum, scale) => sum + scale.voxels, 0) * this.words * 4;
  }

  /**
   * Encodes the words of every scale on the GPU, once per region set and scales.
   * @throws GpuMemoryError when the bitmap is over the device's limit.
   */
  async ensureBitmap(): Promise<void> {
    if (this.#bitmapCurrent) return;
    const { gpu } = this;
    if (this.bitmapBytes > gpu.maxBindingBytes) {
      throw new GpuMemoryError(
        `The words of ${this.channels} channels take ${this.bitmapBytes} bytes, more than this GPU binds at once (${gpu.maxBindingBytes}).`,
      );
    }
    if (this.#bitmap && this.#bitmap.bytes < this.bitmapBytes) {
      this.#bitmap.dispose();
      this.#bitmap = null;
    }
    this.#bitmap ??= gpu.buffer("bitmap", this.bitmapBytes, STORAGE());
    const temporary = new BufferSet(gpu);
    try {
      const full = await this.#encodeFullSize(temporary);
      const { pooling } = this.#input;
      if (pooling) await this.#poolInto(pooling, full, this.#bitmap);
      else await this.#downsampleInto(temporary, full, this.#bitmap);
      this.#bitmapCurrent = true;
    } finally {
      temporary.dispose();
    }
  }

  /** Voxels of every channel at every scale, counted on the GPU: `[scale][channel]`. */
  async countRegions(): Promise<number[][]> {
    const { source, table } = this.#input;
    if (source.kind === "labels" && table && !this.#input.pooling) {
      const histogram = await countPalette(this, table.paletteSize);
      return histogram.map((entryVoxels) => regionCounts(table, entryVoxels));
    }
    await this.ensureBitmap();
    return countBitmapRegions(this);
  }

  dispose(): void {
    this.#bitmap?.dispose();
    this.#bitmap = null;
    this.#bitmapCurrent = false;
    this.#regionTable?.dispose();
    this.#regionTable = null;
    this.#scaleSet.dispose();
    this.#set.dispose();
  }

  #buildTable(): void {
    this.#regionTable?.dispose();
    const { table } = this.#input;
    this.#regionTable = table ? this.gpu.upload("region table", table.bits, GPUBufferUsage.STORAGE) : null;
  }

  #layOutScales(): void {
    let wordOffset = 0;
    let tableOffset = 0;
    this.#scales = this.#input.scales.map(({ shape }) => {
      const voxels = voxelCount(shape);
      const scale = { shape, voxels, wordOffset, tableOffset };
      wordOffset += voxels * this.words;
      tableOffset += voxels === 0 ? 0 : shape[0] + shape[1] + shape[2];
      return scale;
    });
  }

  #buildScales(): GpuBuffer {
    this.#layOutScales();
    const { scales, mode } = this.#input;
    const total = this.#scales.reduce(
      (n, s) => Math.max(n, s.tableOffset + s.shape[0] + s.shape[1] + s.shape[2]),
      1,
    );
    const joined = new Uint32Array(total);
    for (const [index, scale] of scales.entries()) {
      const resident = this.#scales[index];
      if (!resident || resident.voxels === 0) continue;
      let at = resident.tableOffset;
      for (const table of axisTables(this.grid.shape, scale, mode)) {
        joined.set(table, at);
        at += table.length;
      }
    }
    return this.#scaleSet.own(this.gpu.upload("source index tables", joined, GPUBufferUsage.STORAGE));
  }

  /** Words at full size, `[word][voxel]`. */
  async #encodeFullSize(temporary: BufferSet): Promise<GpuBuffer> {
    const { source, table } = this.#input;
    const voxels = voxelCount(this.grid.shape);
    const full = temporary.storage("full-size words", voxels * this.words * 4);
    if (source.kind === "masks") {
      await this.#packPlanes(temporary, source.stack.planes, voxels, full);
      return full;
    }
    if (!table || !this.#indices || !this.#regionTable) return full;
    const kernel = kernels.encodeWords[this.bitsPerIndex];
    const params = temporary.own(
      this.gpu.uniforms(kernel, "params", {
        voxels,
        words: this.words,
        palette_size: table.paletteSize,
        out_offset: 0,
        out_stride: voxels,
      }),
    );
    const dispatch = await makeDispatch(this.gpu, {
      kernel,
      params,
      buffers: [this.#regionTable, this.#indices, full],
      workgroups: workgroups1d(voxels),
    });
    submitPass(this.gpu, "encode words", [dispatch]);
    return full;
  }

  async #packPlanes(
    temporary: BufferSet,
    planes: readonly Uint32Array[],
    voxels: number,
    full: GpuBuffer,
  ): Promise<void> {
    const stride = Math.ceil(voxels / 32);
    const uploaded = temporary.storage("bit planes", planes.length * stride * 4);
    for (const [c, plane] of planes.entries()) this.gpu.write(uploaded, plane, c * stride * 4);
    const kernel = kernels.encodePlanes;
    const params = temporary.own(
      this.gpu.uniforms(kernel, "params", {
        voxels,
        channels: this.channels,
        plane_stride: stride,
        out_stride: voxels,
      }),
    );
    const dispatch = await makeDispatch(this.gpu, {
      kernel,
      params,
      buffers: [uploaded, full],
      workgroups: workgroups1d(stride),
    });
    submitPass(this.gpu, "pack planes", [dispatch]);
  }

  async #poolInto({ rule, cells }: ResidentPooling, full: GpuBuffer, bitmap: GpuBuffer): Promise<void> {
    await encodePooled(this.gpu, {
      rule,
      source: full,
      shape: this.grid.shape,
      words: this.words,
      scales: cells.map((cell, s) => ({ cells: cell, wordOffset: this.#scales[s]?.wordOffset ?? 0 })),
      result: bitmap,
    });
  }

  async #downsampleInto(temporary: BufferSet, full: GpuBuffer, bitmap: GpuBuffer): Promise<void> {
    const kernel = kernels.downsampleWords;
    for (const scale of this.#scales) {
      if (scale.voxels === 0) continue;
      const params = temporary.own(
        this.gpu.uniforms(kernel, "params", {
          in_shape: [...this.grid.shape],
          words: this.words,
          out_shape: [...scale.shape],
          in_stride: voxelCount(this.grid.shape),
          in_offset: 0,
          out_offset: scale.wordOffset,
          out_stride: scale.voxels,
          table_offset: scale.tableOffset,
        }),
      );
      const dispatch = await makeDispatch(this.gpu, {
        kernel,
        params,
        buffers: [this.#indexTables, full, bitmap],
        workgroups: workgroups1d(Math.ceil(scale.voxels / 4)),
      });
      submitPass(this.gpu, "downsample words", [dispatch]);
    }
  }
}
