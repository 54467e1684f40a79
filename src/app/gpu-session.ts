/**
 * The page's GPU device: asks for it, notices when it is lost and asks for another. Where there is none, or
 * none any more, the page goes on without (`CpuCounting`).
 */

import { errorMessage } from "../base/errors.ts";
import { GpuUnavailable } from "../gpu/acquire.ts";
import { Gpu } from "../gpu/gpu.ts";
import { gpuAskedAgain, gpuReady, gpuRecovering, gpuUnavailable } from "../state/actions/gpu-actions.ts";
import type { GpuUnavailableReason } from "../state/slices/gpu-slice.ts";
import { useStore } from "../state/store.ts";
import { workInBackground } from "./busy.ts";

/**
 * Losing the device more often than this in a row, each time before it was of use, means that it will not
 * stay.
 */
const MAX_LOSSES = 3;
/** A device that was there for so long was of use, whatever the page was doing. */
const CALM_MS = 20_000;

/** There was an adapter, and now there is none: nothing in the settings is wrong. */
const SWITCHED_OFF =
  "This page had a GPU before, and now the browser offers none: after crashes of its GPU process Chrome switches the GPU off until it is restarted. Close every window of the browser and open it again.";

export class GpuSession {
  #gpu: Gpu | null = null;
  /** In a row: a device that the page came to rest on ends it. */
  #losses = 0;
  #readySinceMs = 0;
  /**
   * Whether there ever was a device: where there is no adapter later, the browser has switched the GPU off.
   */
  #hadDevice = false;
  #asking = false;
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

  /** The device, or null where there is none, as soon as the one or the other is known. */
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
        // Half of it may be built.
        this.#letGo();
        const [reason, sentence] = this.#whyNone(error);
        gpuUnavailable(reason, sentence);
      }),
    );
  }

  /** The user asks again: what was lost before counts no longer. */
  retry(): void {
    this.#losses = 0;
    gpuAskedAgain();
    this.start();
  }

  /**
   * The page has drawn and counted all there was to do: a device that did that is of use, and losing it is no
   * failure in a row.
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
