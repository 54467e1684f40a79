/**
 * Lays out the words of the shown slices when slices or regions change: looks them up from palette indices,
 * or copies them from the words of whole scales. Panning, zooming, scrolling, colours and opacity reuse them.
 */
import extractSlice from "../../../shaders/extract/extract-slice.wgsl?kernel";
import extractWords from "../../../shaders/extract/extract-words.wgsl?kernel";
import type { PlaneAxes } from "../../domain/geometry/grid.ts";
import { strideOf } from "../../domain/geometry/transpose.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type Slab, sharedRange, type VoxelRange } from "../../gpu/slabs.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { changedSlots } from "./changed-slots.ts";
import { ExtractPass } from "./extract-pass.ts";
import { tableStart } from "./table-start.ts";

export const extractSliceKernel: Kernel = { label: "extract/extract-slice.wgsl", ...extractSlice };
export const extractWordsKernel: Kernel = { label: "extract/extract-words.wgsl", ...extractWords };

/** One slice of one scale. */
export interface WantedSlice {
  readonly scale: number;
  readonly axes: PlaneAxes;
  /** Index along the slice axis, in the scale. */
  readonly slice: number;
}

/** Position of a slice among the words. */
export interface ExtractedSlice {
  readonly start: number;
  /** Voxels, horizontal and vertical. */
  readonly shape: readonly [number, number];
  /** Words between neighbours, horizontal and vertical. */
  readonly stride: readonly [number, number];
  /** Distance between the words of one voxel. */
  readonly wordStride: number;
}

/** Returns the start of a slice's palette entries, which follow its words. */
export function entriesStart({ start, wordStride }: ExtractedSlice, words: number): number {
  return start + words * wordStride;
}

/** A slice and its position. */
interface PlacedSlice {
  readonly slice: WantedSlice;
  readonly column: ExtractedSlice;
}

/** Inputs of the current word layout. A change in anything but the slices invalidates all words. */
interface Extraction {
  readonly shown: ResidentTargets;
  readonly version: number;
  /** Key of each slice, including its position. */
  readonly slices: readonly string[];
  readonly start: number;
  readonly withEntries: boolean;
  readonly fromWords: boolean;
  readonly result: GPUBuffer;
}

/**
 * Assigns consecutive positions to slices, from word `start` on, and returns the end.
 * @param withEntries whether the palette entry of each voxel follows a slice's words
 */
export function placeSlices(
  shown: ResidentTargets,
  wanted: readonly WantedSlice[],
  start: number,
  withEntries = false,
): { readonly columns: readonly ExtractedSlice[]; readonly end: number } {
  let at = start;
  const columns = wanted.map(({ scale, axes }) => {
    const { shape, voxels } = shown.scales[scale] ?? { shape: [0, 0, 0], voxels: 0 };
    const width = voxels === 0 ? 0 : (shape[axes.horizontal.axis] ?? 0);
    const height = voxels === 0 ? 0 : (shape[axes.vertical.axis] ?? 0);
    const wordStride = width * height;
    const column: ExtractedSlice = { start: at, shape: [width, height], stride: [1, width], wordStride };
    at += wordStride * (shown.resident.words + (withEntries ? 1 : 0));
    return column;
  });
  return { columns, end: at };
}

export class SliceExtractor {
  readonly #palette: ExtractPass;
  readonly #words: ExtractPass;
  #columns: readonly ExtractedSlice[] = [];
  #extract: Extraction | null = null;

  private constructor(palette: ExtractPass, words: ExtractPass) {
    this.#palette = palette;
    this.#words = words;
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<SliceExtractor> {
    const [palette, words] = await Promise.all(
      [extractSliceKernel, extractWordsKernel].map((kernel) => ExtractPass.create(gpu, kernel)),
    );
    if (!palette || !words) throw new Error("A slice is cut in two ways.");
    return new SliceExtractor(palette, words);
  }

  get columns(): readonly ExtractedSlice[] {
    return this.#columns;
  }

  /**
   * Lays out slices in `result` from word `start` on, skipping those that are already there.
   * @param fromWords copies words even of targets that a palette could provide; the others are always copied
   * @returns the indices of the updated slices
   */
  encode(
    encoder: GPUCommandEncoder,
    shown: ResidentTargets,
    wanted: readonly WantedSlice[],
    result: GrowingBuffer,
    start = 0,
    withEntries = false,
    fromWords = shown.needsBitmap,
  ): readonly number[] {
    const { columns, end } = placeSlices(shown, wanted, start, withEntries);
    result.reserve(end * 4);
    const version = shown.resident.regionsVersion;
    const slices = wanted.map((slice, i) => `${keyOf(slice)} ${columns[i]?.start}`);
    const extract: Extraction = {
      shown,
      version,
      slices,
      start,
      withEntries,
      fromWords,
      result: result.buffer,
    };
    const known = this.#extract && isAlike(this.#extract, extract) ? this.#extract.slices : null;
    const changed = changedSlots(known, slices);
    this.#columns = columns;
    if (changed.length === 0) {
      this.#extract = extract;
      return changed;
    }
    const missing = changed.flatMap((i) => {
      const [slice, column] = [wanted[i], columns[i]];
      return slice && column ? [{ slice, column }] : [];
    });
    const isThere = fromWords
      ? this.#copy(encoder, shown, missing, result.buffer)
      : this.#lookUp(encoder, shown, missing, result.buffer, withEntries);
    this.#extract = isThere ? extract : null;
    return isThere ? changed : [];
  }

  #lookUp(
    encoder: GPUCommandEncoder,
    shown: ResidentTargets,
    missing: readonly PlacedSlice[],
    result: GPUBuffer,
    withEntries: boolean,
  ): boolean {
    const { resident } = shown;
    const { indices, regionTable } = resident;
    if (!indices || !regionTable) return false;
    const strides = strideOf(resident.grid.shape);
    const extracts = missing.flatMap(({ slice: { scale, axes, slice }, column }) => {
      const placed = shown.scales[scale];
      const tables = shown.targets.scales[scale]?.tables;
      if (!placed || !tables || placed.voxels === 0) return [];
      const across = [axes.horizontal.axis, axes.vertical.axis] as const;
      // First and last full-size voxel that the slice reads.
      const first = [0, 0, 0];
      const last = [0, 0, 0];
      for (const axis of [0, 1, 2] as const) {
        const table = axis === axes.slice.axis ? tables[axis].subarray(slice, slice + 1) : tables[axis];
        first[axis] = table.reduce((least, at) => Math.min(least, at), table[0] ?? 0);
        last[axis] = table.reduce((most, at) => Math.max(most, at), 0);
      }
      const addressOf = (at: readonly number[]) =>
        at.reduce((sum, n, axis) => sum + n * (strides[axis] ?? 0), 0);
      return {
        reads: { first: addressOf(first), end: addressOf(last) + 1 },
        extract: {
          shape: column.shape,
          stride: across.map((axis) => strides[axis]),
          tables: across.map((axis) => tableStart(placed, axis)),
          slice_table: tableStart(placed, axes.slice.axis) + slice,
          slice_stride: strides[axes.slice.axis],
          start: column.start,
        },
      };
    });
    const parts = indices.map((slab) => ({
      params: {
        index_shift: resident.bitsPerIndex === 16 ? 1 : 2,
        palette_size: resident.paletteSize,
        // The region table is followed by the entries themselves.
        words: resident.words + (withEntries ? 1 : 0),
        slab_first: slab.first,
        slab_end: slab.end,
      },
      extracts: extracts.flatMap(({ reads, extract }) => (sharedRange(reads, slab) ? [extract] : [])),
      inputs: [shown.indexTables, slab.buffer, regionTable],
    }));
    this.#palette.encode(encoder, parts, result);
    return true;
  }

  #copy(
    encoder: GPUCommandEncoder,
    shown: ResidentTargets,
    missing: readonly PlacedSlice[],
    result: GPUBuffer,
  ): boolean {
    if (!shown.hasWords) return false;
    const extracts = missing.flatMap(({ slice: { scale, axes, slice }, column }) => {
      const placed = shown.scales[scale];
      if (!placed) return [];
      const strides = strideOf(placed.shape);
      const [right, down] = [strides[axes.horizontal.axis], strides[axes.vertical.axis]];
      const first = slice * strides[axes.slice.axis];
      const last = first + (column.shape[0] - 1) * right + (column.shape[1] - 1) * down;
      const reads: VoxelRange = { first, end: last + 1 };
      return shown.wordsOf(scale).flatMap((slab) => {
        if (!sharedRange(reads, slab)) return [];
        return {
          slab,
          extract: {
            shape: column.shape,
            stride: [right, down],
            first,
            start: column.start,
            slab_first: slab.first,
            slab_end: slab.end,
            offset: slab.offset,
          },
        };
      });
    });
    const params = { words: shown.resident.words };
    const parts = [...byBuffer(extracts)].map(([buffer, own]) => ({
      params,
      extracts: own,
      inputs: [buffer],
    }));
    this.#words.encode(encoder, parts, result);
    return true;
  }

  /** Drops references to a case's buffers, so that they can be freed. */
  forget(): void {
    this.#extract = null;
    this.#palette.forget();
    this.#words.forget();
  }

  dispose(): void {
    this.#palette.dispose();
    this.#words.dispose();
  }
}

function byBuffer<C>(extracts: readonly { readonly slab: Slab; readonly extract: C }[]): Map<GPUBuffer, C[]> {
  const lists = new Map<GPUBuffer, C[]>();
  for (const { slab, extract } of extracts) {
    const list = lists.get(slab.buffer);
    if (list) list.push(extract);
    else lists.set(slab.buffer, [extract]);
  }
  return lists;
}

function keyOf({ scale, axes, slice }: WantedSlice): string {
  return [scale, axes.horizontal.axis, axes.vertical.axis, slice].join();
}

function isAlike(a: Extraction, b: Extraction): boolean {
  return (
    a.shown === b.shown &&
    a.version === b.version &&
    a.start === b.start &&
    a.withEntries === b.withEntries &&
    a.fromWords === b.fromWords &&
    a.result === b.result
  );
}
