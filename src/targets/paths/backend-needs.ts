/**
 * Device requirements of the backend that writes a block, without the backend itself: for plans made on the
 * page.
 */
import type { BackendName } from "../../domain/targets/target-paths.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { computeNeeds } from "../compute/compute-needs.ts";
import type { Block } from "../core/block.ts";
import type { BackendNeeds } from "../core/target-backend.ts";
import { rasterNeeds } from "../raster/raster-needs.ts";

/** Gives the needs of the backend that `backendFor` gives. */
export function needsFor(gpu: Gpu, block: Block, name: BackendName): BackendNeeds {
  return name === "raster" && rasterNeeds.supports(gpu, block) ? rasterNeeds : computeNeeds;
}
