/**
 * The buffers of slices that panes read (words, tints, image), laid out when slices, regions or styles
 * change.
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { arrayBytes } from "../../gpu/kernel.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { changedSlots } from "../shared/changed-slots.ts";
import { CutPass } from "../shared/extract-pass.ts";
import { type ImageSlice, imageCut, volumeOfImage } from "../shared/image-extractor.ts";
import type { PlainCut } from "../shared/plain-extractor.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import {
  type CutColumn,
  entriesStart,
  placeSlices,
  SliceCut,
  type WantedSlice,
} from "../shared/slice-extractor.ts";
import { tintKernel } from "./slice-kernels.ts";
import type { EntryTint, Layer, SourceIndex } from "./slice-scene.ts";
import { layerValues } from "./slice-uniforms.ts";

/** The slices that one pane reads. */
export interface PaneSlices {
  readonly image: ImageSlice;
  readonly own: WantedSlice & { readonly source: SourceIndex };
  readonly other: (WantedSlice & { readonly source: SourceIndex }) | null;
}

/** Positions of one pane's data. */
export interface PanePlaces {
  readonly own: CutColumn;
  readonly other: CutColumn | null;
  readonly tintStart: number;
  /** Start of its palette entries among the words; 0 if layers tint it. */
  readonly entries: number;
  readonly imageStart: number;
}

/** See `shaders/slices/composite-layers.wgsl`. */
const NUMBERS_PER_TINT = 3;

/** The case to draw, and one to compare it with. */
export type Sources = readonly [ResidentTargets | null, ResidentTargets | null];

export class PaneCuts {
  readonly #cuts: readonly [SliceCut, SliceCut];
  readonly #imageCut: PlainCut;
  readonly #tint: CutPass;
  readonly #words: GrowingBuffer;
  readonly #tints: GrowingBuffer;
  readonly #layers: GrowingBuffer;
  #tinted: { readonly layers: readonly Layer[]; readonly tints: readonly EntryTint[] | null } | null = null;
  /** Keys of the tints in the buffer, by pane. */
  #tintedPlaces: { readonly keys: readonly string[]; readonly result: GPUBuffer } | null = null;

  private constructor(gpu: Gpu, cuts: readonly [SliceCut, SliceCut], imageCut: PlainCut, tint: CutPass) {
    this.#cuts = cuts;
    this.#imageCut = imageCut;
    this.#tint = tint;
    this.#words = new GrowingBuffer(gpu, "pane slice words");
    this.#tints = new GrowingBuffer(gpu, "pane tints");
    this.#layers = new GrowingBuffer(gpu, "pane layers");
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<PaneCuts> {
    const [first, second, image, tint] = await Promise.all([
      SliceCut.create(gpu),
      SliceCut.create(gpu),
      imageCut(gpu),
      CutPass.create(gpu, tintKernel),
    ]);
    return new PaneCuts(gpu, [first, second], image, tint);
  }

  get words(): GPUBuffer {
    return this.#words.buffer;
  }
  get tints(): GPUBuffer {
    return this.#tints.buffer;
  }
  get image(): GPUBuffer {
    return this.#imageCut.slices;
  }

  /** Updates everything that the panes read; returns the positions of each pane's data. */
  encode(
    encoder: GPUCommandEncoder,
    sources: Sources,
    image: ResidentImage | null,
    panes: readonly PaneSlices[],
    styles: { readonly layers: readonly Layer[]; readonly tints: readonly EntryTint[] | null },
    words: number,
  ): readonly PanePlaces[] {
    const wanted: [WantedSlice[], WantedSlice[]] = [[], []];
    const indexOf = ({ source, ...slice }: WantedSlice & { readonly source: SourceIndex }) => {
      const list = wanted[source];
      const known = list.findIndex((other) => isSameSlice(other, slice));
      return known >= 0 ? known : list.push(slice) - 1;
    };
    const indices = panes.map(({ own, other }) => ({ own: indexOf(own), other: other && indexOf(other) }));
    const [first, second] = sources;
    const withEntries = styles.tints !== null && first !== null && !first.needsBitmap;
    const placed = first ? placeSlices(first, wanted[0], 0, withEntries) : { columns: [], end: 0 };
    const more = second ? placeSlices(second, wanted[1], placed.end) : { columns: [], end: placed.end };
    // Make room once for both, because growing discards the contents.
    this.#words.room(more.end * 4);
    const changed = sources.map((source, i) => {
      const list = wanted[i] ?? [];
      const start = i === 0 ? 0 : placed.end;
      return source && list.length > 0
        ? (this.#cuts[i]?.encode(encoder, source, list, this.#words, start, withEntries && i === 0) ?? [])
        : [];
    });
    if (image)
      this.#imageCut.encode(
        encoder,
        volumeOfImage(image),
        panes.map((pane) => pane.image),
      );

    const columns = [placed.columns, more.columns];
    let tintStart = 0;
    const places = panes.map(({ own, other }, i): PanePlaces => {
      const at = indices[i];
      const ownColumn = columns[own.source]?.[at?.own ?? 0] ?? NOTHING;
      const place = {
        own: ownColumn,
        other: other && at?.other !== null ? (columns[other.source]?.[at?.other ?? 0] ?? null) : null,
        tintStart,
        entries: withEntries && own.source === 0 ? entriesStart(ownColumn, first.resident.words) : 0,
        imageStart: image ? (this.#imageCut.starts[i] ?? 0) : 0,
      };
      tintStart += ownColumn.wordStride * NUMBERS_PER_TINT;
      return place;
    });
    const wordsChanged = panes.map(
      ({ own }, i) => changed[own.source]?.includes(indices[i]?.own ?? -1) ?? false,
    );
    this.#encodeTints(encoder, places, styles, { words, numbers: tintStart }, wordsChanged);
    return places;
  }

  #encodeTints(
    encoder: GPUCommandEncoder,
    places: readonly PanePlaces[],
    styles: { readonly layers: readonly Layer[]; readonly tints: readonly EntryTint[] | null },
    { words, numbers }: { readonly words: number; readonly numbers: number },
    wordsChanged: readonly boolean[],
  ): void {
    const { layers, tints } = styles;
    this.#tints.room(numbers * 4);
    const result = this.#tints.buffer;
    const keys = places.map(({ own, tintStart, entries }) =>
      [own.start, own.shape, tintStart, entries].join(),
    );
    const isWritten = this.#tinted?.layers === layers && this.#tinted.tints === tints;
    const known = isWritten && this.#tintedPlaces?.result === result ? this.#tintedPlaces.keys : null;
    const changed = new Set(changedSlots(known, keys));
    const missing = places.filter((_, i) => changed.has(i) || wordsChanged[i]);
    if (!isWritten) this.#layers.write(arrayBytes(tintKernel, "layers", layerValues(layers, tints ?? [])));
    this.#tinted = styles;
    this.#tintedPlaces = { keys, result };
    if (missing.length === 0) return;
    const cuts = missing.map(({ own, tintStart, entries }) => ({
      shape: own.shape,
      words: own.start,
      start: tintStart,
      entries,
    }));
    const inputs = [this.#layers.buffer, this.#words.buffer];
    const run = tintRun(layers.length, words);
    const params = { layers: layers.length, words, run };
    this.#tint.encode(encoder, [{ params, run, cuts, inputs }], result);
  }

  /** Drops references to a case's buffers, so that they can be freed. */
  forget(): void {
    for (const cut of this.#cuts) cut.forget();
    this.#imageCut.forget();
    this.#tint.forget();
    this.#tinted = null;
  }

  dispose(): void {
    for (const cut of this.#cuts) cut.dispose();
    for (const owned of [this.#imageCut, this.#tint, this.#words, this.#tints, this.#layers]) owned.dispose();
  }
}

/** Maximum number of loop iterations in one invocation; some drivers end loops after 65,535. */
const MOST_TURNS = 16_384;
const MOST_RUN = 8;

/**
 * Returns the number of voxels per invocation. For each voxel, it reads every word once and every layer
 * twice.
 */
export function tintRun(layers: number, words: number): number {
  return Math.max(1, Math.min(MOST_RUN, Math.floor(MOST_TURNS / (1 + words + 2 * layers))));
}

const NOTHING: CutColumn = { start: 0, shape: [0, 0], stride: [1, 0], wordStride: 0 };

function isSameSlice(a: WantedSlice, b: WantedSlice): boolean {
  return (
    a.scale === b.scale &&
    a.slice === b.slice &&
    a.axes.horizontal.axis === b.axes.horizontal.axis &&
    a.axes.vertical.axis === b.axes.vertical.axis
  );
}
