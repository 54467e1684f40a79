/** What parts of a view are called, wherever they are named. */
import type { Trainer } from "../domain/deep-supervision.ts";
import type { Plane } from "../domain/grid.ts";

export const PLANE_NAMES: Readonly<Record<Plane, string>> = {
  axial: "Axial",
  coronal: "Coronal",
  sagittal: "Sagittal",
};

export const TRAINER_NAMES: Readonly<Record<Trainer, string>> = {
  default: "default",
  "no-deep-supervision": "no deep supervision",
  ddp: "DDP, without torch.compile",
};

export function scaleName(scale: number): string {
  return scale === 0 ? "full size" : `scale ${scale}`;
}
