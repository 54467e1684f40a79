/**
 * The open case on the page's device: palette indices or bit planes, and the region table. What is drawn and counted of it is
 * a `ResidentTargets`, of which there may be several. An edit of the regions rewrites the table only.
 */
import { type Grid, voxelCount } from "../domain/grid.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";
import { makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import { BufferSet } from "./buffer-set.ts";
import { type BitsPerIndex, kernels } from "./kernels.ts";
import { submitPass } from "./verify.ts";

export interface ResidentInput {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly channels: number;
}

/** Written at once; copying more would hold the page up. */
const UPLOAD_BYTES = 8 << 20;

export class ResidentCase {
  readonly #set: BufferSet;
  #regionTable: GpuBuffer | null = null;
  #regionsVersion = 0;
  readonly #indices: GpuBuffer | null;
  #input: ResidentInput;

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
    this.#input = input;
    try {
      this.#indices =
        input.source.kind === "labels"
          ? this.#set.storage("palette indices", input.source.volume.indices.byteLength)
          : null;
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
  /** Membership of the palette's entries on the CPU; null for masks. */
  get table(): RegionTable | null {
    return this.#input.table;
  }
  /** `RegionTable.bits`, then the number of each entry, as if it were one more word of it; null for masks. */
  get regionTable(): GPUBuffer | null {
    return this.#regionTable?.buffer ?? null;
  }
  /** Counts the region sets taken so far: words made for another one are outdated. */
  get regionsVersion(): number {
    return this.#regionsVersion;
  }

  /** Takes other regions over the same volume: only the region table is written. */
  setRegions(table: RegionTable | null, channels: number): void {
    this.#input = { ...this.#input, table, channels };
    this.#regionsVersion++;
    this.#buildTable();
  }

  /** Words at full size, `[word][voxel]`, in a buffer that `temporary` owns. */
  async encodeFullSize(temporary: BufferSet): Promise<GpuBuffer> {
    const { source } = this.#input;
    const voxels = voxelCount(this.grid.shape);
    const full = temporary.storage("full-size words", voxels * this.words * 4);
    if (source.kind === "masks") await this.#packPlanes(temporary, source.stack.planes, voxels, full);
    else if (this.#indices) await this.encodeWords(temporary, this.#indices, voxels, full, 0);
    return full;
  }

  /** Looks palette indices up: `result[offset + word * voxels + voxel]`, offset in words. */
  async encodeWords(
    temporary: BufferSet,
    indices: Pick<GpuBuffer, "buffer">,
    voxels: number,
    result: GpuBuffer,
    offset: number,
  ): Promise<void> {
    const { table } = this.#input;
    if (!table || !this.#regionTable) return;
    const kernel = kernels.encodeWords[this.bitsPerIndex];
    const params = temporary.own(
      this.gpu.uniforms(kernel, "params", {
        voxels,
        words: this.words,
        palette_size: table.paletteSize,
        out_offset: offset,
        out_stride: voxels,
      }),
    );
    const dispatch = await makeDispatch(this.gpu, {
      kernel,
      params,
      buffers: [this.#regionTable, indices, result],
      workgroups: workgroups1d(voxels),
    });
    submitPass(this.gpu, "encode words", [dispatch]);
  }

  dispose(): void {
    this.#regionTable?.dispose();
    this.#regionTable = null;
    this.#set.dispose();
  }

  #buildTable(): void {
    this.#regionTable?.dispose();
    const { table } = this.#input;
    this.#regionTable = table
      ? this.gpu.upload("region table", withEntryNumbers(table), GPUBufferUsage.STORAGE)
      : null;
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
}

function withEntryNumbers({ bits, paletteSize }: RegionTable): Uint32Array<ArrayBuffer> {
  const numbered = new Uint32Array(bits.length + paletteSize);
  numbered.set(bits);
  for (let entry = 0; entry < paletteSize; entry++) numbered[bits.length + entry] = entry;
  return numbered;
}
