/**
 * Manages the page's GPU device: requests it, notices when it is lost and requests another. Without a device,
 * or after giving up on it, the page continues on the CPU (`CpuCounting`).
 */

import { errorMessage } from "../base/errors.ts";
import { GpuUnavailable } from "../gpu/acquire.ts";
import { Gpu } from "../gpu/gpu.ts";
import { gpuAskedAgain, gpuReady, gpuRecovering, gpuUnavailable } from "../state/actions/gpu-actions.ts";
import type { GpuUnavailableReason } from "../state/slices/gpu-slice.ts";
import { useStore } from "../state/store.ts";
import { workInBackground } from "./busy.ts";

/**
 * Losing the device more often than this in a row, each time before it was of use, means that the next would
 * be lost too.
 */
const MAX_LOSSES = 3;
/** A device that lasted this long was of use, whatever the page was doing. */
const CALM_MS = 20_000;

/** The adapter existed before and has disappeared, so the settings are not at fault. */
const SWITCHED_OFF =
  "The browser no longer offers the GPU that this page had before. After crashes of its GPU process, Chrome switches the GPU off until it is restarted. Close every browser window and open the browser again.";

export class GpuSession {
  #gpu: Gpu | null = null;
  /** Losses in a row; resets once the page comes to rest on a device. */
  #losses = 0;
  #readySinceMs = 0;
  /** True once there was a device: if no adapter is offered later, the browser has switched the GPU off. */
  #hadDevice = false;
  #asking = false;
  #disposed = false;

  constructor(
    /** Called with a new device, to build everything on it. */
    readonly onReady: (gpu: Gpu) => void,
    /** Called when the device is gone, to release everything that was on it. */
    readonly onGone: () => void,
  ) {}

  get gpu(): Gpu | null {
    return this.#gpu;
  }

  /** Resolves to the device or to null, as soon as either is certain. */
  settled(): Promise<Gpu | null> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#gpu) resolve(this.#gpu);
        else if (useStore.getState().gpu.status === "unavailable") resolve(null);
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
    if (this.#asking || this.#gpu || this.#disposed) return;
    this.#asking = true;
    workInBackground(() =>
      this.#acquire().catch((error: unknown) => {
        this.#asking = false;
        // Some parts may already be built.
        this.#letGo();
        const [reason, sentence] = this.#whyNone(error);
        gpuUnavailable(reason, sentence);
      }),
    );
  }

  /** Retries on the user's request, forgetting earlier losses. */
  retry(): void {
    this.#losses = 0;
    gpuAskedAgain();
    this.start();
  }

  /**
   * Called when the page has drawn and counted everything: such a device was of use, and losing it later does
   * not count as another loss in a row.
   */
  cameToRest(): void {
    if (this.#gpu) this.#losses = 0;
  }

  dispose(): void {
    this.#disposed = true;
    this.#letGo();
  }

  async #acquire(): Promise<void> {
    const gpu = await Gpu.acquire();
    this.#asking = false;
    if (this.#disposed) {
      gpu.dispose();
      return;
    }
    this.#gpu = gpu;
    this.#hadDevice = true;
    this.#readySinceMs = performance.now();
    gpu.lost.then((info) => this.#lost(gpu, info)).catch(() => undefined);
    gpuReady(gpu.adapter);
    this.onReady(gpu);
  }

  #lost(gpu: Gpu, info: GPUDeviceLostInfo): void {
    if (this.#gpu !== gpu || this.#disposed) return;
    const calm = performance.now() - this.#readySinceMs > CALM_MS;
    this.#losses = calm ? 1 : this.#losses + 1;
    this.#letGo();
    if (this.#losses > MAX_LOSSES) {
      gpuUnavailable(
        "no-device",
        `The GPU device was lost ${this.#losses} times in a row (${(info.message || info.reason).replace(/\.$/, "")}). Close other pages that use the GPU, then try again.`,
      );
      return;
    }
    gpuRecovering();
    this.start();
  }

  #whyNone(error: unknown): readonly [GpuUnavailableReason, string] {
    if (!(error instanceof GpuUnavailable)) return ["no-device", errorMessage(error)];
    if (error.reason === "no-adapter" && this.#hadDevice) return ["switched-off", SWITCHED_OFF];
    return [error.reason, error.message];
  }

  #letGo(): void {
    const gpu = this.#gpu;
    this.#gpu = null;
    if (!gpu) return;
    this.onGone();
    gpu.dispose();
  }
}
