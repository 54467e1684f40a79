import { useStore } from "../../state/store.ts";
import { SliceStrip } from "./slice-track.tsx";

/** Where the slice that all tiles show lies. */
export function GridStrip() {
  const plane = useStore((s) => s.view.plane);
  return <SliceStrip plane={plane} orientation="vertical" />;
}
