/** Owns buffers, textures and arrays that are disposed of together. */
import type { Gpu, GpuBuffer, GpuTexture } from "../../gpu/gpu.ts";
import type { BlockScale } from "./block.ts";
import type { BufferPool } from "./buffer-pool.ts";

export class ResourceScope {
  readonly #owned: (GpuBuffer | GpuTexture)[] = [];
  readonly #arrays: ArrayBuffer[] = [];

  /** @param pool supplies storage buffers, textures and arrays, and takes them back */
  constructor(
    readonly gpu: Gpu,
    readonly pool: BufferPool | null = null,
  ) {}

  adopt(buffer: GpuBuffer): GpuBuffer {
    this.#owned.push(buffer);
    return buffer;
  }

  /** Makes a zero-filled buffer, or takes one with old contents from the pool. */
  storageBuffer(label: string, bytes: number): GpuBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    return this.adopt(this.pool?.buffer(label, bytes) ?? this.gpu.buffer(label, bytes, usage));
  }

  /** Makes a zero-filled array to prepare an upload in, or takes one with old contents from the pool. */
  array(bytes: number): ArrayBuffer {
    const array = this.pool?.array(bytes) ?? new ArrayBuffer(bytes);
    this.#arrays.push(array);
    return array;
  }

  /** Makes a texture; sizes in texels. */
  texels(label: string, width: number, height: number): GpuTexture {
    const texture = this.pool?.texture(label, width, height) ?? this.gpu.texels(label, width, height);
    this.#owned.push(texture);
    return texture;
  }

  indexTables(scale: BlockScale): GpuBuffer {
    return this.adopt(this.gpu.upload("source index tables", scale.tables, GPUBufferUsage.STORAGE));
  }

  get bytes(): number {
    return this.#owned.reduce((sum, b) => sum + b.bytes, 0);
  }

  get arrayBytes(): number {
    return this.#arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  dispose(): void {
    for (const owned of this.#owned) {
      if (!this.pool?.keep(owned)) owned.dispose();
    }
    for (const array of this.#arrays) this.pool?.keepArray(array);
    this.#owned.length = 0;
    this.#arrays.length = 0;
  }
}
