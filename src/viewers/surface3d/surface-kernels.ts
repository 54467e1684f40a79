/** The kernels of the 3D view, each one WGSL file below `shaders/view/`. */
import bricks from "../../../shaders/view/solid-bricks.wgsl?kernel";
import distance from "../../../shaders/view/solid-distance.wgsl?kernel";
import draw from "../../../shaders/view/solid-draw.wgsl?kernel";
import march from "../../../shaders/view/solid-march.wgsl?kernel";
import occupancy from "../../../shaders/view/solid-occupancy.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

const distanceAlong = (axis: number): Kernel => ({
  label: "view/solid-distance.wgsl",
  ...distance,
  constants: { axis },
});

export const solidKernels = {
  occupancy: { label: "view/solid-occupancy.wgsl", ...occupancy },
  bricks: { label: "view/solid-bricks.wgsl", ...bricks },
  distances: [distanceAlong(0), distanceAlong(1), distanceAlong(2)],
  march: { label: "view/solid-march.wgsl", ...march },
  draw: { label: "view/solid-draw.wgsl", ...draw },
} as const;
