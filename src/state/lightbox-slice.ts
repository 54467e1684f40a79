/** What the Lightbox remembers. */
import type { StateCreator } from "zustand";
import type { AppState } from "./app-state.ts";

export interface LightboxSlice {
  /** Tiles at most. */
  readonly lightboxTiles: number;
  /** The selected region alone, or all that are shown. */
  readonly lightboxShows: "selected" | "all";
  setLightbox(change: Partial<Pick<LightboxSlice, "lightboxTiles" | "lightboxShows">>): void;
}

export const createLightboxSlice: StateCreator<AppState, [], [], LightboxSlice> = (set) => ({
  lightboxTiles: 24,
  lightboxShows: "selected",
  setLightbox: (change) => set(change),
});
