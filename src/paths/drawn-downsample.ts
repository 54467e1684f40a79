/**
 * Downsampling drawn: all scales of a block in one picture, from a list that names the source voxel of every target voxel. The list
 * depends on shape and strides alone and is made once; it spares a software adapter the divisions that say where a voxel lies.
 */
import type { Drawing } from "../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";
import type { Block, BlockScale } from "./block.ts";
import type { BufferSet } from "./buffer-set.ts";
import { ATTACHMENTS, copyTexels, PICTURE_WIDTH, picturePass, pictures, TEXEL_BYTES } from "./drawing.ts";

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
  const places = placesInPicture(scales, voxelsPerTexel);
  const { texels } = places;
  const sources = sourceList(block, places.of, texels * voxelsPerTexel, voxelsPerTexel);
  const list = set.own(gpu.upload("source voxels", sources, GPUBufferUsage.STORAGE));
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
      for (const [scale, result] of results) {
        const place = places.of.get(scale) ?? 0;
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

interface Places {
  /** First texel of each scale: the first of a row, so that as many of its rows as can be are copied at once. */
  readonly of: ReadonlyMap<BlockScale, number>;
  readonly texels: number;
}

function placesInPicture(scales: readonly BlockScale[], voxelsPerTexel: number): Places {
  const of = new Map<BlockScale, number>();
  let texels = 0;
  for (const scale of scales) {
    const first = Math.ceil(texels / PICTURE_WIDTH) * PICTURE_WIDTH;
    of.set(scale, first);
    texels = first + Math.ceil(scale.voxels / voxelsPerTexel);
  }
  return { of, texels };
}

/** Source voxel of every target voxel at its place in the picture; 0 where there is none. */
function sourceList(block: Block, places: Places["of"], length: number, voxelsPerTexel: number): Uint32Array {
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
