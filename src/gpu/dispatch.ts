/** One call of one kernel, ready to encode: pipeline, bindings and number of workgroups. */
import type { Gpu, GpuBuffer } from "./gpu.ts";
import type { Kernel } from "./kernel.ts";

export interface Dispatch {
  readonly kind: "dispatch";
  encode(pass: GPUComputePassEncoder): void;
}

/** Render passes and copies, ready to encode. */
export interface RasterPasses {
  readonly kind: "raster";
  encode(encoder: GPUCommandEncoder): void;
}

/** One step of a stage on the GPU; a stage runs its steps in order. */
export type Step = Dispatch | RasterPasses;

/** Invocations of one workgroup; every 1D kernel declares `@workgroup_size(64)`. */
const WORKGROUP_SIZE = 64;

/** Workgroups in x and y for `invocations` of a 1D kernel, which computes its index with `linear_id`. */
export function workgroups1d(invocations: number): readonly [number, number, number] {
  const groups = Math.max(1, Math.ceil(invocations / WORKGROUP_SIZE));
  if (groups <= 65535) return [groups, 1, 1];
  const rows = Math.ceil(groups / 65535);
  return [Math.ceil(groups / rows), rows, 1];
}

interface DispatchOptions {
  readonly kernel: Kernel;
  /** Storage buffers for bindings 1, 2, …; binding 0 is the uniform struct `params`. */
  readonly buffers: readonly Pick<GpuBuffer, "buffer">[];
  readonly params: GpuBuffer;
  readonly workgroups: readonly [number, number, number];
}

/** Builds the bind group once, so that encoding costs only the calls. */
export async function makeDispatch(gpu: Gpu, options: DispatchOptions): Promise<Dispatch> {
  const { kernel, buffers, params, workgroups } = options;
  const pipeline = await gpu.computePipeline(kernel);
  const bindGroup = gpu.device.createBindGroup({
    label: kernel.label,
    layout: pipeline.getBindGroupLayout(0),
    entries: [params, ...buffers].map((owned, binding) => ({ binding, resource: { buffer: owned.buffer } })),
  });
  return {
    kind: "dispatch",
    encode(pass) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...workgroups);
    },
  };
}
