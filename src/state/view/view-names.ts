/** What parts of a view are called, wherever they are named. */
import type { Plane } from "../../domain/geometry/grid.ts";
import type { Trainer } from "../../domain/targets/deep-supervision.ts";

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
