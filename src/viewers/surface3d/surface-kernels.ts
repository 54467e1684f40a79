/** The kernels of the 3D view, each a WGSL file below `shaders/surface3d/`. */
import draw from "../../../shaders/surface3d/blit.wgsl?kernel";
import distance from "../../../shaders/surface3d/brick-distance.wgsl?kernel";
import bricks from "../../../shaders/surface3d/brick-occupancy.wgsl?kernel";
import occupancy from "../../../shaders/surface3d/occupancy.wgsl?kernel";
import march from "../../../shaders/surface3d/raymarch.wgsl?kernel";
import marchTransparent from "../../../shaders/surface3d/raymarch-transparent.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

const distanceAlong = (axis: number): Kernel => ({
  label: "surface3d/brick-distance.wgsl",
  ...distance,
  constants: { axis },
});

export const surfaceKernels = {
  occupancy: { label: "surface3d/occupancy.wgsl", ...occupancy },
  bricks: { label: "surface3d/brick-occupancy.wgsl", ...bricks },
  distances: [distanceAlong(0), distanceAlong(1), distanceAlong(2)],
  march: { label: "surface3d/raymarch.wgsl", ...march },
  marchTransparent: { label: "surface3d/raymarch-transparent.wgsl", ...marchTransparent },
  draw: { label: "surface3d/blit.wgsl", ...draw },
} as const;
