/**
 * How coarse a picture is drawn while it is dragged, from how long pictures took before. Pure but for what it
 * remembers.
 */

/**
 * What a picture may take while it is dragged; the rest of a tenth of a second is for the planes beside it.
 */
const BUDGET_MS = 65;
/** Pixels of the pane across one that is drawn. */
const MOST = 4;
/** Weight of the newest measurement. */
const NEWEST = 0.5;

export class SolidQuality {
  /** Null before anything was measured. */
  #msPerPixel: number | null = null;

  /** @param first until a picture has been measured: 1 draws all pixels */
  constructor(readonly first: number) {}

  /** Takes what a picture of so many pixels took. */
  measured(pixels: number, ms: number): void {
    if (!(pixels > 0) || !Number.isFinite(ms)) return;
    const each = ms / pixels;
    this.#msPerPixel = this.#msPerPixel === null ? each : this.#msPerPixel * (1 - NEWEST) + each * NEWEST;
  }

  /**
   * Pixels of the pane across one that is drawn, 1 to 4, so that a picture of a pane of so many pixels stays
   * in the budget.
   */
  divisor(pixels: number): number {
    if (this.#msPerPixel === null) return this.first;
    const whole = this.#msPerPixel * pixels;
    return Math.min(MOST, Math.max(1, Math.ceil(Math.sqrt(whole / BUDGET_MS))));
  }
}
