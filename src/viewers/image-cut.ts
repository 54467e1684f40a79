/** The slice of the image that is shown, unpacked when slice or image change. */
import cutCode from "../../shaders/view/cut-image.wgsl?raw";
import type { PlaneAxes, Triple } from "../domain/grid.ts";
import { strideOf } from "../domain/transpose.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { CutPass } from "./cut-pass.ts";
import { withHalves } from "./image-kernels.ts";
import type { ResidentImage } from "./resident-image.ts";

export const cutImageKernel = withHalves("view/cut-image.wgsl", cutCode);

export class ImageCut {
  readonly #pass: CutPass;
  #cut: { readonly image: GPUBuffer; readonly place: string } | null = null;

  private constructor(pass: CutPass) {
    this.#pass = pass;
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<ImageCut> {
    return new ImageCut(await CutPass.create(gpu, cutImageKernel));
  }

  /** Values in the image's unit, `[vertical][horizontal]`, after `encode`. */
  get slice(): GPUBuffer {
    return this.#pass.result;
  }

  /** Unpacks the slice through `voxel`, if it is not what was unpacked last. */
  encode(encoder: GPUCommandEncoder, image: ResidentImage, axes: PlaneAxes, voxel: Triple): void {
    const across = [axes.horizontal.axis, axes.vertical.axis] as const;
    const { axis } = axes.slice;
    const place = [...across, voxel[axis]].join();
    if (this.#cut?.image === image.buffer && this.#cut.place === place) return;
    this.#cut = { image: image.buffer, place };

    const strides = strideOf(image.grid.shape);
    const shape = [image.grid.shape[across[0]], image.grid.shape[across[1]]] as const;
    this.#pass.encode(encoder, {
      params: { shape, stride: across.map((side) => strides[side]), start: voxel[axis] * strides[axis] },
      inputs: [image.buffer],
      resultBytes: shape[0] * shape[1] * 4,
      shape,
      slices: 1,
    });
  }

  /** Lets go of the image, whose buffer may be given back. */
  forget(): void {
    this.#cut = null;
    this.#pass.forget();
  }

  dispose(): void {
    this.#pass.dispose();
  }
}
