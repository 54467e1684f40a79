/**
 * The compute pass that lays out slices for drawing: its parameters, its bindings, and one dispatch per slab
 * of the volume. Kernels differ in what they extract.
 */
import { BindGroupCache } from "../../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { arrayBytes, type Kernel, uniformBytes } from "../../gpu/kernel.ts";

/** Side of a workgroup, and default number of voxels per invocation in these kernels. */
const GROUP = 8;
const PER_INVOCATION = 8;

/** The slices to extract from one slab. */
interface ExtractPart {
  /** Fields of the kernel's `params`, besides `first_extract`. */
  readonly params: Readonly<Record<string, number | readonly number[]>>;
  /** One `Extract` of the kernel per slice; an empty list skips the dispatch. */
  readonly extracts: readonly { readonly shape: readonly [number, number] }[];
  /** Voxels per invocation, if the kernel's `params` set it. */
  readonly perInvocation?: number;
  /** Buffers for the bindings between `extracts` and the result. */
  readonly inputs: readonly GPUBuffer[];
}

export class ExtractPass {
  readonly #kernel: Kernel;
  readonly #gpu: Gpu;
  readonly #pipeline: GPUComputePipeline;
  readonly #extracts: GrowingBuffer;
  /** One entry per part, because a single submission reads them all. */
  readonly #parts: { readonly params: GpuBuffer; readonly bindings: BindGroupCache }[] = [];

  private constructor(gpu: Gpu, kernel: Kernel, pipeline: GPUComputePipeline) {
    this.#gpu = gpu;
    this.#kernel = kernel;
    this.#pipeline = pipeline;
    this.#extracts = new GrowingBuffer(gpu, `${kernel.label} extracts`);
  }

  /** @throws KernelError */
  static async create(gpu: Gpu, kernel: Kernel): Promise<ExtractPass> {
    return new ExtractPass(gpu, kernel, await gpu.computePipeline(kernel));
  }

  encode(encoder: GPUCommandEncoder, parts: readonly ExtractPart[], result: GPUBuffer): void {
    const wanted = parts.filter(({ extracts }) => extracts.length > 0);
    if (wanted.length === 0) return;
    this.#extracts.write(
      arrayBytes(
        this.#kernel,
        "extracts",
        wanted.flatMap(({ extracts }) => extracts),
      ),
    );
    const pass = encoder.beginComputePass({ label: this.#kernel.label });
    pass.setPipeline(this.#pipeline);
    let first = 0;
    for (const [i, { params, extracts, inputs, perInvocation = PER_INVOCATION }] of wanted.entries()) {
      const own = this.#part(i);
      this.#gpu.write(own.params, uniformBytes(this.#kernel, "params", { ...params, first_extract: first }));
      const most = (side: 0 | 1) => extracts.reduce((n, { shape }) => Math.max(n, shape[side]), 1);
      pass.setBindGroup(0, own.bindings.of([own.params.buffer, this.#extracts.buffer, ...inputs, result]));
      pass.dispatchWorkgroups(
        Math.ceil(most(0) / (GROUP * perInvocation)),
        Math.ceil(most(1) / GROUP),
        extracts.length,
      );
      first += extracts.length;
    }
    pass.end();
  }

  /** Drops references to the inputs, so that they can be freed. */
  forget(): void {
    for (const { bindings } of this.#parts) bindings.forget();
  }

  dispose(): void {
    this.forget();
    for (const { params } of this.#parts) params.dispose();
    this.#extracts.dispose();
  }

  #part(index: number) {
    const known = this.#parts[index];
    if (known) return known;
    const layout = this.#pipeline.getBindGroupLayout(0);
    const made = {
      params: this.#gpu.uniforms(this.#kernel, "params", {}),
      bindings: new BindGroupCache(this.#gpu, this.#kernel.label, layout),
    };
    this.#parts.push(made);
    return made;
  }
}
