/** Keeps in which slices the labels are. */
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../store.ts";

export function slicePresenceArrived(source: Source, slices: RegionSlices): void {
  useStore.setState({ slicePresence: { source, slices } });
}
