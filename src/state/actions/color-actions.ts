import type { ColorSlice } from "../slices/color-slice.ts";
import { useStore } from "../store.ts";

export function setColors(change: Partial<Pick<ColorSlice, "colorBy" | "fileColors">>): void {
  useStore.setState(change);
}
