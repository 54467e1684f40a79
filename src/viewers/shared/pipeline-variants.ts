/** Variants of render pipelines. */
import type { Gpu } from "../../gpu/gpu.ts";

/** One pipeline with different constants; each variant is built on first use. */
export interface PipelineVariants<Variant> {
  readonly layout: GPUBindGroupLayout;
  /**
   * Returns null while a variant is being built; its first call starts that.
   * @throws KernelError if it could not be built
   */
  pipeline(variant: Variant): GPURenderPipeline | null;
}

/** One layout for all viewers of a device, because a pipeline accepts only bind groups of its own layout. */
const layouts = new WeakMap<Gpu, Map<string, GPUBindGroupLayout>>();

/** Returns the layout of a kernel's bindings, always the same object. */
export function sharedLayout(
  gpu: Gpu,
  { label, bindings }: { readonly label: string; readonly bindings: readonly GPUBindGroupLayoutEntry[] },
): GPUBindGroupLayout {
  const ofGpu = layouts.get(gpu) ?? new Map<string, GPUBindGroupLayout>();
  layouts.set(gpu, ofGpu);
  const layout = ofGpu.get(label) ?? gpu.device.createBindGroupLayout({ entries: [...bindings], label });
  ofGpu.set(label, layout);
  return layout;
}

/**
 * @param first variant to build before this returns
 * @param build returns the same pipeline for the same variant
 * @throws KernelError
 */
export async function pipelineVariants<Variant>(
  layout: GPUBindGroupLayout,
  first: Variant,
  build: (variant: Variant) => Promise<GPURenderPipeline>,
): Promise<PipelineVariants<Variant>> {
  const keyOf = (variant: Variant) => JSON.stringify(variant);
  const built = new Map<string, GPURenderPipeline | Error | null>();
  built.set(keyOf(first), await build(first));
  return {
    layout,
    pipeline: (variant) => {
      const key = keyOf(variant);
      const known = built.get(key);
      if (known instanceof Error) throw known;
      if (known === undefined) {
        built.set(key, null);
        build(variant).then(
          (pipeline) => built.set(key, pipeline),
          (error: unknown) => built.set(key, error instanceof Error ? error : new Error(String(error))),
        );
      }
      return known ?? null;
    },
  };
}
