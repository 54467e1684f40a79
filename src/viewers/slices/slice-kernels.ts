import panes from "../../../shaders/view/panes.wgsl?kernel";
import tint from "../../../shaders/view/tint-slices.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

export const panesKernel: Kernel = { label: "view/panes.wgsl", ...panes };
export const tintKernel: Kernel = { label: "view/tint-slices.wgsl", ...tint };
