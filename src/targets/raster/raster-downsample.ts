/**
 * Downsampling drawn: all scales of a block in one picture, from a list that names the source voxel of every
 * target voxel. The list depends on shape and strides alone and is made once; it spares a software adapter
 * the divisions that say where a voxel lies.
 */
import type { Drawing } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { Block, BlockScale } from "../core/block.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import {
  ATTACHMENTS,
  copyTexels,
  type PictureOfScales,
  pictureOfScales,
  picturePass,
  pictures,
  TEXEL_BYTES,
} from "./raster-pass.ts";

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
  scope: ResourceScope,
  block: Block,
  { kernel, label, source, planes, bytesPerVoxel, planar }: DownsampleOptions,
): Promise<DrawnDownsample | null> {
  const voxelsPerTexel = TEXEL_BYTES / bytesPerVoxel;
  const { firstTexels, texels } = pictureOfScales(block.scales, voxelsPerTexel);
  if (texels === 0) return null;
  const sources = sourceList(block, firstTexels, texels * voxelsPerTexel, voxelsPerTexel);
  const list = scope.adopt(gpu.upload("source voxels", sources, GPUBufferUsage.STORAGE));
  const attachments = pictures(scope, Math.min(ATTACHMENTS, planes), texels);
  const results = new Map(
    [...firstTexels.keys()].map(
      (scale) => [scale, scope.storageBuffer(label, planes * scale.stride * bytesPerVoxel)] as const,
    ),
  );
  const draws: ((encoder: GPUCommandEncoder) => void)[] = [];
  for (let first = 0; first < planes; first += ATTACHMENTS) {
    const drawn = attachments.slice(0, Math.min(ATTACHMENTS, planes - first));
    const planeWords = (block.stride * bytesPerVoxel) / 4;
    const constants = { ...kernel.constants, ...(planar ? { planes: drawn.length } : {}) };
    const ofPlanes = planar ? { first_word: first * planeWords, stride: planeWords } : {};
    const draw = await picturePass(gpu, scope, {
      kernel: { ...kernel, constants },
      params: { texels, ...ofPlanes },
      inputs: [list, source],
      attachments: drawn,
      texels,
    });
    draws.push((encoder) => {
      draw(encoder);
      for (const [scale, result] of results) {
        const place = firstTexels.get(scale) ?? 0;
        const count = Math.ceil(scale.voxels / voxelsPerTexel);
        for (const [k, picture] of drawn.entries()) {
          const offset = (first + k) * scale.stride * bytesPerVoxel;
          copyTexels(encoder, picture, result, { first: place, texels: count, offset });
        }
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

/** Source voxel of every target voxel at its place in the picture; 0 where there is none. */
function sourceList(
  block: Block,
  places: PictureOfScales["firstTexels"],
  length: number,
  voxelsPerTexel: number,
): Uint32Array {
  const list = new Uint32Array(length);
  const [, height, width] = block.shape;
  for (const [{ shape, tables }, firstTexel] of places) {
    const [zs, ys, xs] = [
      tables.subarray(0, shape[0]),
      tables.subarray(shape[0], shape[0] + shape[1]),
      tables.subarray(shape[0] + shape[1]),
    ];
    let at = firstTexel * voxelsPerTexel;
    for (const z of zs)
      for (const y of ys) {
        const row = (z * height + y) * width;
        for (const x of xs) list[at++] = row + x;
      }
  }
  return list;
}
