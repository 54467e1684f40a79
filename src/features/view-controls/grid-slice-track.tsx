/** Slice track beside the grid: marks the slice that all tiles show. */
import { useStore } from "../../state/store.ts";
import { SliceTrack } from "./slice-track.tsx";

export function GridTrack() {
  const plane = useStore((s) => s.view.plane);
  return <SliceTrack plane={plane} orientation="vertical" />;
}
