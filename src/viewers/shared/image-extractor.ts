/** Extracts the shown slices of the image, with values in the image's unit. */
import extract from "../../../shaders/extract/extract-image.wgsl?kernel";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { PlainExtractor, type PlainSlice, type PlainVolume } from "./plain-extractor.ts";
import type { ResidentImage } from "./resident-image.ts";

export const extractImageKernel: Kernel = { label: "extract/extract-image.wgsl", ...extract };

export type ImageSlice = PlainSlice;

export function imageExtractor(gpu: Gpu): Promise<PlainExtractor> {
  return PlainExtractor.create(gpu, extractImageKernel, "image slices");
}

export function volumeOfImage({ grid, slabs }: ResidentImage): PlainVolume {
  return { shape: grid.shape, slabs, params: {} };
}
