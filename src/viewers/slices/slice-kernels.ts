/** The kernels of slice panes. */
import composite from "../../../shaders/slices/composite-layers.wgsl?kernel";
import panes from "../../../shaders/slices/slices.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

export const slicesKernel: Kernel = { label: "slices/slices.wgsl", ...panes };
export const compositeKernel: Kernel = { label: "slices/composite-layers.wgsl", ...composite };
