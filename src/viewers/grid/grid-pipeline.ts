/** The render pipelines of the grid. */
import grid from "../../../shaders/grid/grid.wgsl?kernel";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type PipelineVariants, pipelineVariants, sharedLayout } from "../shared/pipeline-variants.ts";

export const gridKernel: Kernel = { label: "grid/grid.wgsl", ...grid };
const shaderStages = { vertex: { entryPoint: "tile_corner" }, fragment: { entryPoint: "tile_pixel" } };

/** Names of the storage buffers, in the order of their bindings from 1 on. */
export const GRID_BUFFERS = [
  "columns",
  "rows",
  "image",
  "words",
  "slice_entries",
  "hatchBits",
  "entries",
  "label_colors",
] as const;

export interface GridVariant {
  /** Hatches marked voxels. */
  readonly hatched: boolean;
  /** Only a part of the case, a patch, has targets. */
  readonly patched: boolean;
  /** The fill distinguishes labels instead of regions. */
  readonly labelled: boolean;
  /** Hatches some rows instead of filling them. */
  readonly hatchedRows: boolean;
  /** The image is interpolated between voxels. */
  readonly interpolated: boolean;
}

export type GridPipeline = PipelineVariants<GridVariant>;

/** The variant for most cases; built before there is a viewer. */
const PLAIN: GridVariant = {
  hatched: false,
  patched: false,
  labelled: false,
  hatchedRows: false,
  interpolated: false,
};

const keyOf = ({ hatched, patched, labelled, hatchedRows, interpolated }: GridVariant): string =>
  `plain${hatched ? ", marked" : ""}${patched ? ", patch" : ""}${labelled ? ", labels" : ""}${
    hatchedRows ? ", rows" : ""
  }${interpolated ? ", interpolated" : ""}`;

/** Builds the plain pipeline in advance, so that the first case need not wait for it. @throws KernelError */
export function prepareGrid(gpu: Gpu, format: GPUTextureFormat): Promise<GPURenderPipeline> {
  return build(gpu, format, sharedLayout(gpu, gridKernel), PLAIN);
}

/**
 * Returns the pipelines of the grid, each built once per canvas format on first use; all share one bind group
 * layout.
 */
export function gridPipeline(gpu: Gpu, format: GPUTextureFormat): Promise<GridPipeline> {
  const layout = sharedLayout(gpu, gridKernel);
  return pipelineVariants(layout, PLAIN, (variant) => build(gpu, format, layout, variant));
}

function build(
  gpu: Gpu,
  format: GPUTextureFormat,
  layout: GPUBindGroupLayout,
  variant: GridVariant,
): Promise<GPURenderPipeline> {
  return gpu.renderPipeline(`${gridKernel.label} ${format} ${keyOf(variant)}`, async () => {
    const module = await gpu.shaderModule(gridKernel);
    const constants = {
      with_hatching: variant.hatched ? 1 : 0,
      with_patch: variant.patched ? 1 : 0,
      with_labels: variant.labelled ? 1 : 0,
      with_hatched_rows: variant.hatchedRows ? 1 : 0,
      with_interpolation: variant.interpolated ? 1 : 0,
    };
    return gpu.device.createRenderPipelineAsync({
      label: `${gridKernel.label} ${keyOf(variant)}`,
      layout: gpu.device.createPipelineLayout({ label: gridKernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...shaderStages.vertex },
      fragment: { module, constants, ...shaderStages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
}
