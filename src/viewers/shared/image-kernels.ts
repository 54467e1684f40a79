/** The kernels that store and resample images. */
import pack from "../../../shaders/image/pack-image.wgsl?kernel";
import resample from "../../../shaders/image/resample-image.wgsl?kernel";
import type { Kernel } from "../../gpu/kernel.ts";

export const packImageKernel: Kernel = { label: "image/pack-image.wgsl", ...pack };
export const resampleImageKernel: Kernel = { label: "image/resample-image.wgsl", ...resample };
