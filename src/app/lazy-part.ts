/** Parts of the application whose scripts are fetched when they are first wanted. */
import { fetchedOnce, workInBackground } from "./busy.ts";

/** One such part; it is made once. */
export class LaterPart<T> {
  readonly #made: () => Promise<T>;
  #isWanted = false;

  constructor(make: () => Promise<T>) {
    this.#made = fetchedOnce(make);
  }

  /** Has the part do something, once it is here; where its script does not come, that is said. */
  with(act: (part: T) => void): void {
    this.#isWanted = true;
    // One piece of work: between the script and what it does the page is not at rest.
    workInBackground(async () => act(await this.#made()));
  }

  /** As {@link with}, where it was wanted before. */
  ifWanted(act: (part: T) => void): void {
    if (this.#isWanted) this.with(act);
  }
}
