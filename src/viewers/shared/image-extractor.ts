/** Extracts the shown slices of the image, with values in the image's unit. */
import cut from "../../../shaders/extract/extract-image.wgsl?kernel";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { PlainCut, type PlainSlice, type PlainVolume } from "./plain-extractor.ts";
import type { ResidentImage } from "./resident-image.ts";

export const cutImageKernel: Kernel = { label: "extract/extract-image.wgsl", ...cut };

export type ImageSlice = PlainSlice;

export function imageCut(gpu: Gpu): Promise<PlainCut> {
  return PlainCut.create(gpu, cutImageKernel, "image slices");
}

export function volumeOfImage({ grid, slabs }: ResidentImage): PlainVolume {
  return { shape: grid.shape, slabs, params: {} };
}
