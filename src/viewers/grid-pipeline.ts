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

export interface GridPipeline {
  readonly layout: GPUBindGroupLayout;
  /** @param marked whether marked voxels are hatched */
  pipeline(from: "palette" | "words", marked: boolean): GPURenderPipeline;
}

/** The pipelines of the grid, built once per canvas format; all share one bind group layout. */
export async function gridPipeline(gpu: Gpu, format: GPUTextureFormat): Promise<GridPipeline> {
  const [descriptor] = makeBindGroupLayoutDescriptors(definitions, stages);
  if (!descriptor) throw new Error(`${kernel.label} has no bindings.`);
  const layout = gpu.device.createBindGroupLayout({ ...descriptor, label: kernel.label });
  const build = (fromPalette: boolean, marked: boolean) =>
    gpu.renderPipeline(`${kernel.label} ${format} ${fromPalette} ${marked}`, async () => {
      const module = await gpu.shaderModule(kernel);
      const constants = { from_palette: fromPalette ? 1 : 0, with_marks: marked ? 1 : 0 };
      return gpu.device.createRenderPipelineAsync({
        label: `${kernel.label} ${fromPalette ? "label-first" : "bit-packed"}${marked ? ", marked" : ""}`,
        layout: gpu.device.createPipelineLayout({ label: kernel.label, bindGroupLayouts: [layout] }),
        vertex: { module, constants: { from_palette: constants.from_palette }, ...stages.vertex },
        fragment: { module, constants, ...stages.fragment, targets: [{ format }] },
        primitive: { topology: "triangle-strip" },
      });
    });
  const [words, palette, wordsMarked, paletteMarked] = await Promise.all([
    build(false, false),
    build(true, false),
    build(false, true),
    build(true, true),
  ]);
  return {
    layout,
    pipeline: (from, marked) => {
      if (from === "words") return marked ? wordsMarked : words;
      return marked ? paletteMarked : palette;
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
