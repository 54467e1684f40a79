/** Simulates how colours look to people with colour vision deficiency. */
import { linearFromSrgb, type Rgb, srgbFromLinear } from "../../base/oklab.ts";

/** Normal colour vision and the three dichromacies. */
export const VISIONS = ["normal", "protanopia", "deuteranopia", "tritanopia"] as const;
type Vision = (typeof VISIONS)[number];

/** Row-major matrices on linear RGB: Machado, Oliveira and Fernandes, 2009, severity 1. */
const MATRICES: Readonly<Record<Exclude<Vision, "normal">, readonly number[]>> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** How a colour looks with the given vision, sRGB 0..1. */
export function seenBy(vision: Vision, rgb: Rgb): Rgb {
  if (vision === "normal") return rgb;
  const m = MATRICES[vision];
  const linear = rgb.map(linearFromSrgb);
  const channel = (row: number) => {
    const sum = linear.reduce((total, c, column) => total + (m[row * 3 + column] ?? 0) * c, 0);
    return srgbFromLinear(Math.min(1, Math.max(0, sum)));
  };
  return [channel(0), channel(1), channel(2)];
}
