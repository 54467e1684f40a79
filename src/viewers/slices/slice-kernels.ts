/** The kernels of slice panes. */
import tint from "../../../shaders/slices/composite-layers.wgsl?kernel";
import panes from "../../../shaders/slices/slices.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

export const panesKernel: Kernel = { label: "slices/slices.wgsl", ...panes };
export const tintKernel: Kernel = { label: "slices/composite-layers.wgsl", ...tint };
