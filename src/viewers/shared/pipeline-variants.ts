import type { Gpu } from "../../gpu/gpu.ts";

/** One pipeline with different constants, each built when it is first asked for. */
export interface PipelineVariants<Variant> {
  readonly layout: GPUBindGroupLayout;
  /**
   * Null while a variant is being built, which its first call starts.
   * @throws KernelError when it could not be built
   */
  pipeline(variant: Variant): GPURenderPipeline | null;
}

/** One for all viewers of a device: a pipeline fits only the bind groups of its own layout. */
const layouts = new WeakMap<Gpu, Map<string, GPUBindGroupLayout>>();

/** The layout of a kernel's bindings, the same object every time. */
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
 * @param first built before this returns
 * @param build gives the same pipeline for the same variant
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
