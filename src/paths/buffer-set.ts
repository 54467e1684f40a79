/** Buffers that live and die together. */
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import type { BlockScale } from "./block.ts";

export class BufferSet {
  readonly #owned: GpuBuffer[] = [];

  constructor(readonly gpu: Gpu) {}

  own(buffer: GpuBuffer): GpuBuffer {
    this.#owned.push(buffer);
    return buffer;
  }

  storage(label: string, bytes: number): GpuBuffer {
    return this.own(
      this.gpu.buffer(
        label,
        bytes,
        GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      ),
    );
  }

  tables(scale: BlockScale): GpuBuffer {
    return this.own(this.gpu.upload("source index tables", scale.tables, GPUBufferUsage.STORAGE));
  }

  get bytes(): number {
    return this.#owned.reduce((sum, b) => sum + b.bytes, 0);
  }

  dispose(): void {
    for (const buffer of this.#owned) buffer.dispose();
    this.#owned.length = 0;
  }
}
