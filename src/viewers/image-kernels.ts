import halfLib from "../../shaders/lib/half.wgsl?raw";
import packCode from "../../shaders/view/pack-image.wgsl?raw";
import resampleCode from "../../shaders/view/resample-image.wgsl?raw";
import type { Kernel } from "../gpu/kernel.ts";

export const packImageKernel: Kernel = { label: "view/pack-image.wgsl", code: halfLib + packCode };
export const resampleImageKernel: Kernel = {
  label: "view/resample-image.wgsl",
  code: halfLib + resampleCode,
};
