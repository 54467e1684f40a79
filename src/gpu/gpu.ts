/**
 * One device and everything allocated on it. The only place that creates buffers and submits work, so that
 * live bytes are known and every submission has one owner.
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

/** A buffer was asked for that the device cannot give. */
export class GpuMemoryError extends Error {
  override readonly name = "GpuMemoryError";
}

/** The GPU refused or failed at something it was asked for; the message is one sentence that names it. */
export class GpuError extends Error {
  override readonly name = "GpuError";
}

/** What is watched for; the innermost scope comes last. */
const ERROR_FILTERS = ["validation", "out-of-memory", "internal"] as const;

/** Formats of textures that are counted. */
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
    /** The largest storage buffer that one binding may cover, in bytes. No storage buffer is larger. */
    readonly maxBindingBytes: number,
    /** Bytes of one slab of a volume, at most: as much as one binding may cover. */
    readonly maxSlabBytes: number,
  ) {
    this.lost = device.lost;
  }

  /**
   * @param most what tests cut small volumes into many slabs with, even where the device allows more
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

  /** Of the largest buffer or texture that there ever was. */
  get largestBytes(): number {
    return this.#largestBytes;
  }

  /** All bytes ever written to buffers: what an edit costs in uploads can be asserted. */
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
   * A counted buffer of at least `bytes`, zero-filled.
   * @throws GpuMemoryError when the size is over the device's limit; storage buffers are bound whole, so
   * their limit is that of a binding: WebGPU itself would go on with a binding that is invalid, and every
   * kernel would read and write nothing
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

  /** A counted 2D texture of 16-byte texels, as targets are drawn into. Sizes in texels. */
  texels(label: string, width: number, height: number): GpuTexture {
    const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
    return this.texture(label, [width, height], "rgba32uint", usage);
  }

  /**
   * A counted 2D texture; size in texels.
   * @throws GpuMemoryError when a side is over the device's limit.
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

  /** A counted buffer holding `data`; COPY_DST is added. Odd byte lengths are padded with zeros. */
  upload(label: string, data: ArrayBufferView | ArrayBuffer, usage: GPUBufferUsageFlags): GpuBuffer {
    const owned = this.buffer(label, data.byteLength, usage | GPUBufferUsage.COPY_DST);
    this.write(owned, data);
    return owned;
  }

  /** Queues a write of `data` at `offset` bytes. */
  write(target: Pick<GpuBuffer, "buffer">, data: ArrayBufferView | ArrayBuffer, offset = 0): void {
    const view =
      data instanceof ArrayBuffer
        ? new Uint8Array(data)
        : new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    this.#uploadedBytes += view.byteLength;
    const whole = view.byteLength - (view.byteLength % 4);
    if (whole > 0) this.device.queue.writeBuffer(target.buffer, offset, view, 0, whole);
    if (whole < view.byteLength) {
      const tail = new Uint8Array(4);
      tail.set(view.subarray(whole));
      this.device.queue.writeBuffer(target.buffer, offset + whole, tail);
    }
  }

  /** A counted uniform buffer for the struct `variable` of a kernel. */
  uniforms(kernel: Kernel, variable: string, values: StructValues): GpuBuffer {
    return this.upload(
      `${kernel.label} ${variable}`,
      uniformBytes(kernel, variable, values),
      GPUBufferUsage.UNIFORM,
    );
  }

  /**
   * The pipeline of a kernel, built once. @throws KernelError quoting the WGSL line that does not compile.
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

  /** A render pipeline, built once per key. */
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

  /**
   * Records commands now, to be submitted once and later: where recording must not be part of what is timed.
   */
  record(label: string, encode: (encoder: GPUCommandEncoder) => void): () => void {
    const encoder = this.device.createCommandEncoder({ label });
    encode(encoder);
    const commands = encoder.finish();
    return () => this.device.queue.submit([commands]);
  }

  /** Submits nothing: a browser that looks for finished work only now and then looks for it now. */
  nudge(): void {
    this.device.queue.submit([]);
  }

  /**
   * Runs `work` and waits until the GPU has said whether anything in it failed: an invalid buffer is made,
   * bound and submitted without a word, and what it should have held is then read as zeros or as what was
   * there before.
   *
   * Where two of these overlap on one device, an error may be reported to the other one, but to one of them
   * it is.
   *
   * @param doing what was tried, after "while": "opening label-first"
   * @throws GpuError when a call of the work was invalid or the GPU had no memory for it
   */
  async guarded<T>(doing: string, work: () => T | Promise<T>): Promise<T> {
    const { device } = this;
    for (const filter of ERROR_FILTERS) device.pushErrorScope(filter);
    const outcome = await Promise.resolve()
      .then(work)
      .then(
        (value) => ({ value }),
        (thrown: unknown) => ({ thrown }),
      );
    // Popped without a wait in between, so that overlapping calls pop as many as they pushed. A lost device
    // has no more to say.
    const popped = ERROR_FILTERS.map(() => device.popErrorScope().catch(() => null));
    const error = (await Promise.all(popped)).find((found) => found !== null);
    if ("thrown" in outcome && (outcome.thrown instanceof KernelError || !error)) throw outcome.thrown;
    if (error) throw new GpuError(sentenceOf(error, doing));
    return (outcome as { readonly value: T }).value;
  }

  /** Tells of every error that no `guarded` call caught. @returns a function that ends it */
  onUncapturedError(tell: (sentence: string) => void): () => void {
    const listener = ({ error }: GPUUncapturedErrorEvent) => tell(sentenceOf(error, null));
    this.device.addEventListener("uncapturederror", listener);
    return () => this.device.removeEventListener("uncapturederror", listener);
  }

  /** Frees every buffer and the device. */
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
    // A failed build may be asked for again, e.g. after the device came back.
    made.catch(() => cache.delete(key));
    return made;
  }
}

/** @param doing what was tried, after "while"; null where that is not known */
function sentenceOf(error: GPUError, doing: string | null): string {
  const when = doing === null ? "" : ` while ${doing}`;
  if (error instanceof GPUOutOfMemoryError) return `The GPU ran out of memory${when}.`;
  const [first = ""] = error.message.trim().split("\n");
  return `The GPU reported an error${when}: ${first.replace(/\.$/, "") || "it gave no reason"}.`;
}
