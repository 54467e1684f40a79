/** Action that stores which slices hold which labels. */
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../store.ts";

export function sliceOccupancyArrived(source: Source, slices: RegionSlices): void {
  useStore.setState({ sliceOccupancy: { source, slices } });
}
