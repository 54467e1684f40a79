/**
 * Downsampling drawn: all scales of a block in one picture, from a list that names the source voxel of every target voxel. The list
 * depends on shape and strides alone and is made once; it spares a software adapter the divisions that say where a voxel lies.
 */
import type { Drawing } from "../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";
import type { Block, BlockScale } from "./block.ts";
import type { BufferSet } from "./buffer-set.ts";
import { ATTACHMENTS, copyTexels, picturePass, pictures, TEXEL_BYTES } from "./drawing.ts";

export interface DrawnDownsample {
  readonly step: Drawing;
  /** The result of every scale that is downsampled, `[plane][scale.stride]`. */
  readonly results: ReadonlyMap<BlockScale, GpuBuffer>;
}

export interface DownsampleOptions {
  readonly kernel: Kernel;
  readonly label: string;
  /** `[plane][block.stride]` */
  readonly source: GpuBuffer;
  readonly planes: number;
  readonly bytesPerVoxel: 1 | 2 | 4;
  /** Whether the kernel knows planes: by its constant `planes` and its params `first_word` and `stride`. */
  readonly planar: boolean;
}

/** Null where no scale is downsampled. */
export async function drawDownsample(
  gpu: Gpu,
  set: BufferSet,
  block: Block,
  { kernel, label, source, planes, bytesPerVoxel, planar }: DownsampleOptions,
): Promise<DrawnDownsample | null> {
  const scales = block.scales.filter(({ voxels, identity }) => voxels > 0 && !identity);
  if (scales.length === 0) return null;
  const voxelsPerTexel = TEXEL_BYTES / bytesPerVoxel;
  const list = set.own(gpu.upload("source voxels", sourceList(block, scales), GPUBufferUsage.STORAGE));
  const texels = scales.reduce((sum, { stride }) => sum + stride / voxelsPerTexel, 0);
  const attachments = pictures(set, Math.min(ATTACHMENTS, planes), texels);
  const results = new Map(
    scales.map((scale) => [scale, set.storage(label, planes * scale.stride * bytesPerVoxel)] as const),
  );
  const draws: ((encoder: GPUCommandEncoder) => void)[] = [];
  for (let first = 0; first < planes; first += ATTACHMENTS) {
    const drawn = attachments.slice(0, Math.min(ATTACHMENTS, planes - first));
    const planeWords = (block.stride * bytesPerVoxel) / 4;
    const constants = { ...kernel.constants, ...(planar ? { planes: drawn.length } : {}) };
    const ofPlanes = planar ? { first_word: first * planeWords, stride: planeWords } : {};
    const draw = await picturePass(gpu, set, {
      kernel: { ...kernel, constants },
      params: { texels, ...ofPlanes },
      inputs: [list, source],
      attachments: drawn,
      texels,
    });
    draws.push((encoder) => {
      draw(encoder);
      let from = 0;
      for (const [scale, result] of results) {
        const count = scale.stride / voxelsPerTexel;
        for (const [k, picture] of drawn.entries()) {
          const offset = (first + k) * scale.stride * bytesPerVoxel;
          copyTexels(encoder, picture, result, { first: from, texels: count, offset });
        }
        from += count;
      }
    });
  }
  return {
    results,
    step: {
      kind: "drawing",
      encode: (encoder) => {
        for (const draw of draws) draw(encoder);
      },
    },
  };
}

/** Source voxel of every target voxel, scale after scale; 0 in the padding behind each. */
export function sourceList(block: Block, scales: readonly BlockScale[]): Uint32Array {
  const list = new Uint32Array(scales.reduce((sum, { stride }) => sum + stride, 0));
  const [, height, width] = block.shape;
  let start = 0;
  for (const { shape, stride, tables } of scales) {
    const [zs, ys, xs] = [
      tables.subarray(0, shape[0]),
      tables.subarray(shape[0], shape[0] + shape[1]),
      tables.subarray(shape[0] + shape[1]),
    ];
    let at = start;
    for (const z of zs)
      for (const y of ys) {
        const row = (z * height + y) * width;
        for (const x of xs) list[at++] = row + x;
      }
    start += stride;
  }
  return list;
}
