/**
 * Simulates fingers through the browser's own input, which recognises taps and pinches as it would from a
 * hand.
 */
import type { CDPSession, Page } from "@playwright/test";
import { idle } from "./app.ts";
import type { Spot } from "./spots.ts";

const STEPS = 6;
/** Time between two touch events, in s of the events' own clock. */
const STEP_S = 0.02;
const NEXT_TOUCH_S = 1;

export class Touch {
  readonly #page: Page;
  readonly #session: CDPSession;
  #seconds = Date.now() / 1000;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** The context must have touch. */
  static async of(page: Page): Promise<Touch> {
    return new Touch(page, await page.context().newCDPSession(page));
  }

  async tap(at: Spot): Promise<void> {
    await this.#press(at);
    await this.#done();
  }

  async doubleTap(at: Spot): Promise<void> {
    await this.#press(at);
    await this.#press(at);
    await this.#done();
  }

  /** Puts fingers down together, moves them along straight lines, and lifts them. */
  async drag(...fingers: readonly { readonly from: Spot; readonly to: Spot }[]): Promise<void> {
    await this.#send(
      "touchStart",
      fingers.map(({ from }) => from),
    );
    for (let step = 1; step <= STEPS; step++) {
      const part = step / STEPS;
      await this.#send(
        "touchMove",
        fingers.map(({ from, to }) => ({
          x: from.x + (to.x - from.x) * part,
          y: from.y + (to.y - from.y) * part,
        })),
      );
    }
    await this.#send("touchEnd", []);
    await this.#done();
  }

  /** Moves two fingers on either side of a point from `fromPx` apart to `toPx` apart. */
  pinch(about: Spot, fromPx: number, toPx: number): Promise<void> {
    const side = (sign: 1 | -1) => ({
      from: { x: about.x + (sign * fromPx) / 2, y: about.y },
      to: { x: about.x + (sign * toPx) / 2, y: about.y },
    });
    return this.drag(side(-1), side(1));
  }

  /** Puts two fingers down and lifts the second before the first moves on. */
  async liftOneOfTwo(first: Spot, second: Spot, to: Spot): Promise<void> {
    await this.#send("touchStart", [first]);
    await this.#send("touchStart", [first, second]);
    await this.#send("touchEnd", [first]);
    for (const part of [0.5, 1])
      await this.#send("touchMove", [
        { x: first.x + (to.x - first.x) * part, y: first.y + (to.y - first.y) * part },
      ]);
    await this.#send("touchEnd", []);
    await this.#done();
  }

  async #press(at: Spot): Promise<void> {
    await this.#send("touchStart", [at]);
    await this.#send("touchEnd", []);
  }

  async #send(type: "touchStart" | "touchMove" | "touchEnd", fingers: readonly Spot[]): Promise<void> {
    this.#seconds += STEP_S;
    const touchPoints = fingers.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id }));
    await this.#session.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp: this.#seconds });
  }

  async #done(): Promise<void> {
    // Leaves a gap, so that the next tap does not count as a double tap.
    this.#seconds += NEXT_TOUCH_S;
    await idle(this.#page);
  }
}
