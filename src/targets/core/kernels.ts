/** Lists the kernels of the three paths and of the resident case, one WGSL file each below `shaders/`. */
import countPalette from "../../../shaders/count/palette.wgsl?kernel";
import countTargets from "../../../shaders/count/targets.wgsl?kernel";
import countWords from "../../../shaders/count/words.wgsl?kernel";
import masksBits from "../../../shaders/decode/masks-bits.wgsl?kernel";
import paletteBits from "../../../shaders/decode/palette-bits.wgsl?kernel";
import paletteBytes from "../../../shaders/decode/palette-bytes.wgsl?kernel";
import wordsBits from "../../../shaders/decode/words-bits.wgsl?kernel";
import wordsBytes from "../../../shaders/decode/words-bytes.wgsl?kernel";
import downsampleMasks from "../../../shaders/downsample/masks.wgsl?kernel";
import downsamplePalette from "../../../shaders/downsample/palette.wgsl?kernel";
import downsampleWords from "../../../shaders/downsample/words.wgsl?kernel";
import encodePlanes from "../../../shaders/encode/planes.wgsl?kernel";
import sampledLabels from "../../../shaders/encode/sampled-labels.wgsl?kernel";
import sampledWords from "../../../shaders/encode/sampled-words.wgsl?kernel";
import encodeWords from "../../../shaders/encode/words.wgsl?kernel";
import traffic from "../../../shaders/measure/traffic.wgsl?kernel";
import poolAny from "../../../shaders/pool/any.wgsl?kernel";
import poolAnyLarge from "../../../shaders/pool/any-large.wgsl?kernel";
import poolMajority from "../../../shaders/pool/majority.wgsl?kernel";
import poolMajorityLarge from "../../../shaders/pool/majority-large.wgsl?kernel";
import rasterDownsampleMasks from "../../../shaders/raster/downsample-masks.wgsl?kernel";
import rasterDownsamplePalette from "../../../shaders/raster/downsample-palette.wgsl?kernel";
import rasterDownsampleWords from "../../../shaders/raster/downsample-words.wgsl?kernel";
import rasterPalette from "../../../shaders/raster/palette-bytes.wgsl?kernel";
import rasterWords from "../../../shaders/raster/words-bytes.wgsl?kernel";
import mismatches from "../../../shaders/verify/mismatches.wgsl?kernel";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { KernelSource } from "../../gpu/kernel-layouts.ts";

export type BitsPerIndex = 8 | 16;

export function bitsPerIndex(bytesPerIndex: number): BitsPerIndex {
  return bytesPerIndex === 2 ? 16 : 8;
}

const perIndexWidth = (label: string, source: KernelSource): Readonly<Record<BitsPerIndex, Kernel>> => ({
  8: { label, ...source, constants: { bits_per_index: 8 } },
  16: { label, ...source, constants: { bits_per_index: 16 } },
});

const perFormat = (label: string, source: KernelSource): Readonly<Record<TargetFormat, Kernel>> => ({
  byte: { label, ...source, constants: { bits_per_voxel: 8 } },
  bit: { label, ...source, constants: { bits_per_voxel: 1 } },
});

export const kernels = {
  encodeWords: perIndexWidth("encode/words", encodeWords),
  sampledLabels: perIndexWidth("encode/sampled-labels", sampledLabels),
  sampledWords: { label: "encode/sampled-words", ...sampledWords },
  encodePlanes: { label: "encode/planes", ...encodePlanes },
  downsampleWords: { label: "downsample/words", ...downsampleWords },
  downsamplePalette: perIndexWidth("downsample/palette", downsamplePalette),
  downsampleMasks: { label: "downsample/masks", ...downsampleMasks },
  decodeWords: { label: "decode/words-bytes", ...wordsBytes },
  decodePalette: perIndexWidth("decode/palette-bytes", paletteBytes),
  rasterDownsampleMasks: { label: "raster/downsample-masks", ...rasterDownsampleMasks },
  rasterDownsampleWords: { label: "raster/downsample-words", ...rasterDownsampleWords },
  rasterDownsamplePalette: perIndexWidth("raster/downsample-palette", rasterDownsamplePalette),
  rasterWords: { label: "raster/words-bytes", ...rasterWords },
  rasterPalette: perIndexWidth("raster/palette-bytes", rasterPalette),
  decodeWordsBits: { label: "decode/words-bits", ...wordsBits },
  decodePaletteBits: perIndexWidth("decode/palette-bits", paletteBits),
  decodeMasksBits: { label: "decode/masks-bits", ...masksBits },
  countPalette: perIndexWidth("count/palette", countPalette),
  countWords: { label: "count/words", ...countWords },
  countTargets: perFormat("count/targets", countTargets),
  mismatches: perFormat("verify/mismatches", mismatches),
  poolAny: { label: "pool/any", ...poolAny, constants: { flip: 0 } },
  poolAll: { label: "pool/any", ...poolAny, constants: { flip: 0xffffffff } },
  poolMajority: { label: "pool/majority", ...poolMajority },
  poolAnyLarge: { label: "pool/any-large", ...poolAnyLarge, constants: { flip: 0 } },
  poolAllLarge: { label: "pool/any-large", ...poolAnyLarge, constants: { flip: 0xffffffff } },
  poolMajorityLarge: { label: "pool/majority-large", ...poolMajorityLarge },
  traffic: { label: "measure/traffic", ...traffic },
} as const;
