/** The compute pass that lays a slice out for drawing: its parameters, its bindings, one dispatch. What is laid out differs by kernel. */
import { BindGroupCache } from "../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import { GrowingBuffer } from "../gpu/growing-buffer.ts";
import { type Kernel, uniformBytes } from "../gpu/kernel.ts";

/** Side of a workgroup, and voxels that one invocation works on, as these kernels have them. */
const GROUP = 8;
const RUN = 8;

export interface CutDispatch {
  /** Fields of the kernel's `params`. */
  readonly params: Readonly<Record<string, number | readonly number[]>>;
  /** Buffers for the bindings between the params and the result. */
  readonly inputs: readonly GPUBuffer[];
  readonly resultBytes: number;
  /** Voxels of the largest slice, horizontal and vertical. */
  readonly shape: readonly [number, number];
  readonly slices: number;
}

export class CutPass {
  readonly #kernel: Kernel;
  readonly #gpu: Gpu;
  readonly #pipeline: GPUComputePipeline;
  readonly #params: GpuBuffer;
  readonly #result: GrowingBuffer;
  readonly #bindings: BindGroupCache;

  private constructor(gpu: Gpu, kernel: Kernel, pipeline: GPUComputePipeline) {
    this.#gpu = gpu;
    this.#kernel = kernel;
    this.#pipeline = pipeline;
    this.#params = gpu.uniforms(kernel, "params", {});
    this.#result = new GrowingBuffer(gpu, `${kernel.label} result`);
    this.#bindings = new BindGroupCache(gpu, kernel.label, pipeline.getBindGroupLayout(0));
  }

  /** @throws KernelError */
  static async create(gpu: Gpu, kernel: Kernel): Promise<CutPass> {
    return new CutPass(gpu, kernel, await gpu.computePipeline(kernel));
  }

  get result(): GPUBuffer {
    return this.#result.buffer;
  }

  encode(encoder: GPUCommandEncoder, { params, inputs, resultBytes, shape, slices }: CutDispatch): void {
    this.#gpu.write(this.#params, uniformBytes(this.#kernel, "params", params));
    this.#result.room(resultBytes);
    const pass = encoder.beginComputePass({ label: this.#kernel.label });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings.of([this.#params.buffer, ...inputs, this.#result.buffer]));
    pass.dispatchWorkgroups(Math.ceil(shape[0] / (GROUP * RUN)), Math.ceil(shape[1] / GROUP), slices);
    pass.end();
  }

  /** Lets go of the inputs, which may be given back. */
  forget(): void {
    this.#bindings.forget();
  }

  dispose(): void {
    this.forget();
    this.#params.dispose();
    this.#result.dispose();
  }
}
