/**
 * Chooses the resolution of a picture that is being dragged, from the times of earlier pictures. Pure apart
 * from its memory.
 */

/**
 * Time limit for a picture that is being dragged; the rest of a tenth of a second is for the planes beside
 * it.
 */
const BUDGET_MS = 65;
/** Maximum side length, in pixels of the pane, of one drawn pixel. */
const MAX = 4;
/** Weight of the newest measurement. */
const NEWEST = 0.5;

export class AdaptiveResolution {
  /** Null before the first measurement. */
  #msPerPixel: number | null = null;

  /** @param first divisor until a picture has been measured: 1 draws all pixels */
  constructor(readonly first: number) {}

  /** Records the time of a picture with this number of pixels. */
  measured(pixels: number, ms: number): void {
    if (!(pixels > 0) || !Number.isFinite(ms)) return;
    const each = ms / pixels;
    this.#msPerPixel = this.#msPerPixel === null ? each : this.#msPerPixel * (1 - NEWEST) + each * NEWEST;
  }

  /**
   * Returns the side length, 1 to 4 pixels of the pane, of one drawn pixel that keeps a pane of this many
   * pixels within the time limit.
   */
  divisor(pixels: number): number {
    if (this.#msPerPixel === null) return this.first;
    const whole = this.#msPerPixel * pixels;
    return Math.min(MAX, Math.max(1, Math.ceil(Math.sqrt(whole / BUDGET_MS))));
  }
}
