/** The render pipelines of slice panes. */
import type { Gpu } from "../../gpu/gpu.ts";
import { type PipelineVariants, pipelineVariants, sharedLayout } from "../shared/pipeline-variants.ts";
import { slicesKernel as kernel } from "./slice-kernels.ts";

const shaderStages = { vertex: { entryPoint: "slice_corner" }, fragment: { entryPoint: "slice_pixel" } };

/** Features that cost extra time per pixel. */
export interface SliceVariant {
  readonly difference: boolean;
  /** Draws outlines that are wider than a voxel. */
  readonly wideOutlines: boolean;
  /** Interpolates the image between voxels. */
  readonly interpolated: boolean;
}

const PLAIN: SliceVariant = { difference: false, wideOutlines: false, interpolated: false };

/** Builds pipelines once per canvas format, the plain one before this returns. @throws KernelError */
export function slicePipeline(gpu: Gpu, format: GPUTextureFormat): Promise<PipelineVariants<SliceVariant>> {
  const layout = sharedLayout(gpu, kernel);
  return pipelineVariants(layout, PLAIN, (variant) => build(gpu, format, layout, variant));
}

function build(
  gpu: Gpu,
  format: GPUTextureFormat,
  layout: GPUBindGroupLayout,
  { difference, wideOutlines, interpolated }: SliceVariant,
): Promise<GPURenderPipeline> {
  const label = `${kernel.label} ${format}${difference ? ", difference" : ""}${wideOutlines ? ", wide outlines" : ""}${
    interpolated ? ", interpolated" : ""
  }`;
  return gpu.renderPipeline(label, async () => {
    const module = await gpu.shaderModule(kernel);
    const constants = {
      with_difference: difference ? 1 : 0,
      with_wide_outlines: wideOutlines ? 1 : 0,
      with_interpolation: interpolated ? 1 : 0,
    };
    return gpu.device.createRenderPipelineAsync({
      label,
      layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...shaderStages.vertex },
      fragment: { module, constants, ...shaderStages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
}
