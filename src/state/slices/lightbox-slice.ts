/** What the Lightbox remembers. */
import { USUAL_LIGHTBOX } from "../../domain/view/saved-view.ts";

export interface LightboxSlice {
  /** Tiles at most. */
  readonly lightboxTiles: number;
  /** The selected region alone, or all that are shown. */
  readonly lightboxShows: "selected" | "all";
}

export const DEFAULTS: LightboxSlice = {
  lightboxTiles: USUAL_LIGHTBOX.tiles,
  lightboxShows: USUAL_LIGHTBOX.shows,
};
