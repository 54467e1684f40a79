/** Parts of the application whose scripts load on first use. */
import { fetchedOnce, workInBackground } from "./busy.ts";

/** One such part; it is created once. */
export class LazyPart<T> {
  readonly #made: () => Promise<T>;
  #isWanted = false;

  constructor(make: () => Promise<T>) {
    this.#made = fetchedOnce(make);
  }

  /** Loads the part, then acts on it; reports a script that fails to load. */
  with(act: (part: T) => void): void {
    this.#isWanted = true;
    // One piece of work, so that the page is not idle between loading the script and acting.
    workInBackground(async () => act(await this.#made()));
  }

  /** Same as {@link with}, but only if the part was used before. */
  ifWanted(act: (part: T) => void): void {
    if (this.#isWanted) this.with(act);
  }
}
