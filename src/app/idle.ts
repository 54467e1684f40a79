/** `document.documentElement.dataset.idle`: true when nothing is loading, computing or drawing. Tests wait on it. */
import { useStore } from "../state/store.ts";

export class IdleSignal {
  #drawing = false;
  readonly #unsubscribe: () => void;

  constructor() {
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
    const { loading, busy, comparisonRun, sweepRun, suiteRun, gpu } = useStore.getState();
    const waiting = gpu.status === "starting" || gpu.status === "recovering";
    const measuring = comparisonRun ?? sweepRun ?? suiteRun;
    const idle = !this.#drawing && !loading && busy === 0 && !measuring && !waiting;
    document.documentElement.dataset.idle = String(idle);
  }
}
