/** Keeps side B of a comparison on the GPU while the Compare view is shown; loads its script on first use. */
import { workInBackground } from "../../app/busy.ts";
import { PART_MISSING } from "../../app/offline.ts";
import { useStore } from "../../state/store.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { CompareSync, DrawnSides } from "./compare-sync.ts";

export class LazyCompareSync {
  #shown: ResidentTargets | null = null;
  #sync: CompareSync | null = null;
  #loading = false;
  readonly #unsubscribe: () => void;

  /**
   * @param onSides called when the sides become available to draw; null withdraws a previous one, which is
   * released right afterwards
   */
  constructor(readonly onSides: (sides: DrawnSides) => void) {
    this.#unsubscribe = useStore.subscribe(
      (s) => s.activeView === "compare",
      () => this.#follow(),
    );
  }

  get sides(): DrawnSides | null {
    return this.#sync?.sides ?? null;
  }

  /** Sets the drawn case; null before its GPU data is released. */
  setCase(shown: ResidentTargets | null): void {
    this.#shown = shown;
    if (this.#sync) this.#sync.setCase(shown);
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#shown = null;
    this.#end();
  }

  #end(): void {
    this.#sync?.dispose();
    this.#sync = null;
  }

  #wanted(): boolean {
    return this.#shown !== null && useStore.getState().activeView === "compare";
  }

  #follow(): void {
    if (!this.#wanted()) {
      this.#end();
      return;
    }
    if (this.#sync || this.#loading) return;
    this.#loading = true;
    workInBackground(
      async () => {
        try {
          const { CompareSync } = await import("./compare-sync.ts");
          if (this.#shown && this.#wanted()) this.#sync = new CompareSync(this.#shown, this.onSides);
        } finally {
          this.#loading = false;
        }
      },
      { sentence: () => PART_MISSING },
    );
  }
}
