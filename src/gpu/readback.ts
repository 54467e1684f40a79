/** Copies from the GPU to the CPU. Never called in a frame. */
import type { Gpu, GpuBuffer } from "./gpu.ts";

/** Reads `bytes` of a buffer (all of it by default) from `offset`, once all submitted work is done. */
export async function readBytes(
  gpu: Gpu,
  source: GpuBuffer,
  bytes = source.bytes,
  offset = 0,
): Promise<ArrayBuffer> {
  const size = Math.ceil(bytes / 4) * 4;
  const staging = gpu.buffer(
    `readback of ${source.label}`,
    size,
    GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  );
  try {
    gpu.submit("readback", (encoder) =>
      encoder.copyBufferToBuffer(source.buffer, offset, staging.buffer, 0, size),
    );
    await staging.buffer.mapAsync(GPUMapMode.READ, 0, size);
    return staging.buffer.getMappedRange(0, size).slice(0, bytes);
  } finally {
    staging.dispose();
  }
}

export async function readU32(gpu: Gpu, source: GpuBuffer, count?: number): Promise<Uint32Array> {
  return new Uint32Array(await readBytes(gpu, source, count === undefined ? source.bytes : count * 4));
}
