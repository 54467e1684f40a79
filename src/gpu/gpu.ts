/**
 * One device and everything allocated on it. Only this file creates buffers and submits work, so live bytes
 * are known and every submission has one owner.
 */
import type { AdapterSummary } from "../base/adapter.ts";
import { acquireDevice } from "./acquire.ts";
import { describeMessages, type Kernel, KernelError, kernelKey, uniformBytes } from "./kernel.ts";
import type { StructValues } from "./kernel-layouts.ts";

export interface GpuBuffer {
  readonly buffer: GPUBuffer;
  /** Allocated size in bytes, a multiple of 4. */
  readonly bytes: number;
  readonly label: string;
  dispose(): void;
}

export interface GpuTexture {
  readonly texture: GPUTexture;
  readonly bytes: number;
  readonly label: string;
  dispose(): void;
}

/** The device cannot allocate the requested buffer. */
export class GpuMemoryError extends Error {
  override readonly name = "GpuMemoryError";
}

/** The GPU rejected an operation or failed at it; the message is one sentence that names the operation. */
export class GpuError extends Error {
  override readonly name = "GpuError";
}

/** Error scopes that `guarded` pushes; the last one is the innermost. */
const ERROR_FILTERS = ["validation", "out-of-memory", "internal"] as const;

/** Bytes per texel of the texture formats in use. */
const TEXEL_BYTES = { rgba32uint: 16, rgba8unorm: 4, r32uint: 4 } as const;

export class Gpu {
  readonly lost: Promise<GPUDeviceLostInfo>;
  readonly #buffers = new Set<GpuBuffer | GpuTexture>();
  readonly #compute = new Map<string, Promise<GPUComputePipeline>>();
  readonly #render = new Map<string, Promise<GPURenderPipeline>>();
  #liveBytes = 0;
  #peakBytes = 0;
  #largestBytes = 0;
  #uploadedBytes = 0;
  #disposed = false;

  private constructor(
    readonly device: GPUDevice,
    readonly adapter: AdapterSummary,
    /** Largest range that one binding may cover, in bytes, and so the largest storage buffer. */
    readonly maxBindingBytes: number,
    /** Largest slab of a volume, in bytes; at most `maxBindingBytes`. */
    readonly maxSlabBytes: number,
  ) {
    this.lost = device.lost;
  }

  /**
   * @param most lower limits, with which tests cut small volumes into many slabs
   * @throws GpuUnavailable when the browser, the adapter or the device is missing.
   */
  static async acquire(
    most: { readonly bindingBytes?: number; readonly slabBytes?: number } = {},
  ): Promise<Gpu> {
    const { device, adapter } = await acquireDevice();
    const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
    const { bindingBytes = Number.POSITIVE_INFINITY, slabBytes = Number.POSITIVE_INFINITY } = most;
    const binding = Math.min(bindingBytes, maxStorageBufferBindingSize, maxBufferSize);
    return new Gpu(device, adapter, binding, Math.min(slabBytes, binding));
  }

  get hasTimestamps(): boolean {
    return this.device.features.has("timestamp-query");
  }

  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Highest live bytes since the last `resetPeak`. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** Size of the largest buffer or texture ever allocated. */
  get largestBytes(): number {
    return this.#largestBytes;
  }

  /** Bytes written to buffers so far; tests assert with it what an edit uploads. */
  get uploadedBytes(): number {
    return this.#uploadedBytes;
  }

  resetPeak(): void {
    this.#peakBytes = this.#liveBytes;
  }

  get liveBuffers(): readonly { readonly label: string; readonly bytes: number }[] {
    return [...this.#buffers].map(({ label, bytes }) => ({ label, bytes }));
  }

  /**
   * Allocates a counted, zero-filled buffer of at least `bytes`.
   * @throws GpuMemoryError when the size exceeds the device's limit. Storage buffers are bound whole, so the
   * binding limit applies to them: WebGPU itself would continue with an invalid binding, and every kernel
   * would read and write nothing.
   */
  buffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GpuBuffer {
    const size = Math.max(16, Math.ceil(bytes / 4) * 4);
    const isStorage = (usage & GPUBufferUsage.STORAGE) !== 0;
    const most = isStorage ? this.maxBindingBytes : this.device.limits.maxBufferSize;
    if (size > most) {
      throw new GpuMemoryError(
        `${label} needs ${size} bytes and this GPU allows ${most} in one ${isStorage ? "binding" : "buffer"}.`,
      );
    }
    const buffer = this.device.createBuffer({ label, size, usage });
    const owned: GpuBuffer = {
      buffer,
      bytes: size,
      label,
      dispose: () => {
        if (!this.#buffers.delete(owned)) return;
        this.#liveBytes -= size;
        buffer.destroy();
      },
    };
    this.#count(owned);
    return owned;
  }

  /**
   * Allocates a counted 2D texture of 16-byte texels, the render target of the raster passes. Sizes in
   * texels.
   */
  texels(label: string, width: number, height: number): GpuTexture {
    const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
    return this.texture(label, [width, height], "rgba32uint", usage);
  }

  /**
   * Allocates a counted 2D texture; size in texels.
   * @throws GpuMemoryError when a side exceeds the device's limit.
   */
  texture(
    label: string,
    [width, height]: readonly [number, number],
    format: keyof typeof TEXEL_BYTES,
    usage: GPUTextureUsageFlags,
  ): GpuTexture {
    const bytes = width * height * TEXEL_BYTES[format];
    const most = this.device.limits.maxTextureDimension2D;
    if (Math.max(width, height) > most) {
      throw new GpuMemoryError(
        `${label} is ${width} × ${height} texels and this GPU allows ${most} along a side.`,
      );
    }
    const texture = this.device.createTexture({ label, size: [width, height], format, usage });
    const owned: GpuTexture = {
      texture,
      bytes,
      label,
      dispose: () => {
        if (!this.#buffers.delete(owned)) return;
        this.#liveBytes -= bytes;
        texture.destroy();
      },
    };
    this.#count(owned);
    return owned;
  }

  /**
   * Allocates a counted buffer that holds `data`; adds COPY_DST. Pads to a multiple of 4 bytes with zeros.
   */
  upload(label: string, data: ArrayBufferView | ArrayBuffer, usage: GPUBufferUsageFlags): GpuBuffer {
    const owned = this.buffer(label, data.byteLength, usage | GPUBufferUsage.COPY_DST);
    this.write(owned, data);
    return owned;
  }

  /** Queues a write of `data` at byte `offset`. */
  write(destination: Pick<GpuBuffer, "buffer">, data: ArrayBufferView | ArrayBuffer, offset = 0): void {
    const view =
      data instanceof ArrayBuffer
        ? new Uint8Array(data)
        : new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    this.#uploadedBytes += view.byteLength;
    const whole = view.byteLength - (view.byteLength % 4);
    if (whole > 0) this.device.queue.writeBuffer(destination.buffer, offset, view, 0, whole);
    if (whole < view.byteLength) {
      const tail = new Uint8Array(4);
      tail.set(view.subarray(whole));
      this.device.queue.writeBuffer(destination.buffer, offset + whole, tail);
    }
  }

  /** Allocates a counted uniform buffer for the struct `variable` of a kernel. */
  uniforms(kernel: Kernel, variable: string, values: StructValues): GpuBuffer {
    return this.upload(
      `${kernel.label} ${variable}`,
      uniformBytes(kernel, variable, values),
      GPUBufferUsage.UNIFORM,
    );
  }

  /**
   * Returns the pipeline of a kernel, built once. @throws KernelError quoting the WGSL line that does not
   * compile.
   */
  computePipeline(kernel: Kernel): Promise<GPUComputePipeline> {
    return this.#once(this.#compute, kernelKey(kernel), async () => {
      const module = await this.shaderModule(kernel);
      return this.device.createComputePipelineAsync({
        label: kernel.label,
        layout: "auto",
        compute: { module, ...(kernel.constants ? { constants: kernel.constants } : {}) },
      });
    });
  }

  /** Returns a render pipeline, built once per key. */
  renderPipeline(key: string, make: () => Promise<GPURenderPipeline>): Promise<GPURenderPipeline> {
    return this.#once(this.#render, key, make);
  }

  /** Compiles WGSL. @throws KernelError quoting the line that does not compile. */
  async shaderModule(kernel: Kernel): Promise<GPUShaderModule> {
    const module = this.device.createShaderModule({ label: kernel.label, code: kernel.code });
    const { messages } = await module.getCompilationInfo();
    const text = describeMessages(kernel, messages);
    if (text) throw new KernelError(text);
    return module;
  }

  /** Records and submits commands. */
  submit(label: string, encode: (encoder: GPUCommandEncoder) => void): void {
    this.record(label, encode)();
  }

  /** Records commands now for a single later submission, which keeps recording out of timed work. */
  record(label: string, encode: (encoder: GPUCommandEncoder) => void): () => void {
    const encoder = this.device.createCommandEncoder({ label });
    encode(encoder);
    const commands = encoder.finish();
    return () => this.device.queue.submit([commands]);
  }

  /** Submits nothing, which makes browsers that poll rarely for finished work poll now. */
  nudge(): void {
    this.device.queue.submit([]);
  }

  /**
   * Runs `work` and waits until the GPU has reported whether anything in it failed. WebGPU creates, binds and
   * submits invalid buffers silently; reading their contents then yields zeros or stale data.
   *
   * If two calls overlap on one device, an error may reach the other call, but it always reaches one of them.
   *
   * @param doing what was tried, to follow "while": "opening label-first"
   * @throws GpuError when a call in the work was invalid or the GPU ran out of memory
   */
  async guarded<T>(doing: string, work: () => T | Promise<T>): Promise<T> {
    const { device } = this;
    for (const filter of ERROR_FILTERS) device.pushErrorScope(filter);
    const settled = await Promise.resolve()
      .then(work)
      .then(
        (value) => ({ value }),
        (thrown: unknown) => ({ thrown }),
      );
    // Pop all scopes without awaiting in between, so that overlapping calls pop as many as they pushed. A
    // lost device reports nothing.
    const popped = ERROR_FILTERS.map(() => device.popErrorScope().catch(() => null));
    const error = (await Promise.all(popped)).find((found) => found !== null);
    if ("thrown" in settled && (settled.thrown instanceof KernelError || !error)) throw settled.thrown;
    if (error) throw new GpuError(gpuErrorMessage(error, doing));
    return (settled as { readonly value: T }).value;
  }

  /** Reports every error that no `guarded` call caught. @returns a function that stops the reports */
  onUncapturedError(report: (sentence: string) => void): () => void {
    const listener = ({ error }: GPUUncapturedErrorEvent) => report(gpuErrorMessage(error, null));
    this.device.addEventListener("uncapturederror", listener);
    return () => this.device.removeEventListener("uncapturederror", listener);
  }

  /** Frees every buffer and texture, and the device. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const owned of [...this.#buffers]) owned.dispose();
    this.device.destroy();
  }

  #count(owned: GpuBuffer | GpuTexture): void {
    this.#buffers.add(owned);
    this.#liveBytes += owned.bytes;
    this.#largestBytes = Math.max(this.#largestBytes, owned.bytes);
    this.#peakBytes = Math.max(this.#peakBytes, this.#liveBytes);
  }

  #once<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = make();
    cache.set(key, made);
    // Forget failures, so that the build can be retried, e.g. after the device came back.
    made.catch(() => cache.delete(key));
    return made;
  }
}

/** @param doing what was tried, to follow "while"; null if unknown */
function gpuErrorMessage(error: GPUError, doing: string | null): string {
  const when = doing === null ? "" : ` while ${doing}`;
  if (error instanceof GPUOutOfMemoryError) return `The GPU ran out of memory${when}.`;
  const [first = ""] = error.message.trim().split("\n");
  return `The GPU reported an error${when}: ${first.replace(/\.$/, "") || "it gave no reason"}.`;
}
