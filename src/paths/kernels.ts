/** The compute kernels of the three paths, each one WGSL file below `shaders/`. */
import countPalette from "../../shaders/count/palette.wgsl?raw";
import countTargets from "../../shaders/count/targets.wgsl?raw";
import countWords from "../../shaders/count/words.wgsl?raw";
import masksBits from "../../shaders/decode/masks-bits.wgsl?raw";
import paletteBits from "../../shaders/decode/palette-bits.wgsl?raw";
import paletteBytes from "../../shaders/decode/palette-bytes.wgsl?raw";
import wordsBits from "../../shaders/decode/words-bits.wgsl?raw";
import wordsBytes from "../../shaders/decode/words-bytes.wgsl?raw";
import downsampleMasks from "../../shaders/downsample/masks.wgsl?raw";
import downsamplePalette from "../../shaders/downsample/palette.wgsl?raw";
import downsampleWords from "../../shaders/downsample/words.wgsl?raw";
import drawDownsampleMasks from "../../shaders/draw/downsample-masks.wgsl?raw";
import drawDownsamplePalette from "../../shaders/draw/downsample-palette.wgsl?raw";
import drawDownsampleWords from "../../shaders/draw/downsample-words.wgsl?raw";
import drawPalette from "../../shaders/draw/palette-bytes.wgsl?raw";
import drawWords from "../../shaders/draw/words-bytes.wgsl?raw";
import encodePlanes from "../../shaders/encode/planes.wgsl?raw";
import encodeWords from "../../shaders/encode/words.wgsl?raw";
import decodeBits from "../../shaders/lib/decode-bits.wgsl?raw";
import decodeBytes from "../../shaders/lib/decode-bytes.wgsl?raw";
import drawChannels from "../../shaders/lib/draw-channels.wgsl?raw";
import firstBits from "../../shaders/lib/first-bits.wgsl?raw";
import sourceWalk from "../../shaders/lib/source-walk.wgsl?raw";
import transposeBits from "../../shaders/lib/transpose-bits.wgsl?raw";
import compare from "../../shaders/measure/compare.wgsl?raw";
import traffic from "../../shaders/measure/traffic.wgsl?raw";
import poolAny from "../../shaders/pool/any.wgsl?raw";
import poolCell from "../../shaders/pool/cell.wgsl?raw";
import poolMajority from "../../shaders/pool/majority.wgsl?raw";
import type { Kernel } from "../gpu/kernel.ts";
import type { TargetFormat } from "../timing/comparison.ts";

export type BitsPerIndex = 8 | 16;

const perIndexWidth = (label: string, code: string): Readonly<Record<BitsPerIndex, Kernel>> => ({
  8: { label, code, constants: { bits_per_index: 8 } },
  16: { label, code, constants: { bits_per_index: 16 } },
});

const perFormat = (label: string, code: string): Readonly<Record<TargetFormat, Kernel>> => ({
  byte: { label, code, constants: { bits_per_voxel: 8 } },
  bit: { label, code, constants: { bits_per_voxel: 1 } },
});

const transpose = `${decodeBytes}\n${transposeBits}`;

const bitTargets = `${firstBits}\n${transpose}\n${decodeBits}`;

const pool = `${sourceWalk}\n${poolCell}`;

export const kernels = {
  encodeWords: perIndexWidth("encode/words", encodeWords),
  encodePlanes: { label: "encode/planes", code: `${transpose}\n${encodePlanes}` },
  downsampleWords: { label: "downsample/words", code: `${sourceWalk}\n${downsampleWords}` },
  downsamplePalette: perIndexWidth("downsample/palette", `${sourceWalk}\n${downsamplePalette}`),
  downsampleMasks: { label: "downsample/masks", code: `${sourceWalk}\n${downsampleMasks}` },
  decodeWords: { label: "decode/words-bytes", code: `${decodeBytes}\n${wordsBytes}` },
  decodePalette: perIndexWidth("decode/palette-bytes", `${decodeBytes}\n${paletteBytes}`),
  drawDownsampleMasks: { label: "draw/downsample-masks", code: `${drawChannels}\n${drawDownsampleMasks}` },
  drawDownsampleWords: { label: "draw/downsample-words", code: `${drawChannels}\n${drawDownsampleWords}` },
  drawDownsamplePalette: perIndexWidth(
    "draw/downsample-palette",
    `${drawChannels}\n${drawDownsamplePalette}`,
  ),
  drawWords: { label: "draw/words-bytes", code: `${drawChannels}\n${drawWords}` },
  drawPalette: perIndexWidth("draw/palette-bytes", `${drawChannels}\n${drawPalette}`),
  decodeWordsBits: { label: "decode/words-bits", code: `${bitTargets}\n${wordsBits}` },
  decodePaletteBits: perIndexWidth("decode/palette-bits", `${bitTargets}\n${paletteBits}`),
  decodeMasksBits: { label: "decode/masks-bits", code: `${firstBits}\n${masksBits}` },
  countPalette: perIndexWidth("count/palette", countPalette),
  countWords: { label: "count/words", code: countWords },
  countTargets: perFormat("count/targets", `${firstBits}\n${countTargets}`),
  compare: perFormat("measure/compare", `${firstBits}\n${compare}`),
  poolAny: { label: "pool/any", code: `${pool}\n${poolAny}`, constants: { flip: 0 } },
  poolAll: { label: "pool/any", code: `${pool}\n${poolAny}`, constants: { flip: 0xffffffff } },
  poolMajority: { label: "pool/majority", code: `${pool}\n${poolMajority}` },
  traffic: { label: "measure/traffic", code: traffic },
} as const;
