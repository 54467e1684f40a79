/** Unpacks full-size slices from a volume in slabs when the slices or the volume change. */
import type { PlaneAxes, Triple } from "../../domain/geometry/grid.ts";
import { strideOf } from "../../domain/geometry/transpose.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type Slab, sharedRange } from "../../gpu/slabs.ts";
import { changedSlots } from "./changed-slots.ts";
import { ExtractPass } from "./extract-pass.ts";

export interface PlainSlice {
  readonly axes: PlaneAxes;
  /** Index along the slice axis, at full size. */
  readonly slice: number;
}

/** The volume to extract slices from. */
export interface PlainVolume {
  readonly shape: Triple;
  readonly slabs: readonly Slab[];
  /** Fields of the kernel's `params`, besides those of extracts and slabs. */
  readonly params: Readonly<Record<string, number>>;
}

export class PlainExtractor {
  readonly #pass: ExtractPass;
  readonly #result: GrowingBuffer;
  #starts: readonly number[] = [];
  #extract: {
    readonly slabs: readonly Slab[];
    readonly slices: readonly string[];
    readonly result: GPUBuffer;
  } | null = null;

  private constructor(gpu: Gpu, pass: ExtractPass, label: string) {
    this.#pass = pass;
    this.#result = new GrowingBuffer(gpu, label);
  }

  /** @throws KernelError */
  static async create(gpu: Gpu, kernel: Kernel, label: string): Promise<PlainExtractor> {
    return new PlainExtractor(gpu, await ExtractPass.create(gpu, kernel), label);
  }

  /** `[vertical][horizontal]` of each slice, four bytes per voxel, after `encode`. */
  get slices(): GPUBuffer {
    return this.#result.buffer;
  }
  /** Start of each slice. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** Unpacks the slices that are not already in the buffer. */
  encode(encoder: GPUCommandEncoder, volume: PlainVolume, wanted: readonly PlainSlice[]): void {
    const { shape: whole, slabs, params } = volume;
    const strides = strideOf(whole);
    const starts: number[] = [];
    let start = 0;
    const extracts = wanted.map(({ axes, slice }) => {
      const across = [axes.horizontal.axis, axes.vertical.axis] as const;
      const shape = [whole[across[0]], whole[across[1]]] as const;
      const stride = [strides[across[0]], strides[across[1]]] as const;
      const extract = { shape, stride, first: slice * strides[axes.slice.axis], start };
      starts.push(start);
      start += shape[0] * shape[1];
      return extract;
    });
    this.#starts = starts;
    this.#result.reserve(start * 4);
    const result = this.#result.buffer;
    const slices = wanted.map(({ axes, slice }, i) =>
      [axes.horizontal.axis, axes.vertical.axis, slice, starts[i]].join(),
    );
    const known =
      this.#extract?.slabs === slabs && this.#extract.result === result ? this.#extract.slices : null;
    this.#extract = { slabs, slices, result };
    const missing = changedSlots(known, slices).flatMap((i) => extracts[i] ?? []);
    const parts = slabs.map((slab) => ({
      params: { ...params, slab_first: slab.first, slab_end: slab.end },
      extracts: missing.filter(({ shape, stride, first }) => {
        const last = first + (shape[0] - 1) * stride[0] + (shape[1] - 1) * stride[1];
        return sharedRange({ first, end: last + 1 }, slab) !== null;
      }),
      inputs: [slab.buffer],
    }));
    this.#pass.encode(encoder, parts, result);
  }

  /** Drops references to the volume, so that its buffers can be freed. */
  forget(): void {
    this.#extract = null;
    this.#pass.forget();
  }

  dispose(): void {
    this.#pass.dispose();
    this.#result.dispose();
  }
}
