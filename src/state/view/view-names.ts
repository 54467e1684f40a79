/** Names of planes, trainers, scales and pooling rules, used wherever the page names them. */
import type { Plane } from "../../domain/geometry/grid.ts";
import type { Trainer } from "../../domain/targets/deep-supervision.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";

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

/** The one name of a scale; scale 0 is full size. */
export function scaleName(scale: number): string {
  return `scale ${scale}`;
}

export const POOLING_NAMES: Readonly<Record<PoolingRule, string>> = {
  any: "any voxel",
  all: "all voxels",
  majority: "majority",
};

export const SAMPLING_SENTENCE =
  "What the loss gets: each coarse voxel takes the value of one voxel of scale 0.";
