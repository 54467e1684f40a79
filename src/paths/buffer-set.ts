/** Buffers and textures that live and die together. */
import type { Gpu, GpuBuffer, GpuTexture } from "../gpu/gpu.ts";
import type { BlockScale } from "./block.ts";

export class BufferSet {
  readonly #owned: (GpuBuffer | GpuTexture)[] = [];

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

  /** A texture that lives as long as the buffers; sizes in texels. */
  texels(label: string, width: number, height: number): GpuTexture {
    const texture = this.gpu.texels(label, width, height);
    this.#owned.push(texture);
    return texture;
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
