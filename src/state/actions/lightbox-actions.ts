import type { LightboxSlice } from "../slices/lightbox-slice.ts";
import { useStore } from "../store.ts";

export function setLightbox(change: Partial<Pick<LightboxSlice, "lightboxTiles" | "lightboxShows">>): void {
  useStore.setState(change);
}
