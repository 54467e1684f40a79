/** Draws only when something changed; the only place that submits frames. */
import { type Gpu, GpuMemoryError } from "../gpu/gpu.ts";
import { gpuIdle } from "../gpu/gpu-idle.ts";
import type { FrameCost } from "../state/frame-log.ts";

/** Result of drawing a frame. */
export interface Drawn {
  /** Number of draw calls; 0 if there is nothing to show. */
  readonly draws: number;
  readonly hasImage: boolean;
}

/** A scene that the loop can draw. */
interface Drawable {
  readonly dirty: boolean;
  encode(encoder: GPUCommandEncoder): Drawn;
}

interface FrameListener {
  /** Called when drawing starts (true) and when nothing is left to draw (false). */
  onDrawing(drawing: boolean): void;
  /**
   * Called when the drawable fails. The loop then stops, unless the frame needed more than the GPU allows (a
   * GpuMemoryError): a different scene may still be drawn after the next change.
   */
  onError(error: unknown): void;
  /** Called for every frame that drew something, once the GPU has finished it. */
  onFrame(cost: FrameCost, drawn: Drawn): void;
}

/** Maximum frames in flight; more would only add delay on a slow adapter. */
const MAX_IN_FLIGHT = 2;

export class FrameLoop {
  #requested = 0;
  #inFlight = 0;
  #waiting = false;
  #stopped = false;
  /** Total bytes uploaded when the previous frame was submitted. */
  #uploadedBytes: number;

  constructor(
    readonly gpu: Gpu,
    readonly drawable: Drawable,
    readonly listener: FrameListener,
  ) {
    this.#uploadedBytes = gpu.uploadedBytes;
  }

  /** Requests a frame if the drawable has something new to show. */
  invalidate(): void {
    if (this.#stopped || this.#requested || !this.drawable.dirty) return;
    this.listener.onDrawing(true);
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      this.#waiting = true;
      return;
    }
    this.#requested = requestAnimationFrame(() => this.#draw());
  }

  stop(): void {
    this.#stopped = true;
    cancelAnimationFrame(this.#requested);
    this.listener.onDrawing(false);
  }

  #draw(): void {
    this.#requested = 0;
    if (this.#stopped) return;
    const start = performance.now();
    let drawn: Drawn = { draws: 0, hasImage: false };
    try {
      this.gpu.submit("frame", (encoder) => {
        drawn = this.drawable.encode(encoder);
      });
    } catch (error) {
      if (error instanceof GpuMemoryError) {
        if (this.#inFlight === 0) this.listener.onDrawing(false);
      } else this.stop();
      this.listener.onError(error);
      return;
    }
    this.#inFlight++;
    const cpuMs = performance.now() - start;
    const uploadedBytes = this.gpu.uploadedBytes - this.#uploadedBytes;
    this.#uploadedBytes = this.gpu.uploadedBytes;
    // Not awaited: it only decides when the next frame may follow and when the page is idle.
    gpuIdle(this.gpu)
      .catch(() => undefined)
      .then(() => {
        const doneMs = performance.now() - start;
        this.#done({ cpuMs, doneMs, draws: drawn.draws, uploadedBytes }, drawn);
      })
      .catch(() => undefined);
  }

  #done(cost: FrameCost, drawn: Drawn): void {
    this.#inFlight--;
    if (this.#stopped) return;
    if (drawn.draws > 0) this.listener.onFrame(cost, drawn);
    if (this.#waiting || this.drawable.dirty) {
      this.#waiting = false;
      this.invalidate();
    }
    if (this.#inFlight === 0 && !this.#requested && !this.drawable.dirty) this.listener.onDrawing(false);
  }
}
