/** Extracts the palette entries of full-size slices. */
import extract from "../../../shaders/extract/extract-entries.wgsl?kernel";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { ResidentCase } from "../../targets/resident/resident-case.ts";
import { PlainExtractor, type PlainVolume } from "./plain-extractor.ts";

export const extractEntriesKernel: Kernel = { label: "extract/extract-entries.wgsl", ...extract };

export function entryExtractor(gpu: Gpu): Promise<PlainExtractor> {
  return PlainExtractor.create(gpu, extractEntriesKernel, "entries of the slice");
}

/** Null for masks, which have no palette. */
export function volumeOfEntries({ grid, indices, bitsPerIndex }: ResidentCase): PlainVolume | null {
  return (
    indices && { shape: grid.shape, slabs: indices, params: { index_shift: bitsPerIndex === 16 ? 1 : 2 } }
  );
}
