/** Picks the backend that writes the results of a block. */
import type { BackendName } from "../../domain/targets/target-paths.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { computeBackend } from "../compute/compute-backend.ts";
import type { Block } from "../core/block.ts";
import type { TargetBackend } from "../core/target-backend.ts";
import { rasterBackend } from "../raster/raster-backend.ts";

const BACKENDS: Readonly<Record<BackendName, TargetBackend>> = {
  compute: computeBackend,
  raster: rasterBackend,
};

/** Gives the backend of that name, or compute shaders if the device cannot use it for this block. */
export function backendFor(gpu: Gpu, block: Block, name: BackendName): TargetBackend {
  const wanted = BACKENDS[name];
  return wanted.needs.supports(gpu, block) ? wanted : computeBackend;
}
