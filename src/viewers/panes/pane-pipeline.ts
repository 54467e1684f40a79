import type { Gpu } from "../../gpu/gpu.ts";
import { panesKernel as kernel } from "./pane-kernels.ts";

const stages = { vertex: { entryPoint: "pane_corner" }, fragment: { entryPoint: "pane_pixel" } };

export interface PanePipeline {
  readonly layout: GPUBindGroupLayout;
  /**
   * The pipeline that draws differences costs more a pixel and is built when it is first asked for: null until then.
   * @throws KernelError when it could not be built
   */
  pipeline(withDifference: boolean): GPURenderPipeline | null;
}

/** One for all viewers of a device: a pipeline fits only the bind groups of its own layout. */
const layouts = new WeakMap<Gpu, GPUBindGroupLayout>();

function layoutOf(gpu: Gpu): GPUBindGroupLayout {
  const known = layouts.get(gpu);
  if (known) return known;
  const layout = gpu.device.createBindGroupLayout({ entries: [...kernel.bindings], label: kernel.label });
  layouts.set(gpu, layout);
  return layout;
}

/** Pipelines are built once per canvas format. @throws KernelError */
export async function panePipeline(gpu: Gpu, format: GPUTextureFormat): Promise<PanePipeline> {
  const layout = layoutOf(gpu);
  const plain = await build(gpu, format, layout, false);
  let striped: GPURenderPipeline | Error | null | undefined;
  return {
    layout,
    pipeline: (withDifference) => {
      if (!withDifference) return plain;
      if (striped instanceof Error) throw striped;
      if (striped === undefined) {
        striped = null;
        build(gpu, format, layout, true).then(
          (pipeline) => {
            striped = pipeline;
          },
          (error: unknown) => {
            striped = error instanceof Error ? error : new Error(String(error));
          },
        );
      }
      return striped;
    },
  };
}

function build(
  gpu: Gpu,
  format: GPUTextureFormat,
  layout: GPUBindGroupLayout,
  withDifference: boolean,
): Promise<GPURenderPipeline> {
  const label = `${kernel.label} ${format}${withDifference ? ", difference" : ""}`;
  return gpu.renderPipeline(label, async () => {
    const module = await gpu.shaderModule(kernel);
    const constants = { with_difference: withDifference ? 1 : 0 };
    return gpu.device.createRenderPipelineAsync({
      label,
      layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...stages.vertex },
      fragment: { module, constants, ...stages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
}
