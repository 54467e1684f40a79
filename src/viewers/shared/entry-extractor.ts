/** Extracts the palette entries of full-size slices. */
import cut from "../../../shaders/extract/extract-entries.wgsl?kernel";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { ResidentCase } from "../../targets/resident/resident-case.ts";
import { PlainCut, type PlainVolume } from "./plain-extractor.ts";

export const cutEntriesKernel: Kernel = { label: "extract/extract-entries.wgsl", ...cut };

export function entryCut(gpu: Gpu): Promise<PlainCut> {
  return PlainCut.create(gpu, cutEntriesKernel, "entries of the slice");
}

/** Null for masks, which have no palette. */
export function volumeOfEntries({ grid, indices, bitsPerIndex }: ResidentCase): PlainVolume | null {
  return (
    indices && { shape: grid.shape, slabs: indices, params: { index_shift: bitsPerIndex === 16 ? 1 : 2 } }
  );
}
