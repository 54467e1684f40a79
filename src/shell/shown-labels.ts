/** Summarises the label volume that the page shows, so that tests can compare every voxel of it. */
import type { Triple } from "../domain/geometry/grid.ts";
import { useStore } from "../state/store.ts";

export interface ShownLabels {
  readonly shape: Triple;
  /** Of the label values as little-endian int16 in C order over the shape. */
  readonly sha256: string;
}

/** Null without a label volume. */
export async function shownLabels(): Promise<ShownLabels | null> {
  const { openCase } = useStore.getState();
  if (openCase?.source.kind !== "labels") return null;
  const { grid, palette, indices } = openCase.source.volume;
  const values = Int16Array.from(indices, (entry) => palette[entry] ?? 0);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", values));
  return {
    shape: grid.shape,
    sha256: [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}
