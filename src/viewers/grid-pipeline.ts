import { makeBindGroupLayoutDescriptors, makeShaderDataDefinitions, makeStructuredView } from "webgpu-utils";
import halfLib from "../../shaders/lib/half.wgsl?raw";
import gridCode from "../../shaders/view/grid.wgsl?raw";
import type { Gpu } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";

const kernel: Kernel = { label: "view/grid.wgsl", code: halfLib + gridCode };
const definitions = makeShaderDataDefinitions(kernel.code);
const stages = { vertex: { entryPoint: "tile_corner" }, fragment: { entryPoint: "tile_pixel" } };

/** Names of the storage buffers, in the order of their bindings from 1 on. */
export const GRID_BUFFERS = [
  "columns",
  "rows",
  "image",
  "bitmap",
  "indices",
  "index_tables",
  "region_table",
  "marks",
] as const;

export interface GridVariant {
  readonly from: "palette" | "words";
  /** Whether marked voxels are hatched. */
  readonly marked: boolean;
  /** Whether only a part of the case, a patch, has targets. */
  readonly patched: boolean;
}

export interface GridPipeline {
  readonly layout: GPUBindGroupLayout;
  pipeline(variant: GridVariant): GPURenderPipeline;
}

const keyOf = ({ from, marked, patched }: GridVariant): string =>
  `${from === "palette" ? "label-first" : "bit-packed"}${marked ? ", marked" : ""}${patched ? ", patch" : ""}`;

const YES_NO = [false, true] as const;
const VARIANTS: readonly GridVariant[] = (["palette", "words"] as const).flatMap((from) =>
  YES_NO.flatMap((marked) => YES_NO.map((patched) => ({ from, marked, patched }))),
);

/** The pipelines of the grid, built once per canvas format; all share one bind group layout. */
export async function gridPipeline(gpu: Gpu, format: GPUTextureFormat): Promise<GridPipeline> {
  const [descriptor] = makeBindGroupLayoutDescriptors(definitions, stages);
  if (!descriptor) throw new Error(`${kernel.label} has no bindings.`);
  const layout = gpu.device.createBindGroupLayout({ ...descriptor, label: kernel.label });
  const build = (variant: GridVariant) =>
    gpu.renderPipeline(`${kernel.label} ${format} ${keyOf(variant)}`, async () => {
      const module = await gpu.shaderModule(kernel);
      const fromPalette = { from_palette: variant.from === "palette" ? 1 : 0 };
      const constants = {
        ...fromPalette,
        with_marks: variant.marked ? 1 : 0,
        with_patch: variant.patched ? 1 : 0,
      };
      return gpu.device.createRenderPipelineAsync({
        label: `${kernel.label} ${keyOf(variant)}`,
        layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
        vertex: { module, constants: fromPalette, ...stages.vertex },
        fragment: { module, constants, ...stages.fragment, targets: [{ format }] },
        primitive: { topology: "triangle-strip" },
      });
    });
  const built = new Map(
    await Promise.all(VARIANTS.map(async (variant) => [keyOf(variant), await build(variant)] as const)),
  );
  return {
    layout,
    pipeline: (variant) => {
      const pipeline = built.get(keyOf(variant));
      if (!pipeline) throw new Error(`${kernel.label} was not built: ${keyOf(variant)}.`);
      return pipeline;
    },
  };
}

/** A CPU copy of the uniform struct, laid out as the WGSL says. */
export function makeFrameData() {
  const definition = definitions.uniforms.frame;
  if (!definition) throw new Error(`${kernel.label} has no uniform named frame.`);
  return makeStructuredView(definition);
}

/** Bytes of an array of a WGSL struct. */
export function structArray(variable: "columns" | "rows", values: readonly object[]): ArrayBuffer {
  const element = definitions.structs[variable === "columns" ? "Column" : "Row"];
  const definition = definitions.storages[variable];
  if (!element || !definition) throw new Error(`${kernel.label} has no array named ${variable}.`);
  const view = makeStructuredView(definition, new ArrayBuffer(Math.max(1, values.length) * element.size));
  view.set(values);
  return view.arrayBuffer;
}
