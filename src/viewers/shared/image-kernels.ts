import pack from "../../../shaders/view/pack-image.wgsl?kernel";
import resample from "../../../shaders/view/resample-image.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

export const packImageKernel: Kernel = { label: "view/pack-image.wgsl", ...pack };
export const resampleImageKernel: Kernel = { label: "view/resample-image.wgsl", ...resample };
