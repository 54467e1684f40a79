/** The slice of the image that is shown, unpacked when slice or image change. */
import { makeShaderDataDefinitions, makeStructuredView } from "webgpu-utils";
import cutCode from "../../shaders/view/cut-image.wgsl?raw";
import type { PlaneAxes, Triple } from "../domain/grid.ts";
import { strideOf } from "../domain/transpose.ts";
import { BindGroupCache } from "../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import { GrowingBuffer } from "../gpu/growing-buffer.ts";
import type { Kernel } from "../gpu/kernel.ts";
import { withHalves } from "./image-kernels.ts";
import type { ResidentImage } from "./resident-image.ts";

export const cutImageKernel: Kernel = withHalves("view/cut-image.wgsl", cutCode);
const definitions = makeShaderDataDefinitions(cutImageKernel.code);
/** Side of a workgroup, and voxels that one invocation works on, as the kernel has them. */
const GROUP = 8;
const RUN = 8;

export class ImageCut {
  readonly #gpu: Gpu;
  readonly #pipeline: GPUComputePipeline;
  readonly #paramsData = uniformView();
  readonly #params: GpuBuffer;
  readonly #slice: GrowingBuffer;
  readonly #bindings: BindGroupCache;
  #cut: { readonly image: GPUBuffer; readonly place: string } | null = null;

  private constructor(gpu: Gpu, pipeline: GPUComputePipeline) {
    this.#gpu = gpu;
    this.#pipeline = pipeline;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.#params = gpu.buffer("image slice params", this.#paramsData.arrayBuffer.byteLength, usage);
    this.#slice = new GrowingBuffer(gpu, "image slice");
    this.#bindings = new BindGroupCache(gpu, cutImageKernel.label, pipeline.getBindGroupLayout(0));
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<ImageCut> {
    return new ImageCut(gpu, await gpu.computePipeline(cutImageKernel));
  }

  /** Values in the image's unit, `[vertical][horizontal]`, after `encode`. */
  get slice(): GPUBuffer {
    return this.#slice.buffer;
  }

  /** Unpacks the slice through `voxel`, if it is not what was unpacked last. */
  encode(encoder: GPUCommandEncoder, image: ResidentImage, axes: PlaneAxes, voxel: Triple): void {
    const across = [axes.horizontal.axis, axes.vertical.axis] as const;
    const { axis } = axes.slice;
    const place = [...across, voxel[axis]].join();
    if (this.#cut?.image === image.buffer && this.#cut.place === place) return;
    this.#cut = { image: image.buffer, place };

    const strides = strideOf(image.grid.shape);
    const [width, height] = [image.grid.shape[across[0]], image.grid.shape[across[1]]];
    this.#paramsData.set({
      shape: [width, height],
      stride: across.map((side) => strides[side]),
      start: voxel[axis] * strides[axis],
    });
    this.#gpu.write(this.#params, this.#paramsData.arrayBuffer);
    this.#slice.room(width * height * 4);
    const pass = encoder.beginComputePass({ label: cutImageKernel.label });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings.of([this.#params.buffer, image.buffer, this.#slice.buffer]));
    pass.dispatchWorkgroups(Math.ceil(width / (GROUP * RUN)), Math.ceil(height / GROUP));
    pass.end();
  }

  /** Lets go of the image, whose buffer may be given back. */
  forget(): void {
    this.#cut = null;
    this.#bindings.forget();
  }

  dispose(): void {
    this.forget();
    this.#params.dispose();
    this.#slice.dispose();
  }
}

function uniformView() {
  const definition = definitions.uniforms.params;
  if (!definition) throw new Error(`${cutImageKernel.label} has no uniform named params.`);
  return makeStructuredView(definition);
}
