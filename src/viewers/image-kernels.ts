import halfLib from "../../shaders/lib/half.wgsl?raw";
import packCode from "../../shaders/view/pack-image.wgsl?raw";
import resampleCode from "../../shaders/view/resample-image.wgsl?raw";
import type { Kernel } from "../gpu/kernel.ts";

/** A kernel that reads or writes 16-bit floats. */
export function withHalves(label: string, code: string): Kernel {
  return { label, code: halfLib + code };
}

export const packImageKernel = withHalves("view/pack-image.wgsl", packCode);
export const resampleImageKernel = withHalves("view/resample-image.wgsl", resampleCode);
