/** What a click on a picture changes, to bring it back after a double click. */
import type { AppState } from "../app-state.ts";
import { useStore } from "../store.ts";

export type PicturePlace = Pick<AppState, "selectedRegion" | "selectedMore" | "rangeFrom" | "highlighted"> & {
  readonly voxel: AppState["view"]["voxel"];
};

export function placeNow(): PicturePlace {
  const { selectedRegion, selectedMore, rangeFrom, highlighted, view } = useStore.getState();
  return { selectedRegion, selectedMore, rangeFrom, highlighted, voxel: view.voxel };
}
