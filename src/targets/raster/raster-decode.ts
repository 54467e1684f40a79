/** Byte targets drawn, eight channels at a time. */
import type { Drawing } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer, GpuTexture } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { Block, BlockScale } from "../core/block.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import { ATTACHMENTS, copyTexels, picturePass, pictures } from "./raster-pass.ts";

/** Voxels of a texel. */
const VOXELS = 16;

/** The attachments of one run, large enough for each of its scales in turn. */
export class DrawnTargets {
  readonly #attachments: readonly GpuTexture[];

  constructor(
    readonly gpu: Gpu,
    readonly scope: ResourceScope,
    block: Block,
  ) {
    const texels = Math.max(1, ...block.scales.map(({ stride }) => stride / VOXELS));
    this.#attachments = pictures(scope, Math.min(ATTACHMENTS, block.channels), texels);
  }

  /**
   * Draws all channels of a scale.
   * @param inputs storage buffers for bindings 1, 2, … of the kernel
   * @param ofChannels the kernel's params for eight channels from the given one on
   */
  async decode(
    {
      block,
      scale,
      targets,
    }: { readonly block: Block; readonly scale: BlockScale; readonly targets: GpuBuffer },
    kernel: Kernel,
    inputs: readonly GpuBuffer[],
    ofChannels: (first: number) => Readonly<Record<string, number>>,
  ): Promise<Drawing> {
    // What lies behind the last voxel stays as it is: a copy that ends with a row is one copy, not two.
    const texels = Math.ceil(scale.voxels / VOXELS);
    const draws: ((encoder: GPUCommandEncoder) => void)[] = [];
    for (let first = 0; first < block.channels; first += ATTACHMENTS) {
      const attachments = this.#attachments.slice(0, Math.min(ATTACHMENTS, block.channels - first));
      const params = ofChannels(first);
      const draw = await picturePass(this.gpu, this.scope, { kernel, params, inputs, attachments, texels });
      draws.push((encoder) => {
        draw(encoder);
        for (const [k, from] of attachments.entries()) {
          copyTexels(encoder, from, targets, { texels, offset: (first + k) * scale.stride });
        }
      });
    }
    return {
      kind: "drawing",
      encode: (encoder) => {
        for (const draw of draws) draw(encoder);
      },
    };
  }
}
