/**
 * Holds the open case on the page's device: palette indices or bit planes, and the region table.
 * `ResidentTargets`, of which there may be several, draw and count it. An edit of the regions rewrites only
 * the table.
 */
import { nextTask } from "../../base/time-slice.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Grid } from "../../domain/geometry/grid.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import { submitPass } from "../../gpu/encode-steps.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import { type Slab, sharedRange, type VoxelRange, voxelRanges } from "../../gpu/slabs.ts";
import { type BitsPerIndex, bitsPerIndex, kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";

interface ResidentInput {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly channels: number;
}

/** Bytes written at once; a longer copy would block the page. */
const UPLOAD_BYTES = 2 << 20;
/** Bytes of temporary words, or of the bits that they are made from. */
const BAND_BYTES = 122 << 20;
/** Ranges of voxels start at a whole u32 of the bit planes. */
export const RANGE_VOXELS = 32;

/** Words of a voxel: the first, and their number. */
export interface WordRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Destination of words: `buffer[offset + word * stride + voxel]`, with word and voxel counted from the start
 * of their ranges.
 */
export interface WordDestination {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly stride: number;
}

export class ResidentCase {
  readonly #scope: ResourceScope;
  #regionTable: GpuBuffer | null = null;
  #regionsVersion = 0;
  readonly #indices: readonly Slab[] | null;
  #input: ResidentInput;

  /**
   * Uploads a case, a part of its indices at a time so that frames fit in between.
   * @throws GpuMemoryError when the region table exceeds the device's limit
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

  /**
   * Other regions over the volume of a resident case. It reads that one's indices, so dispose of it first.
   * @throws GpuMemoryError when the region table exceeds the device's limit
   */
  static over(resident: ResidentCase, table: RegionTable | null, channels: number): ResidentCase {
    return new ResidentCase(resident.gpu, { ...resident.#input, table, channels }, resident.#indices);
  }

  private constructor(
    readonly gpu: Gpu,
    input: ResidentInput,
    indices: readonly Slab[] | null = null,
  ) {
    this.#scope = new ResourceScope(gpu);
    this.#input = input;
    try {
      this.#indices =
        indices ?? (input.source.kind === "labels" ? this.#allocate(input.source.volume.indices) : null);
      this.#buildTable();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #allocate({ length, BYTES_PER_ELEMENT }: Uint8Array | Uint16Array): readonly Slab[] {
    const ranges = voxelRanges(length, Math.floor(this.gpu.maxSlabBytes / BYTES_PER_ELEMENT), 4);
    return ranges.map(({ first, end }) => {
      const { buffer } = this.#scope.storageBuffer("palette indices", (end - first) * BYTES_PER_ELEMENT);
      return { buffer, first, end, offset: 0 };
    });
  }

  async #uploadIndices(): Promise<void> {
    const { source } = this.#input;
    if (source.kind !== "labels" || !this.#indices) return;
    const { buffer, byteOffset, BYTES_PER_ELEMENT: each } = source.volume.indices;
    for (const slab of this.#indices) {
      const [first, end] = [slab.first * each, slab.end * each];
      for (let at = first; at < end; at += UPLOAD_BYTES) {
        if (at > 0) await nextTask();
        const part = new Uint8Array(buffer, byteOffset + at, Math.min(UPLOAD_BYTES, end - at));
        this.gpu.write(slab, part, at - first);
      }
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
  /** Palette indices, 8 or 16 bits each; null for masks. */
  get indices(): readonly Slab[] | null {
    return this.#indices;
  }
  get bitsPerIndex(): BitsPerIndex {
    const { source } = this.#input;
    return bitsPerIndex(source.kind === "labels" ? source.volume.indices.BYTES_PER_ELEMENT : 1);
  }
  /** Voxels of each palette entry at full size; null for masks. */
  get entryVoxels(): Float64Array | null {
    const { source } = this.#input;
    return source.kind === "labels" ? source.volume.counts : null;
  }
  get paletteSize(): number {
    return this.#input.table?.paletteSize ?? 0;
  }
  /** Membership of the palette's entries, on the CPU; null for masks. */
  get table(): RegionTable | null {
    return this.#input.table;
  }
  /** `RegionTable.bits`, followed by the number of each entry as if it were one more word; null for masks. */
  get regionTable(): GPUBuffer | null {
    return this.#regionTable?.buffer ?? null;
  }
  /** Counts the region sets taken so far: words made for an earlier one are outdated. */
  get regionsVersion(): number {
    return this.#regionsVersion;
  }

  /** Takes other regions over the same volume, for which it writes only the region table. */
  setRegions(table: RegionTable | null, channels: number): void {
    this.#input = { ...this.#input, table, channels };
    this.#regionsVersion++;
    this.#buildTable();
  }

  /**
   * Limits the full-size voxels whose words are made at once, so that neither words nor bits exceed a band.
   */
  bandVoxels(words: WordRange): number {
    const most = Math.min(BAND_BYTES, this.gpu.maxBindingBytes);
    const voxels = Math.floor(most / (4 * Math.max(1, words.count)));
    return Math.max(RANGE_VOXELS, voxels - (voxels % RANGE_VOXELS));
  }

  /**
   * Makes the words of voxels at full size, from indices or bit planes.
   * @param voxels start at a multiple of `RANGE_VOXELS`
   * @throws GpuMemoryError when bit planes have more voxels than `bandVoxels`
   */
  async encodeRange(
    temporary: ResourceScope,
    voxels: VoxelRange,
    words: WordRange,
    destination: WordDestination,
  ): Promise<void> {
    const { source, table } = this.#input;
    if (source.kind === "masks") {
      await this.#packBitPlanes(temporary, source.stack.bitPlanes, voxels, words, destination);
      return;
    }
    if (!table || !this.#regionTable || !this.#indices) return;
    const kernel = kernels.encodeWords[this.bitsPerIndex];
    for (const slab of this.#indices) {
      const shared = sharedRange(voxels, slab);
      if (!shared) continue;
      const params = temporary.adopt(
        this.gpu.uniforms(kernel, "params", {
          voxels: shared.end - shared.first,
          first: shared.first - slab.first,
          words: words.count,
          palette_size: table.paletteSize,
          table_offset: words.first * table.paletteSize,
          out_offset: destination.offset + shared.first - voxels.first,
          out_stride: destination.stride,
        }),
      );
      const dispatch = await makeDispatch(this.gpu, {
        kernel,
        params,
        buffers: [this.#regionTable, slab, destination],
        workgroups: workgroups1d(shared.end - shared.first),
      });
      submitPass(this.gpu, "encode words", [dispatch]);
    }
  }

  dispose(): void {
    this.#regionTable?.dispose();
    this.#regionTable = null;
    this.#scope.dispose();
  }

  #buildTable(): void {
    this.#regionTable?.dispose();
    const { table } = this.#input;
    this.#regionTable = table
      ? this.gpu.upload("region table", withEntryNumbers(table), GPUBufferUsage.STORAGE)
      : null;
  }

  async #packBitPlanes(
    temporary: ResourceScope,
    bitPlanes: readonly Uint32Array[],
    { first, end }: VoxelRange,
    words: WordRange,
    destination: WordDestination,
  ): Promise<void> {
    if (first % RANGE_VOXELS !== 0) throw new RangeError("Words are made from whole u32s of bits.");
    const stride = Math.ceil((end - first) / 32);
    const some = bitPlanes.slice(words.first * 32, (words.first + words.count) * 32);
    const uploaded = temporary.storageBuffer("bit planes", some.length * stride * 4);
    for (const [c, bitPlane] of some.entries())
      this.gpu.write(uploaded, bitPlane.subarray(first / 32, first / 32 + stride), c * stride * 4);
    const kernel = kernels.encodePlanes;
    const params = temporary.adopt(
      this.gpu.uniforms(kernel, "params", {
        voxels: end - first,
        channels: some.length,
        plane_stride: stride,
        out_offset: destination.offset,
        out_stride: destination.stride,
      }),
    );
    const dispatch = await makeDispatch(this.gpu, {
      kernel,
      params,
      buffers: [uploaded, destination],
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
