/** The slices of the image that are shown, unpacked when slices or image change. */
import cut from "../../shaders/view/cut-image.wgsl?kernel";
import type { PlaneAxes } from "../domain/grid.ts";
import { strideOf } from "../domain/transpose.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { GrowingBuffer } from "../gpu/growing-buffer.ts";
import type { Kernel } from "../gpu/kernel.ts";
import { changedSlots } from "./changed-slots.ts";
import { CutPass } from "./cut-pass.ts";
import type { ResidentImage } from "./resident-image.ts";

export const cutImageKernel: Kernel = { label: "view/cut-image.wgsl", ...cut };

export interface ImageSlice {
  readonly axes: PlaneAxes;
  /** Along the slice axis, at full size. */
  readonly slice: number;
}

export class ImageCut {
  readonly #pass: CutPass;
  readonly #result: GrowingBuffer;
  #starts: readonly number[] = [];
  #cut: { readonly image: GPUBuffer; readonly slices: readonly string[]; readonly result: GPUBuffer } | null =
    null;

  private constructor(gpu: Gpu, pass: CutPass) {
    this.#pass = pass;
    this.#result = new GrowingBuffer(gpu, "image slices");
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<ImageCut> {
    return new ImageCut(gpu, await CutPass.create(gpu, cutImageKernel));
  }

  /** Values in the image's unit, `[vertical][horizontal]` of each slice, after `encode`. */
  get slices(): GPUBuffer {
    return this.#result.buffer;
  }
  /** Where each slice begins. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** Unpacks those slices that are not what was unpacked there last. */
  encode(encoder: GPUCommandEncoder, image: ResidentImage, wanted: readonly ImageSlice[]): void {
    const strides = strideOf(image.grid.shape);
    const starts: number[] = [];
    let start = 0;
    const cuts = wanted.map(({ axes, slice }) => {
      const across = [axes.horizontal.axis, axes.vertical.axis] as const;
      const shape = [image.grid.shape[across[0]], image.grid.shape[across[1]]] as const;
      const stride = [strides[across[0]], strides[across[1]]];
      const cut = { shape, stride, first: slice * strides[axes.slice.axis], start };
      starts.push(start);
      start += shape[0] * shape[1];
      return cut;
    });
    this.#starts = starts;
    this.#result.room(start * 4);
    const result = this.#result.buffer;
    const slices = wanted.map(({ axes, slice }, i) =>
      [axes.horizontal.axis, axes.vertical.axis, slice, starts[i]].join(),
    );
    const known = this.#cut?.image === image.buffer && this.#cut.result === result ? this.#cut.slices : null;
    this.#cut = { image: image.buffer, slices, result };
    const missing = changedSlots(known, slices).flatMap((i) => cuts[i] ?? []);
    if (missing.length > 0) this.#pass.encode(encoder, { cuts: missing, inputs: [image.buffer], result });
  }

  /** Lets go of the image, whose buffer may be given back. */
  forget(): void {
    this.#cut = null;
    this.#pass.forget();
  }

  dispose(): void {
    this.#pass.dispose();
    this.#result.dispose();
  }
}
