/**
 * Sets `document.documentElement.dataset.idle` to true while nothing is loading, computing or drawing, and to
 * "shares" while all is shown and only shares of patches are being computed. Tests wait for it.
 */
import { measuring } from "../state/slices/benchmark-slice.ts";
import { useStore } from "../state/store.ts";

export class IdleSignal {
  #drawing = false;
  readonly #unsubscribe: () => void;

  constructor(
    /** Called whenever nothing is left to do but shares of patches. */
    readonly onIdle: () => void,
  ) {
    this.#unsubscribe = useStore.subscribe(() => this.#update());
    this.#update();
  }

  setDrawing(drawing: boolean): void {
    this.#drawing = drawing;
    this.#update();
  }

  dispose(): void {
    this.#unsubscribe();
  }

  #update(): void {
    const state = useStore.getState();
    const { loading, busy, gpu, patchSharesProgress } = state;
    const waiting = gpu.status === "starting" || gpu.status === "recovering";
    const idle = !this.#drawing && !loading && busy === 0 && !measuring(state) && !waiting;
    document.documentElement.dataset.idle = idle && patchSharesProgress !== null ? "shares" : String(idle);
    if (idle) this.onIdle();
  }
}
