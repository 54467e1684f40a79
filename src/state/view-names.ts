/** What parts of a view are called, wherever they are named. */
import type { Plane } from "../domain/grid.ts";

export const PLANE_NAMES: Readonly<Record<Plane, string>> = {
  axial: "Axial",
  coronal: "Coronal",
  sagittal: "Sagittal",
};

export function scaleName(scale: number): string {
  return scale === 0 ? "full size" : `scale ${scale}`;
}
