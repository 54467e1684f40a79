import { type Gpu, type GpuBuffer, GpuMemoryError } from "./gpu.ts";

/** A storage buffer that a larger one takes the place of when it must hold more; it never shrinks. */
export class GrowingBuffer {
  #owned: GpuBuffer;

  constructor(
    readonly gpu: Gpu,
    readonly label: string,
  ) {
    this.#owned = this.#allocate(16);
  }

  /** Another one after `room` or `write` had to grow it. */
  get buffer(): GPUBuffer {
    return this.#owned.buffer;
  }

  /**
   * Room for so many bytes; what was in it is lost when it grows.
   * @throws GpuMemoryError when they are over what this GPU binds at once; the buffer stays as it was
   */
  room(bytes: number): void {
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
    this.room(data.byteLength);
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
