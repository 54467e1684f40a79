/**
 * Passes buffers from one block to the next: a case of hundreds of slabs would spend more time allocating
 * memory than filling it. Buffers keep their old contents; every path writes all that it reads.
 */
import type { GpuBuffer, GpuTexture } from "../../gpu/gpu.ts";

export class BufferPool {
  readonly #buffers = new Map<string, GpuBuffer[]>();
  readonly #textures = new Map<string, GpuTexture[]>();
  readonly #arrays = new Map<number, ArrayBuffer[]>();

  /** Takes a buffer of this name and size out of the pool; null if it has none. */
  buffer(label: string, bytes: number): GpuBuffer | null {
    return this.#buffers.get(bufferKey(label, bytes))?.pop() ?? null;
  }

  /** Takes a texture out of the pool; sizes in texels. */
  texture(label: string, width: number, height: number): GpuTexture | null {
    return this.#textures.get(textureKey(label, width, height))?.pop() ?? null;
  }

  array(bytes: number): ArrayBuffer | null {
    return this.#arrays.get(bytes)?.pop() ?? null;
  }

  /**
   * Keeps what the next block can use. Returns false for tables and uniforms, which are made for each block.
   */
  keep(owned: GpuBuffer | GpuTexture): boolean {
    if ("texture" in owned) {
      const { width, height } = owned.texture;
      add(this.#textures, textureKey(owned.label, width, height), owned);
      return true;
    }
    if (!(owned.buffer.usage & GPUBufferUsage.COPY_SRC)) return false;
    add(this.#buffers, bufferKey(owned.label, owned.bytes), owned);
    return true;
  }

  keepArray(array: ArrayBuffer): void {
    add(this.#arrays, array.byteLength, array);
  }

  dispose(): void {
    for (const pool of [this.#buffers, this.#textures]) {
      for (const owned of pool.values()) for (const { dispose } of owned) dispose();
      pool.clear();
    }
    this.#arrays.clear();
  }
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const bufferKey = (label: string, bytes: number) => `${label} ${Math.max(16, Math.ceil(bytes / 4) * 4)}`;
const textureKey = (label: string, width: number, height: number) => `${label} ${width} ${height}`;
