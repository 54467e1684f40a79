import { makeBindGroupLayoutDescriptors, makeShaderDataDefinitions } from "webgpu-utils";
import type { Gpu } from "../../gpu/gpu.ts";
import { panesKernel as kernel } from "./pane-kernels.ts";

const stages = { vertex: { entryPoint: "pane_corner" }, fragment: { entryPoint: "pane_pixel" } };

export interface PanePipeline {
  readonly layout: GPUBindGroupLayout;
  readonly pipeline: GPURenderPipeline;
}

/** One for all viewers of a device: a pipeline fits only the bind groups of its own layout. */
const layouts = new WeakMap<Gpu, GPUBindGroupLayout>();

function layoutOf(gpu: Gpu): GPUBindGroupLayout {
  const known = layouts.get(gpu);
  if (known) return known;
  const [descriptor] = makeBindGroupLayoutDescriptors(makeShaderDataDefinitions(kernel.code), stages);
  if (!descriptor) throw new Error(`${kernel.label} has no bindings.`);
  const layout = gpu.device.createBindGroupLayout({ ...descriptor, label: kernel.label });
  layouts.set(gpu, layout);
  return layout;
}

/** Built once per canvas format. @throws KernelError */
export async function panePipeline(gpu: Gpu, format: GPUTextureFormat): Promise<PanePipeline> {
  const layout = layoutOf(gpu);
  const pipeline = await gpu.renderPipeline(`${kernel.label} ${format}`, async () => {
    const module = await gpu.shaderModule(kernel);
    return gpu.device.createRenderPipelineAsync({
      label: kernel.label,
      layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...stages.vertex },
      fragment: { module, ...stages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
  return { layout, pipeline };
}
