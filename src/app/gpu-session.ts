/** The page's GPU device: asks for it, notices when it is lost and asks for another. */
import { GpuUnavailable } from "../gpu/acquire.ts";
import { Gpu } from "../gpu/gpu.ts";
import { useStore } from "../state/store.ts";

/** Losing the device more often than this in a row means that it will not stay. */
const MAX_LOSSES = 3;
const CALM_MS = 20_000;

export class GpuSession {
  #gpu: Gpu | null = null;
  #losses = 0;
  #lastLoss = 0;
  #disposed = false;

  constructor(
    /** A device is there: build everything on it. */
    readonly onReady: (gpu: Gpu) => void,
    /** The device is gone: let go of everything that was on it. */
    readonly onGone: () => void,
  ) {}

  get gpu(): Gpu | null {
    return this.#gpu;
  }

  /** The device, once it is there. @throws Error with the reason when there will be none. */
  ready(): Promise<Gpu> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const { gpu } = useStore.getState();
        if (this.#gpu) resolve(this.#gpu);
        else if (gpu.status === "unavailable") reject(new Error(gpu.sentence));
        else return false;
        return true;
      };
      if (look()) return;
      const unsubscribe = useStore.subscribe(() => {
        if (look()) unsubscribe();
      });
    });
  }

  start(): void {
    const store = useStore.getState();
    store.workStarted();
    this.#acquire()
      .catch((error: unknown) => {
        if (error instanceof GpuUnavailable) store.gpuUnavailable(error.reason, error.message);
        else store.gpuUnavailable("no-device", error instanceof Error ? error.message : String(error));
      })
      .finally(() => store.workEnded())
      .catch(() => undefined);
  }

  dispose(): void {
    this.#disposed = true;
    this.#letGo();
  }

  async #acquire(): Promise<void> {
    const gpu = await Gpu.acquire();
    if (this.#disposed) {
      gpu.dispose();
      return;
    }
    this.#gpu = gpu;
    gpu.lost.then((info) => this.#lost(gpu, info)).catch(() => undefined);
    useStore.getState().gpuReady(gpu.adapter);
    this.onReady(gpu);
  }

  #lost(gpu: Gpu, info: GPUDeviceLostInfo): void {
    if (this.#gpu !== gpu || this.#disposed) return;
    const now = performance.now();
    this.#losses = now - this.#lastLoss > CALM_MS ? 1 : this.#losses + 1;
    this.#lastLoss = now;
    this.#letGo();
    if (this.#losses > MAX_LOSSES) {
      useStore
        .getState()
        .gpuUnavailable(
          "no-device",
          `The GPU device was lost ${this.#losses} times in a row (${(info.message || info.reason).replace(/\.$/, "")}). Close other pages that use the GPU, then try again.`,
        );
      return;
    }
    useStore.getState().gpuRecovering();
    this.start();
  }

  #letGo(): void {
    const gpu = this.#gpu;
    this.#gpu = null;
    if (!gpu) return;
    this.onGone();
    gpu.dispose();
  }
}
