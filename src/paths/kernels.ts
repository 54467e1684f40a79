/** The compute kernels of the three paths, each one WGSL file below `shaders/`. */
import countPalette from "../../shaders/count/palette.wgsl?raw";
import countTargets from "../../shaders/count/targets.wgsl?raw";
import countWords from "../../shaders/count/words.wgsl?raw";
import paletteBytes from "../../shaders/decode/palette-bytes.wgsl?raw";
import wordsBytes from "../../shaders/decode/words-bytes.wgsl?raw";
import downsampleMasks from "../../shaders/downsample/masks.wgsl?raw";
import downsamplePalette from "../../shaders/downsample/palette.wgsl?raw";
import downsampleWords from "../../shaders/downsample/words.wgsl?raw";
import encodePlanes from "../../shaders/encode/planes.wgsl?raw";
import encodeWords from "../../shaders/encode/words.wgsl?raw";
import decodeBytes from "../../shaders/lib/decode-bytes.wgsl?raw";
import sourceWalk from "../../shaders/lib/source-walk.wgsl?raw";
import compare from "../../shaders/measure/compare.wgsl?raw";
import traffic from "../../shaders/measure/traffic.wgsl?raw";
import type { Kernel } from "../gpu/kernel.ts";

export type BitsPerIndex = 8 | 16;

const perIndexWidth = (label: string, code: string): Readonly<Record<BitsPerIndex, Kernel>> => ({
  8: { label, code, constants: { bits_per_index: 8 } },
  16: { label, code, constants: { bits_per_index: 16 } },
});

export const kernels = {
  encodeWords: perIndexWidth("encode/words", encodeWords),
  encodePlanes: { label: "encode/planes", code: encodePlanes },
  downsampleWords: { label: "downsample/words", code: `${sourceWalk}\n${downsampleWords}` },
  downsamplePalette: perIndexWidth("downsample/palette", `${sourceWalk}\n${downsamplePalette}`),
  downsampleMasks: { label: "downsample/masks", code: `${sourceWalk}\n${downsampleMasks}` },
  decodeWords: { label: "decode/words-bytes", code: `${decodeBytes}\n${wordsBytes}` },
  decodePalette: perIndexWidth("decode/palette-bytes", `${decodeBytes}\n${paletteBytes}`),
  countPalette: perIndexWidth("count/palette", countPalette),
  countWords: { label: "count/words", code: countWords },
  countTargets: { label: "count/targets", code: countTargets },
  compare: { label: "measure/compare", code: compare },
  traffic: { label: "measure/traffic", code: traffic },
} as const;
