/** The compute pass that lays slices out for drawing: its parameters, its bindings, one dispatch. What is laid out differs by kernel. */
import { BindGroupCache } from "../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import { GrowingBuffer } from "../gpu/growing-buffer.ts";
import { arrayBytes, type Kernel, uniformBytes } from "../gpu/kernel.ts";

/** Side of a workgroup, and voxels that one invocation works on, as these kernels have them. */
const GROUP = 8;
const RUN = 8;

export interface CutDispatch {
  /** Fields of the kernel's `params`; none for a kernel without. */
  readonly params?: Readonly<Record<string, number | readonly number[]>>;
  /** One `Cut` a slice. */
  readonly cuts: readonly { readonly shape: readonly [number, number] }[];
  /** Buffers for the bindings between the cuts and the result. */
  readonly inputs: readonly GPUBuffer[];
  readonly result: GPUBuffer;
}

export class CutPass {
  readonly #kernel: Kernel;
  readonly #gpu: Gpu;
  readonly #pipeline: GPUComputePipeline;
  #params: GpuBuffer | null = null;
  readonly #cuts: GrowingBuffer;
  readonly #bindings: BindGroupCache;

  private constructor(gpu: Gpu, kernel: Kernel, pipeline: GPUComputePipeline) {
    this.#gpu = gpu;
    this.#kernel = kernel;
    this.#pipeline = pipeline;
    this.#cuts = new GrowingBuffer(gpu, `${kernel.label} cuts`);
    this.#bindings = new BindGroupCache(gpu, kernel.label, pipeline.getBindGroupLayout(0));
  }

  /** @throws KernelError */
  static async create(gpu: Gpu, kernel: Kernel): Promise<CutPass> {
    return new CutPass(gpu, kernel, await gpu.computePipeline(kernel));
  }

  encode(encoder: GPUCommandEncoder, { params, cuts, inputs, result }: CutDispatch): void {
    if (params) {
      this.#params ??= this.#gpu.uniforms(this.#kernel, "params", {});
      this.#gpu.write(this.#params, uniformBytes(this.#kernel, "params", params));
    }
    this.#cuts.write(arrayBytes(this.#kernel, "cuts", cuts));
    const first = params && this.#params ? [this.#params.buffer] : [];
    const most = (side: 0 | 1) => Math.max(1, ...cuts.map(({ shape }) => shape[side]));
    const pass = encoder.beginComputePass({ label: this.#kernel.label });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings.of([...first, this.#cuts.buffer, ...inputs, result]));
    pass.dispatchWorkgroups(Math.ceil(most(0) / (GROUP * RUN)), Math.ceil(most(1) / GROUP), cuts.length);
    pass.end();
  }

  /** Lets go of the inputs, which may be given back. */
  forget(): void {
    this.#bindings.forget();
  }

  dispose(): void {
    this.forget();
    this.#params?.dispose();
    this.#cuts.dispose();
  }
}
