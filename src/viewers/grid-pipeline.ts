import { makeBindGroupLayoutDescriptors, makeShaderDataDefinitions, makeStructuredView } from "webgpu-utils";
import gridCode from "../../shaders/view/grid.wgsl?raw";
import type { Gpu } from "../gpu/gpu.ts";
import { arrayBytes, type Kernel } from "../gpu/kernel.ts";

const kernel: Kernel = { label: "view/grid.wgsl", code: gridCode };
const definitions = makeShaderDataDefinitions(kernel.code);
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
  const [descriptor] = makeBindGroupLayoutDescriptors(definitions, stages);
  if (!descriptor) throw new Error(`${kernel.label} has no bindings.`);
  const layout = gpu.device.createBindGroupLayout({ ...descriptor, label: kernel.label });
  layouts.set(gpu, layout);
  return layout;
}

function build(
  gpu: Gpu,
  format: GPUTextureFormat,
  layout: GPUBindGroupLayout,
  variant: GridVariant,
): Promise<GPURenderPipeline> {
  return gpu.renderPipeline(`${kernel.label} ${format} ${keyOf(variant)}`, async () => {
    const module = await gpu.shaderModule(kernel);
    const constants = {
      with_marks: variant.marked ? 1 : 0,
      with_patch: variant.patched ? 1 : 0,
    };
    return gpu.device.createRenderPipelineAsync({
      label: `${kernel.label} ${keyOf(variant)}`,
      layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
      vertex: { module, ...stages.vertex },
      fragment: { module, constants, ...stages.fragment, targets: [{ format }] },
      primitive: { topology: "triangle-strip" },
    });
  });
}

/** A CPU copy of the uniform struct, laid out as the WGSL says. */
export function makeFrameData() {
  const definition = definitions.uniforms.frame;
  if (!definition) throw new Error(`${kernel.label} has no uniform named frame.`);
  return makeStructuredView(definition);
}

/** Bytes of an array of a WGSL struct. */
export function structArray(variable: "columns" | "rows", values: readonly object[]): ArrayBuffer {
  return arrayBytes(kernel, variable, variable === "columns" ? "Column" : "Row", values);
}
