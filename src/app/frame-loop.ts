/** Draws when something changed and at no other time; the one place where frames are submitted. */
import type { Gpu } from "../gpu/gpu.ts";
import { settled } from "../gpu/settled.ts";

/** What can be drawn. */
export interface Drawable {
  readonly dirty: boolean;
  encode(encoder: GPUCommandEncoder): void;
}

/** Frames on their way to the screen at once: more would only add delay on a slow adapter. */
const MAX_IN_FLIGHT = 2;

export class FrameLoop {
  #requested = 0;
  #inFlight = 0;
  #waiting = false;
  #stopped = false;

  constructor(
    readonly gpu: Gpu,
    readonly drawable: Drawable,
    /** Told when drawing starts (true) and when nothing is left to draw (false). */
    readonly onDrawing: (drawing: boolean) => void,
    /** Told when the drawable fails; nothing is drawn after that. */
    readonly onError: (error: unknown) => void,
  ) {}

  /** Asks for a frame if the drawable has something new to show. */
  invalidate(): void {
    if (this.#stopped || this.#requested || !this.drawable.dirty) return;
    this.onDrawing(true);
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      this.#waiting = true;
      return;
    }
    this.#requested = requestAnimationFrame(() => this.#draw());
  }

  stop(): void {
    this.#stopped = true;
    cancelAnimationFrame(this.#requested);
    this.onDrawing(false);
  }

  #draw(): void {
    this.#requested = 0;
    if (this.#stopped) return;
    try {
      this.gpu.submit("frame", (encoder) => this.drawable.encode(encoder));
    } catch (error) {
      this.stop();
      this.onError(error);
      return;
    }
    this.#inFlight++;
    // Not awaited: it only tells when the next frame may follow and when the page is idle.
    settled(this.gpu)
      .catch(() => undefined)
      .then(() => this.#done())
      .catch(() => undefined);
  }

  #done(): void {
    this.#inFlight--;
    if (this.#stopped) return;
    if (this.#waiting || this.drawable.dirty) {
      this.#waiting = false;
      this.invalidate();
    }
    if (this.#inFlight === 0 && !this.#requested && !this.drawable.dirty) this.onDrawing(false);
  }
}
