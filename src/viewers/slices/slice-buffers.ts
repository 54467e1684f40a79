/**
 * The buffers of slices that panes read (words, tints, image), laid out when slices, regions or styles
 * change.
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { arrayBytes } from "../../gpu/kernel.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { changedSlots } from "../shared/changed-slots.ts";
import { ExtractPass } from "../shared/extract-pass.ts";
import { type ImageSlice, imageExtractor, volumeOfImage } from "../shared/image-extractor.ts";
import type { PlainExtractor } from "../shared/plain-extractor.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import {
  type ExtractedSlice,
  entriesStart,
  placeSlices,
  SliceExtractor,
  type WantedSlice,
} from "../shared/slice-extractor.ts";
import { compositeKernel } from "./slice-kernels.ts";
import type { EntryStyle, Layer, SideIndex } from "./slice-scene.ts";
import { layerValues } from "./slice-uniforms.ts";

/** The slices that one pane reads. */
export interface PaneSlices {
  readonly image: ImageSlice;
  readonly own: WantedSlice & { readonly side: SideIndex };
  readonly other: (WantedSlice & { readonly side: SideIndex }) | null;
}

/** Positions of one pane's data. */
export interface PanePlaces {
  readonly own: ExtractedSlice;
  readonly other: ExtractedSlice | null;
  readonly compositeStart: number;
  /** Start of its palette entries among the words; 0 if layers tint it. */
  readonly entries: number;
  readonly imageStart: number;
}

/** See `shaders/slices/composite-layers.wgsl`. */
const NUMBERS_PER_VOXEL = 3;

/** The case to draw, and one to compare it with. */
export type Sides = readonly [ResidentTargets | null, ResidentTargets | null];

export class SliceBuffers {
  readonly #extractors: readonly [SliceExtractor, SliceExtractor];
  readonly #imageExtractor: PlainExtractor;
  readonly #composite: ExtractPass;
  readonly #words: GrowingBuffer;
  readonly #composites: GrowingBuffer;
  readonly #layers: GrowingBuffer;
  #madeFrom: {
    readonly layers: readonly Layer[];
    readonly stylesByEntry: readonly EntryStyle[] | null;
  } | null = null;
  /** Keys of the tints in the buffer, by pane. */
  #compositedPlaces: { readonly keys: readonly string[]; readonly result: GPUBuffer } | null = null;

  private constructor(
    gpu: Gpu,
    extractors: readonly [SliceExtractor, SliceExtractor],
    imageExtractor: PlainExtractor,
    composite: ExtractPass,
  ) {
    this.#extractors = extractors;
    this.#imageExtractor = imageExtractor;
    this.#composite = composite;
    this.#words = new GrowingBuffer(gpu, "slice words");
    this.#composites = new GrowingBuffer(gpu, "slice composites");
    this.#layers = new GrowingBuffer(gpu, "slice layers");
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<SliceBuffers> {
    const [first, second, image, composite] = await Promise.all([
      SliceExtractor.create(gpu),
      SliceExtractor.create(gpu),
      imageExtractor(gpu),
      ExtractPass.create(gpu, compositeKernel),
    ]);
    return new SliceBuffers(gpu, [first, second], image, composite);
  }

  get words(): GPUBuffer {
    return this.#words.buffer;
  }
  get composites(): GPUBuffer {
    return this.#composites.buffer;
  }
  get image(): GPUBuffer {
    return this.#imageExtractor.slices;
  }

  /** Updates everything that the panes read; returns the positions of each pane's data. */
  encode(
    encoder: GPUCommandEncoder,
    sides: Sides,
    image: ResidentImage | null,
    panes: readonly PaneSlices[],
    styles: { readonly layers: readonly Layer[]; readonly stylesByEntry: readonly EntryStyle[] | null },
    words: number,
  ): readonly PanePlaces[] {
    const wanted: [WantedSlice[], WantedSlice[]] = [[], []];
    const indexOf = ({ side, ...slice }: WantedSlice & { readonly side: SideIndex }) => {
      const list = wanted[side];
      const known = list.findIndex((other) => isSameSlice(other, slice));
      return known >= 0 ? known : list.push(slice) - 1;
    };
    const indices = panes.map(({ own, other }) => ({ own: indexOf(own), other: other && indexOf(other) }));
    const [first, second] = sides;
    const withEntries = styles.stylesByEntry !== null && first !== null && !first.needsBitmap;
    const placed = first ? placeSlices(first, wanted[0], 0, withEntries) : { columns: [], end: 0 };
    const more = second ? placeSlices(second, wanted[1], placed.end) : { columns: [], end: placed.end };
    // Make room once for both, because growing discards the contents.
    this.#words.reserve(more.end * 4);
    const changed = sides.map((side, i) => {
      const list = wanted[i] ?? [];
      const start = i === 0 ? 0 : placed.end;
      return side && list.length > 0
        ? (this.#extractors[i]?.encode(encoder, side, list, this.#words, start, withEntries && i === 0) ?? [])
        : [];
    });
    if (image)
      this.#imageExtractor.encode(
        encoder,
        volumeOfImage(image),
        panes.map((pane) => pane.image),
      );

    const columns = [placed.columns, more.columns];
    let compositeStart = 0;
    const places = panes.map(({ own, other }, i): PanePlaces => {
      const at = indices[i];
      const ownColumn = columns[own.side]?.[at?.own ?? 0] ?? NOTHING;
      const place = {
        own: ownColumn,
        other: other && at?.other !== null ? (columns[other.side]?.[at?.other ?? 0] ?? null) : null,
        compositeStart,
        entries: withEntries && own.side === 0 ? entriesStart(ownColumn, first.resident.words) : 0,
        imageStart: image ? (this.#imageExtractor.starts[i] ?? 0) : 0,
      };
      compositeStart += ownColumn.wordStride * NUMBERS_PER_VOXEL;
      return place;
    });
    const wordsChanged = panes.map(
      ({ own }, i) => changed[own.side]?.includes(indices[i]?.own ?? -1) ?? false,
    );
    this.#encodeComposite(encoder, places, styles, { words, numbers: compositeStart }, wordsChanged);
    return places;
  }

  #encodeComposite(
    encoder: GPUCommandEncoder,
    places: readonly PanePlaces[],
    styles: { readonly layers: readonly Layer[]; readonly stylesByEntry: readonly EntryStyle[] | null },
    { words, numbers }: { readonly words: number; readonly numbers: number },
    wordsChanged: readonly boolean[],
  ): void {
    const { layers, stylesByEntry } = styles;
    this.#composites.reserve(numbers * 4);
    const result = this.#composites.buffer;
    const keys = places.map(({ own, compositeStart, entries }) =>
      [own.start, own.shape, compositeStart, entries].join(),
    );
    const isWritten = this.#madeFrom?.layers === layers && this.#madeFrom.stylesByEntry === stylesByEntry;
    const known = isWritten && this.#compositedPlaces?.result === result ? this.#compositedPlaces.keys : null;
    const changed = new Set(changedSlots(known, keys));
    const missing = places.filter((_, i) => changed.has(i) || wordsChanged[i]);
    if (!isWritten)
      this.#layers.write(arrayBytes(compositeKernel, "layers", layerValues(layers, stylesByEntry ?? [])));
    this.#madeFrom = styles;
    this.#compositedPlaces = { keys, result };
    if (missing.length === 0) return;
    const extracts = missing.map(({ own, compositeStart, entries }) => ({
      shape: own.shape,
      words: own.start,
      start: compositeStart,
      entries,
    }));
    const inputs = [this.#layers.buffer, this.#words.buffer];
    const perInvocation = voxelsPerInvocation(layers.length, words);
    const params = { layers: layers.length, words, per_invocation: perInvocation };
    this.#composite.encode(encoder, [{ params, perInvocation, extracts, inputs }], result);
  }

  /** Drops references to a case's buffers, so that they can be freed. */
  forget(): void {
    for (const extractor of this.#extractors) extractor.forget();
    this.#imageExtractor.forget();
    this.#composite.forget();
    this.#madeFrom = null;
  }

  dispose(): void {
    for (const extractor of this.#extractors) extractor.dispose();
    for (const owned of [this.#imageExtractor, this.#composite, this.#words, this.#composites, this.#layers])
      owned.dispose();
  }
}

/** Maximum number of loop iterations in one invocation; some drivers end loops after 65,535. */
const MAX_TURNS = 16_384;
const MAX_PER_INVOCATION = 8;

/**
 * Returns the number of voxels per invocation. For each voxel, it reads every word once and every layer
 * twice.
 */
export function voxelsPerInvocation(layers: number, words: number): number {
  return Math.max(1, Math.min(MAX_PER_INVOCATION, Math.floor(MAX_TURNS / (1 + words + 2 * layers))));
}

const NOTHING: ExtractedSlice = { start: 0, shape: [0, 0], stride: [1, 0], wordStride: 0 };

function isSameSlice(a: WantedSlice, b: WantedSlice): boolean {
  return (
    a.scale === b.scale &&
    a.slice === b.slice &&
    a.axes.horizontal.axis === b.axes.horizontal.axis &&
    a.axes.vertical.axis === b.axes.vertical.axis
  );
}
