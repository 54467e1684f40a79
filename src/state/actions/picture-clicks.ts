/** Clicks on pictures: which region they select, and how a double click takes its first click back. */
import type { Triple } from "../../domain/geometry/grid.ts";
import { useStore } from "../store.ts";
import { type PicturePlace, placeNow } from "./picture-place.ts";
import { selectRegion } from "./view-actions.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Click extends Point {
  readonly pile: readonly string[];
  readonly name: string;
  /** The crosshair after it. */
  readonly voxel: Triple;
}

/** Farther apart, two clicks are at different places; in CSS px. */
const SAME_PLACE_PX = 4;

/** Follows the presses on one canvas. */
export class PictureClicks {
  /** Before the last press, and before the one before it. */
  #places: readonly (PicturePlace | null)[] = [null, null];
  #last: Click | null = null;

  /** @param place before the press has changed anything */
  press(place: PicturePlace = placeNow()): void {
    this.#places = [place, this.#places[0] ?? null];
  }

  /**
   * Selects the topmost region under a click or, if the last click was at the same place and nothing has
   * changed since, the one below the region that it selected.
   * @param pile names of the regions, the topmost first
   */
  select(at: Point, pile: readonly string[]): string | null {
    const below = this.#isAgain(at, pile) ? pile.indexOf(this.#last?.name ?? "") + 1 : 0;
    const name = pile[below % pile.length] ?? null;
    if (name !== null) selectRegion(name);
    this.#last = name === null ? null : { ...at, pile, name, voxel: useStore.getState().view.voxel };
    return name;
  }

  /** Brings crosshair and selection back to where they were before the first press of a double click. */
  takeBack(): void {
    const [, place] = this.#places;
    if (!place) return;
    const { voxel, ...selection } = place;
    useStore.setState(({ view }) => ({ ...selection, view: { ...view, voxel }, hover: null }));
  }

  #isAgain(at: Point, pile: readonly string[]): boolean {
    const [last, before] = [this.#last, this.#places[0]];
    return (
      last !== null &&
      before?.selectedRegion === last.name &&
      before.voxel.every((n, axis) => n === last.voxel[axis]) &&
      Math.hypot(at.x - last.x, at.y - last.y) <= SAME_PLACE_PX &&
      pile.join("\n") === last.pile.join("\n")
    );
  }
}
