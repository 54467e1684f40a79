/**
 * Holds targets of a resident case for drawing and counting: index tables and, on request, the words of every
 * scale.
 */
import { formatBytes } from "../../base/format-units.ts";
import { regionCounts } from "../../domain/dataset/region-table.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import { isIdentity } from "../../domain/targets/deep-supervision.ts";
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { type PoolingRule, targetCells } from "../../domain/targets/pooling.ts";
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import { submitPass } from "../../gpu/encode-steps.ts";
import { type GpuBuffer, GpuMemoryError } from "../../gpu/gpu.ts";
import { gpuIdle } from "../../gpu/gpu-idle.ts";
import { type Slab, sharedRange, slicesReading, type VoxelRange, voxelRanges } from "../../gpu/slabs.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import { encodePooled } from "./pool-words.ts";
import { RANGE_VOXELS, type ResidentCase } from "./resident-case.ts";
import { countBitmapRegions, countPalette } from "./resident-counts.ts";
import type { ResidentScale } from "./resident-scale.ts";

/**
 * Limits the words that a page keeps on the GPU, because other data needs room beside them. Drawing reads
 * them on request; labels need none.
 */
const MAX_BITMAP_BYTES = 1.5 * 2 ** 30;
/** Limits one buffer of words, so that a kernel can address every voxel in it. */
const MAX_SLAB_BYTES = 2 ** 29;
/**
 * Limits the channels that words are made for, so that kernels that loop over all words of some voxels
 * finish.
 */
const MAX_BITMAP_CHANNELS = 16_000;

export class ResidentTargets {
  readonly #indexTables: GpuBuffer;
  #bitmap: readonly GpuBuffer[] = [];
  /** One list of slabs per scale. */
  #words: readonly (readonly Slab[])[] = [];
  /** Version of the regions that the bitmap was made for. */
  #bitmapVersion = -1;
  #scales: readonly ResidentScale[] = [];
  #scalesVersion = -1;

  /**
   * @param pooling replaces nnU-Net's sampling to show what another rule would keep; words are pooled and
   * drawn from
   */
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
  /**
   * Words of every scale, `bitmap[scale.wordOffset + word * scale.voxels + voxel]`; null before
   * `ensureBitmap`, and if they are in several buffers.
   */
  get bitmap(): GPUBuffer | null {
    const [only, ...more] = this.#bitmap;
    return this.hasWords && more.length === 0 ? (only?.buffer ?? null) : null;
  }
  /** True if the words exist for the current regions. */
  get hasWords(): boolean {
    return this.#bitmapVersion === this.resident.regionsVersion;
  }
  /** Words of a scale, `[word][voxel]` in each slab; none before `ensureBitmap`. */
  wordsOf(scale: number): readonly Slab[] {
    return this.hasWords ? (this.#words[scale] ?? []) : [];
  }
  /** Bytes of the bitmap of all scales. */
  get bitmapBytes(): number {
    return this.scales.reduce((sum, scale) => sum + scale.voxels, 0) * this.resident.words * 4;
  }
  /** True if only words can show the targets: masks have nothing else, and pooling is not a look-up. */
  get needsBitmap(): boolean {
    return this.pooling !== null || this.resident.indices === null;
  }

  /**
   * Encodes the words of every scale on the GPU, once per region set.
   * @throws GpuMemoryError when they exceed the limits of a page or of this GPU
   * @throws RangeError when a cell to pool has more voxels than the kernel counts
   */
  async ensureBitmap(): Promise<void> {
    if (this.hasWords) return;
    const { channels, regionsVersion } = this.resident;
    const { bitmapBytes } = this;
    if (bitmapBytes > MAX_BITMAP_BYTES) {
      throw new GpuMemoryError(
        `The words of ${channels} channels take ${formatBytes(bitmapBytes)}, and a page may take ${formatBytes(MAX_BITMAP_BYTES)} for them.`,
      );
    }
    if (channels > MAX_BITMAP_CHANNELS) {
      throw new GpuMemoryError(
        `Words are made of up to ${MAX_BITMAP_CHANNELS} channels, and there are ${channels}.`,
      );
    }
    this.#allocateWords();
    const temporary = new ResourceScope(this.resident.gpu);
    try {
      if (this.pooling) await this.#pool(this.pooling);
      else if (this.resident.indices) await this.#lookUp(temporary, this.resident.indices);
      else await this.#sample();
      this.#bitmapVersion = regionsVersion;
    } finally {
      temporary.dispose();
    }
  }

  /** Gives the words back until they are requested again. */
  releaseBitmap(): void {
    for (const { dispose } of this.#bitmap) dispose();
    this.#bitmap = [];
    this.#words = [];
    this.#bitmapVersion = -1;
  }

  /**
   * Counts the voxels of each palette entry at every scale, `[scale][palette entry]`, independent of regions;
   * null if only words can be counted.
   */
  async countPalette(): Promise<number[][] | null> {
    if (this.needsBitmap) return null;
    const { entryVoxels, grid, paletteSize } = this.resident;
    // The palette came with its counts at full size.
    return countPalette(this, paletteSize, (scale) => {
      const tables = this.targets.scales[scale]?.tables;
      return tables && isIdentity(tables, grid.shape) ? entryVoxels : null;
    });
  }

  /** Counts the voxels of every channel at every scale on the GPU, `[scale][channel]`. */
  async countRegions(): Promise<number[][]> {
    const entryVoxels = await this.countPalette();
    const { table } = this.resident;
    if (entryVoxels && table) return entryVoxels.map((voxels) => regionCounts(table, voxels));
    await this.ensureBitmap();
    return countBitmapRegions(this);
  }

  dispose(): void {
    this.releaseBitmap();
    this.#indexTables.dispose();
  }

  /** Allocates room for the words of all scales, one after the other, in as few buffers as possible. */
  #allocateWords(): void {
    const { gpu, words } = this.resident;
    const most = Math.min(MAX_SLAB_BYTES, gpu.maxSlabBytes) / 4;
    const isOne = this.bitmapBytes <= most * 4;
    const sizes: number[] = [];
    const placed = this.scales.map(({ voxels }) =>
      voxelRanges(voxels, isOne ? voxels : Math.floor(most / Math.max(1, words)), RANGE_VOXELS).map(
        (range) => {
          const length = (range.end - range.first) * words;
          const left = isOne ? length : most - (sizes.at(-1) ?? most);
          if (sizes.length === 0 || left < length) sizes.push(0);
          const buffer = sizes.length - 1;
          const offset = sizes[buffer] ?? 0;
          sizes[buffer] = offset + length;
          return { ...range, offset, buffer };
        },
      ),
    );
    const fits =
      sizes.length === this.#bitmap.length && sizes.every((n, i) => n * 4 <= (this.#bitmap[i]?.bytes ?? 0));
    if (!fits) {
      this.releaseBitmap();
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
      // Allocates one by one, so that earlier buffers are given back if there is no room for the next.
      for (const size of sizes) this.#bitmap = [...this.#bitmap, gpu.buffer("bitmap", size * 4, usage)];
    }
    this.#words = placed.map((slabs) =>
      slabs.flatMap(({ buffer, ...slab }) => {
        const owned = this.#bitmap[buffer];
        return owned ? [{ ...slab, buffer: owned.buffer }] : [];
      }),
    );
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

  async #pool(rule: PoolingRule): Promise<void> {
    const { shape, patch, scales, mode } = this.targets;
    const { resident } = this;
    const nominal = scales.map(({ scale }) => scale);
    await encodePooled(resident.gpu, {
      rule,
      source: {
        shape,
        words: resident.words,
        bandVoxels: (words) => resident.bandVoxels(words),
        encodeRange: (...range) => resident.encodeRange(...range),
      },
      scales: targetCells(shape, patch, nominal, mode).map((cells, s) => ({
        cells,
        slabs: this.#words[s] ?? [],
      })),
    });
  }

  /**
   * Calls `visit` for the voxels of every scale whose source is, or may be, in a range of the case, once for
   * each slab of their words.
   */
  #visitScales(
    range: VoxelRange,
    visit: (scale: ResidentScale, out: Slab, voxels: VoxelRange) => Promise<void>,
  ): Promise<void>[] {
    const { shape } = this.resident.grid;
    return this.scales.flatMap((scale, s) => {
      const table = this.targets.scales[s]?.tables[0] ?? [];
      const [low, high] = slicesReading(table, shape[1] * shape[2], range);
      const sliceVoxels = scale.shape[1] * scale.shape[2];
      const reading = { first: low * sliceVoxels, end: high * sliceVoxels };
      return (this.#words[s] ?? []).flatMap((out) => {
        const voxels = sharedRange(reading, out);
        return voxels ? [visit(scale, out, voxels)] : [];
      });
    });
  }

  /** Samples palette indices and looks them up, so that words never exist at full size. */
  async #lookUp(temporary: ResourceScope, indices: readonly Slab[]): Promise<void> {
    const { gpu, grid, bitsPerIndex, paletteSize, regionTable, words } = this.resident;
    if (!regionTable) return;
    const kernel = kernels.sampledLabels[bitsPerIndex];
    for (const slab of indices) {
      const passes = this.#visitScales(slab, async ({ shape, tableOffset }, out, { first, end }) => {
        const params = temporary.adopt(
          gpu.uniforms(kernel, "params", {
            in_shape: [...grid.shape],
            first,
            out_shape: [...shape],
            end,
            slab_first: slab.first,
            slab_end: slab.end,
            table_offset: tableOffset,
            words,
            palette_size: paletteSize,
            out_offset: out.offset,
            out_first: out.first,
            out_stride: out.end - out.first,
          }),
        );
        const dispatch = await makeDispatch(gpu, {
          kernel,
          params,
          buffers: [this.#indexTables, { buffer: regionTable }, slab, out],
          workgroups: workgroups1d(end - first),
        });
        submitPass(gpu, "look words up", [dispatch]);
      });
      await Promise.all(passes);
    }
  }

  /** Samples words made at full size, a band at a time. */
  async #sample(): Promise<void> {
    const { resident } = this;
    const { gpu, grid, words } = resident;
    const kernel = kernels.sampledWords;
    const every = { first: 0, count: words };
    const bands = voxelRanges(voxelCount(grid.shape), resident.bandVoxels(every), RANGE_VOXELS);
    for (const band of bands) {
      const stride = band.end - band.first;
      const temporary = new ResourceScope(gpu);
      try {
        const full = temporary.storageBuffer("full-size words", stride * words * 4);
        await resident.encodeRange(temporary, band, every, { buffer: full.buffer, offset: 0, stride });
        const passes = this.#visitScales(band, async ({ shape, tableOffset }, out, { first, end }) => {
          const params = temporary.adopt(
            gpu.uniforms(kernel, "params", {
              in_shape: [...grid.shape],
              first,
              out_shape: [...shape],
              end,
              slab_first: band.first,
              slab_end: band.end,
              table_offset: tableOffset,
              words,
              in_stride: stride,
              out_offset: out.offset,
              out_first: out.first,
              out_stride: out.end - out.first,
            }),
          );
          const dispatch = await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [this.#indexTables, full, out],
            workgroups: workgroups1d(end - first),
          });
          submitPass(gpu, "sample words", [dispatch]);
        });
        await Promise.all(passes);
      } finally {
        temporary.dispose();
      }
      // Frees the memory of a band before the next one takes it.
      if (bands.length > 1) await gpuIdle(gpu);
    }
  }
}
