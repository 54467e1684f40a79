/** What the Lightbox remembers. */
import type { StateCreator } from "zustand";
import { USUAL_LIGHTBOX } from "../../domain/view/saved-view.ts";
import type { AppState } from "../app-state.ts";

export interface LightboxSlice {
  /** Tiles at most. */
  readonly lightboxTiles: number;
  /** The selected region alone, or all that are shown. */
  readonly lightboxShows: "selected" | "all";
  setLightbox(change: Partial<Pick<LightboxSlice, "lightboxTiles" | "lightboxShows">>): void;
}

export const createLightboxSlice: StateCreator<AppState, [], [], LightboxSlice> = (set) => ({
  lightboxTiles: USUAL_LIGHTBOX.tiles,
  lightboxShows: USUAL_LIGHTBOX.shows,
  setLightbox: (change) => set(change),
});
