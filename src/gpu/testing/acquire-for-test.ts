/**
 * Acquires the device of a kernel test, with small slabs where a project of vitest.config.ts asks for them.
 */
import { inject } from "vitest";
import { Gpu } from "../gpu.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Maximum size of a slab, in bytes; null for the device's limit. */
    readonly slabBytes: number | null;
  }
}

export function acquireForTest(): Promise<Gpu> {
  const slabBytes = inject("slabBytes");
  return Gpu.acquire(slabBytes === null ? {} : { slabBytes });
}
