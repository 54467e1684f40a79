/**
 * Byte targets drawn instead of computed: eight channels at a time into eight colour attachments, which are then copied to the
 * targets. A software adapter stores a pixel of sixteen bytes at once, but the values of a compute shader four bytes at a time,
 * each with a branch of its own: there this is two to three times faster (docs/kernels.md). A GPU has no use for it.
 */
import type { Drawing } from "../gpu/dispatch.ts";
import type { Gpu, GpuBuffer, GpuTexture } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";
import type { Block, BlockScale } from "./block.ts";
import type { BufferSet } from "./buffer-set.ts";

/** Texels in a row: whole multiples of the 256 bytes that a copy's rows must be. */
const WIDTH = 512;
const TEXEL_BYTES = 16;
/** Voxels of a texel. */
const VOXELS = 16;
const CHANNELS = 8;

/** Whether targets are drawn on this device: a software adapter that has the attachments for eight channels. */
export function drawsTargets(gpu: Gpu): boolean {
  const { maxColorAttachmentBytesPerSample, maxColorAttachments } = gpu.device.limits;
  return (
    gpu.adapter.software &&
    maxColorAttachmentBytesPerSample >= CHANNELS * TEXEL_BYTES &&
    maxColorAttachments >= CHANNELS
  );
}

const rowsOf = (texels: number) => Math.ceil(texels / WIDTH);

/** Up to eight channels. */
interface Pass {
  readonly first: number;
  readonly pipeline: GPURenderPipeline;
  readonly group: GPUBindGroup;
  readonly attachments: readonly GpuTexture[];
}

/** The attachments of one run, large enough for each of its scales in turn. */
export class DrawnTargets {
  readonly #attachments: readonly GpuTexture[];

  /** @throws GpuMemoryError when a scale has more rows than a picture of this device */
  constructor(
    readonly gpu: Gpu,
    readonly set: BufferSet,
    block: Block,
  ) {
    const texels = Math.max(1, ...block.scales.map(({ stride }) => stride / VOXELS));
    this.#attachments = Array.from({ length: Math.min(CHANNELS, block.channels) }, (_, k) =>
      set.texels(`target attachment ${k}`, WIDTH, rowsOf(texels)),
    );
  }

  /**
   * Draws all channels of a scale.
   * @param kernel with entry points `corner` and `draw`, whose params hold `width`, `shift` and what `ofWord` gives
   * @param inputs storage buffers for bindings 1, 2, …
   * @param ofWord the params of a word's channels
   */
  async decode(
    {
      block,
      scale,
      targets,
    }: { readonly block: Block; readonly scale: BlockScale; readonly targets: GpuBuffer },
    kernel: Kernel,
    inputs: readonly GpuBuffer[],
    ofWord: (word: number) => Readonly<Record<string, number>>,
  ): Promise<Drawing> {
    const texels = scale.stride / VOXELS;
    const passes: Pass[] = [];
    for (let first = 0; first < block.channels; first += CHANNELS) {
      const count = Math.min(CHANNELS, block.channels - first);
      const pipeline = await this.#pipeline(kernel, count);
      const params = this.set.own(
        this.gpu.uniforms(kernel, "params", { width: WIDTH, shift: first & 31, ...ofWord(first >>> 5) }),
      );
      const group = this.gpu.device.createBindGroup({
        label: kernel.label,
        layout: pipeline.getBindGroupLayout(0),
        entries: [params, ...inputs].map(({ buffer }, binding) => ({ binding, resource: { buffer } })),
      });
      passes.push({ first, pipeline, group, attachments: this.#attachments.slice(0, count) });
    }
    return {
      kind: "drawing",
      encode: (encoder) => {
        for (const { first, pipeline, group, attachments } of passes) {
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
          pass.setScissorRect(0, 0, WIDTH, rowsOf(texels));
          pass.draw(3);
          pass.end();
          for (const [k, from] of attachments.entries()) {
            copyTexels(encoder, from, targets, (first + k) * scale.stride, texels);
          }
        }
      },
    };
  }

  #pipeline(kernel: Kernel, count: number): Promise<GPURenderPipeline> {
    const constants = kernel.constants ?? {};
    const key = `${kernel.label} ${JSON.stringify(constants)} ${count}`;
    return this.gpu.renderPipeline(key, async () => {
      const module = await this.gpu.shaderModule(kernel);
      return this.gpu.device.createRenderPipelineAsync({
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
}

/** The first texels of a picture, row by row, into a buffer from `offset` bytes on: whole rows, then what is left of one. */
function copyTexels(
  encoder: GPUCommandEncoder,
  { texture }: GpuTexture,
  { buffer }: GpuBuffer,
  offset: number,
  texels: number,
): void {
  const rows = Math.floor(texels / WIDTH);
  const rest = texels - rows * WIDTH;
  const bytesPerRow = WIDTH * TEXEL_BYTES;
  if (rows > 0) encoder.copyTextureToBuffer({ texture }, { buffer, offset, bytesPerRow }, [WIDTH, rows]);
  if (rest > 0) {
    encoder.copyTextureToBuffer(
      { texture, origin: [0, rows] },
      { buffer, offset: offset + rows * bytesPerRow, bytesPerRow },
      [rest, 1],
    );
  }
}
