import type { Gpu } from "./gpu.ts";

/** One bind group of buffers at bindings 0, 1, …, made anew only when one of the buffers is another. */
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

  /** Lets go of the buffers, which may be given back after that. */
  forget(): void {
    this.#made = null;
  }
}
