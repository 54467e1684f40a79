/** A storage buffer that grows on demand. */
import { type Gpu, type GpuBuffer, GpuMemoryError } from "./gpu.ts";

/** Storage buffer that is replaced by a larger one when it must hold more; it never shrinks. */
export class GrowingBuffer {
  #owned: GpuBuffer;

  constructor(
    readonly gpu: Gpu,
    readonly label: string,
  ) {
    this.#owned = this.#allocate(16);
  }

  /** Changes when `reserve` or `write` grows the buffer. */
  get buffer(): GPUBuffer {
    return this.#owned.buffer;
  }

  /**
   * Makes room for `bytes`; growing discards the contents.
   * @throws GpuMemoryError when that exceeds what this GPU binds at once; the buffer then stays unchanged
   */
  reserve(bytes: number): void {
    if (bytes <= this.#owned.bytes) return;
    if (bytes > this.gpu.maxBindingBytes) {
      throw new GpuMemoryError(
        `${this.label} needs ${bytes} bytes and this GPU allows ${this.gpu.maxBindingBytes} in one binding.`,
      );
    }
    this.#owned.dispose();
    this.#owned = this.#allocate(bytes);
  }

  write(data: ArrayBuffer): void {
    this.reserve(data.byteLength);
    this.gpu.write(this.#owned, data);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #allocate(bytes: number): GpuBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    return this.gpu.buffer(this.label, bytes, usage);
  }
}
