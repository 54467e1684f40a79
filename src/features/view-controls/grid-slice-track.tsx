/** Slice track beside the grid: marks the slice that all tiles show. */
import { useStore } from "../../state/store.ts";
import { SliceStrip } from "./slice-track.tsx";

export function GridStrip() {
  const plane = useStore((s) => s.view.plane);
  return <SliceStrip plane={plane} orientation="vertical" />;
}
