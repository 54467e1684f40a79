/** Caches a bind group for as long as its buffers stay the same. */
import type { Gpu } from "./gpu.ts";

/** One bind group with buffers at bindings 0, 1, …, recreated only when one of the buffers changes. */
export class BindGroupCache {
  #made: { readonly group: GPUBindGroup; readonly of: readonly GPUBuffer[] } | null = null;

  constructor(
    readonly gpu: Gpu,
    readonly label: string,
    readonly layout: GPUBindGroupLayout,
  ) {}

  of(buffers: readonly GPUBuffer[]): GPUBindGroup {
    const made = this.#made;
    if (made && made.of.length === buffers.length && made.of.every((buffer, i) => buffer === buffers[i]))
      return made.group;
    const group = this.gpu.device.createBindGroup({
      label: this.label,
      layout: this.layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    this.#made = { group, of: [...buffers] };
    return group;
  }

  /** Drops the references to the buffers, so that they can be freed. */
  forget(): void {
    this.#made = null;
  }
}
