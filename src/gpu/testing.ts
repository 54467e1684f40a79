/**
 * The device of a kernel test: as the browser gives it, or with the small slabs that a project of
 * vitest.config.ts asks for.
 */
import { inject } from "vitest";
import { Gpu } from "./gpu.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Bytes of a slab of a volume, at most; null for as many as the device allows. */
    readonly slabBytes: number | null;
  }
}

export function acquireForTest(): Promise<Gpu> {
  const slabBytes = inject("slabBytes");
  return Gpu.acquire(slabBytes === null ? {} : { slabBytes });
}
