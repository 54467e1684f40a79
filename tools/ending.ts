/** Ends what waits for something else: when a browser is lost, or at a signal. */

/**
 * An end that calls may meet before their result. `Promise.race` with a promise that lives long would do the
 * same, but that promise would keep every result until it settles.
 */
export class Ending {
  #reason: { readonly error: unknown } | null = null;
  readonly #waiting = new Set<(error: unknown) => void>();

  /** Null until the end. */
  get reason(): { readonly error: unknown } | null {
    return this.#reason;
  }

  /**
   * Rejects, with this error, all calls that have no result yet, and all later ones. Only the first end
   * counts.
   */
  end(error: unknown): void {
    if (this.#reason) return;
    this.#reason = { error };
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  /** Returns the call's result, or rejects at the end. The call itself goes on, but its result is dropped. */
  orEnd<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#reason) reject(this.#reason.error);
      else this.#waiting.add(reject);
      // After a rejection, either does nothing.
      const settled = () => this.#waiting.delete(reject);
      call.then(resolve, reject).finally(settled);
    });
  }
}
