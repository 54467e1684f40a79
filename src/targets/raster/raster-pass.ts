/**
 * Draws results into colour attachments and copies those to buffers. A software adapter stores a pixel of 16
 * bytes at once, but the values of a compute shader four bytes at a time, each behind a branch; drawing is
 * two to three times faster there (docs/kernels.md). select-backend.ts measures which is faster on a device.
 */
import type { RasterPasses } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer, GpuTexture } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import { ATTACHMENT_WIDTH, ATTACHMENTS, rowsOf, TEXEL_BYTES } from "./raster-needs.ts";

/**
 * @param texels the least that each must hold
 * @throws GpuMemoryError when the device has no attachments that large
 */
export function createAttachments(scope: ResourceScope, count: number, texels: number): GpuTexture[] {
  return Array.from({ length: count }, (_, k) =>
    scope.texels(`attachment ${k}`, ATTACHMENT_WIDTH, Math.max(1, rowsOf(texels))),
  );
}

interface RasterPassOptions {
  /** Has entry points `corner` and `draw`; its params have a `width`. */
  readonly kernel: Kernel;
  readonly params: Readonly<Record<string, number>>;
  /** Storage buffers for bindings 1, 2, … */
  readonly inputs: readonly GpuBuffer[];
  readonly attachments: readonly GpuTexture[];
  readonly texels: number;
}

type Encode = (encoder: GPUCommandEncoder) => void;

/**
 * Draws arrays or channels into attachments, as many at once as there are attachments.
 * @param batch makes the pass for some of them and the copies of its results
 */
export async function rasterStep(
  count: number,
  attachments: readonly GpuTexture[],
  batch: (first: number, used: readonly GpuTexture[]) => Promise<Encode>,
): Promise<RasterPasses> {
  const batches: Encode[] = [];
  for (let first = 0; first < count; first += ATTACHMENTS) {
    batches.push(await batch(first, attachments.slice(0, Math.min(ATTACHMENTS, count - first))));
  }
  return {
    kind: "raster",
    encode(encoder) {
      for (const encode of batches) encode(encoder);
    },
  };
}

/** Makes one draw over the first texels of the attachments, ready to be encoded. */
export async function rasterPass(
  scope: ResourceScope,
  { kernel, params, inputs, attachments, texels }: RasterPassOptions,
): Promise<Encode> {
  const { gpu } = scope;
  const pipeline = await rasterPipeline(gpu, kernel, attachments.length);
  const uniforms = scope.adopt(gpu.uniforms(kernel, "params", { width: ATTACHMENT_WIDTH, ...params }));
  const group = gpu.device.createBindGroup({
    label: kernel.label,
    layout: pipeline.getBindGroupLayout(0),
    entries: [uniforms, ...inputs].map(({ buffer }, binding) => ({ binding, resource: { buffer } })),
  });
  return (encoder) => {
    const pass = encoder.beginRenderPass({
      label: kernel.label,
      colorAttachments: attachments.map(({ texture }) => ({
        view: texture,
        loadOp: "load",
        storeOp: "store",
      })),
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.setScissorRect(0, 0, ATTACHMENT_WIDTH, rowsOf(texels));
    pass.draw(3);
    pass.end();
  };
}

function rasterPipeline(gpu: Gpu, kernel: Kernel, count: number): Promise<GPURenderPipeline> {
  const constants = kernel.constants ?? {};
  return gpu.renderPipeline(`${kernel.label} ${JSON.stringify(constants)} ${count}`, async () => {
    const module = await gpu.shaderModule(kernel);
    return gpu.device.createRenderPipelineAsync({
      label: kernel.label,
      layout: "auto",
      vertex: { module, entryPoint: "corner" },
      fragment: {
        module,
        entryPoint: "draw",
        constants,
        targets: Array.from({ length: count }, () => ({ format: "rgba32uint" as const })),
      },
      primitive: { topology: "triangle-list" },
    });
  });
}

/** Copies texels of an attachment, starting at `first`, into a buffer, starting at byte `offset`. */
export function copyTexels(
  encoder: GPUCommandEncoder,
  { texture }: GpuTexture,
  { buffer }: GpuBuffer,
  {
    first = 0,
    texels,
    offset,
  }: { readonly first?: number; readonly texels: number; readonly offset: number },
): void {
  // At most three parts: the rest of the first row, whole rows, the start of the last.
  for (let at = first; at < first + texels; ) {
    const [x, y] = [at % ATTACHMENT_WIDTH, Math.floor(at / ATTACHMENT_WIDTH)];
    const left = first + texels - at;
    const rows = x === 0 ? Math.floor(left / ATTACHMENT_WIDTH) : 0;
    const size = rows > 0 ? [ATTACHMENT_WIDTH, rows] : [Math.min(ATTACHMENT_WIDTH - x, left), 1];
    encoder.copyTextureToBuffer(
      { texture, origin: [x, y] },
      { buffer, offset: offset + (at - first) * TEXEL_BYTES, bytesPerRow: ATTACHMENT_WIDTH * TEXEL_BYTES },
      size,
    );
    at += (size[0] ?? 0) * (size[1] ?? 0);
  }
}
