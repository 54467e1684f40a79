import wordsCode from "../../../shaders/view/cut-words.wgsl?raw";
import panesCode from "../../../shaders/view/panes.wgsl?raw";
import tintCode from "../../../shaders/view/tint-slices.wgsl?raw";
import type { Kernel } from "../../gpu/kernel.ts";

export const cutWordsKernel: Kernel = { label: "view/cut-words.wgsl", code: wordsCode };
export const panesKernel: Kernel = { label: "view/panes.wgsl", code: panesCode };
export const tintKernel: Kernel = { label: "view/tint-slices.wgsl", code: tintCode };
