import grid from "../../shaders/view/grid.wgsl?kernel";
import type { Gpu } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";

export const gridKernel: Kernel = { label: "view/grid.wgsl", ...grid };
const stages = { vertex: { entryPoint: "tile_corner" }, fragment: { entryPoint: "tile_pixel" } };

/** Names of the storage buffers, in the order of their bindings from 1 on. */
export const GRID_BUFFERS = ["columns", "rows", "image", "words", "indices", "marks"] as const;

export interface GridVariant {
  /** Whether marked voxels are hatched. */
  readonly marked: boolean;
  /** Whether only a part of the case, a patch, has targets. */
  readonly patched: boolean;
}

export interface GridPipeline {
  readonly layout: GPUBindGroupLayout;
  /**
   * Null while a variant is being built, which its first call starts.
   * @throws KernelError when it could not be built
   */
  pipeline(variant: GridVariant): GPURenderPipeline | null;
}

/** What most cases are drawn with; built before a viewer is there. */
export const PLAIN: GridVariant = { marked: false, patched: false };

const keyOf = ({ marked, patched }: GridVariant): string =>
  `plain${marked ? ", marked" : ""}${patched ? ", patch" : ""}`;

/** Builds the plain pipeline, so that the first case need not wait for it. @throws KernelError */
export function prepareGrid(gpu: Gpu, format: GPUTextureFormat): Promise<GPURenderPipeline> {
  return build(gpu, format, gridLayout(gpu), PLAIN);
}

/** The pipelines of the grid, each built once per canvas format and when first needed; all share one bind group layout. */
export async function gridPipeline(gpu: Gpu, format: GPUTextureFormat): Promise<GridPipeline> {
  const layout = gridLayout(gpu);
  const built = new Map<string, GPURenderPipeline | Error | null>();
  built.set(keyOf(PLAIN), await build(gpu, format, layout, PLAIN));
  return {
    layout,
    pipeline: (variant) => {
      const key = keyOf(variant);
      const known = built.get(key);
      if (known instanceof Error) throw known;
      if (known) return known;
      if (known === undefined) {
        built.set(key, null);
        build(gpu, format, layout, variant).then(
          (pipeline) => built.set(key, pipeline),
          (error: unknown) => built.set(key, error instanceof Error ? error : new Error(String(error))),
        );
      }
      return null;
    },
  };
}

/** One for all viewers of a device: a pipeline fits only the bind groups of its own layout. */
const layouts = new WeakMap<Gpu, GPUBindGroupLayout>();

function gridLayout(gpu: Gpu): GPUBindGroupLayout {
  const known = layouts.get(gpu);
  if (known) return known;
  const layout = gpu.device.createBindGroupLayout({
    entries: [...gridKernel.bindings],
    label: gridKernel.label,
  });
  layouts.set(gpu, layout);
  return layout;
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
      with_marks: variant.marked ? 1 : 0,
      with_patch: variant.patched ? 1 : 0,
    };
    return gpu.device.createRenderPipelineAsync({
      label: `${gridKernel.label} ${keyOf(variant)}`,
      layout: gpu.device.createPipelineLayout({ label: gridKernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...stages.vertex },
      fragment: { module, constants, ...stages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
}
