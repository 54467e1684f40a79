/**
 * The CIEDE2000 colour difference: how far apart two colours look, in units of about the least visible one.
 */
import { linearFromSrgb, type Rgb } from "../../base/oklab.ts";

/** CIELAB under D65: L* 0..100, a* (green to red), b* (blue to yellow). */
export type CieLab = readonly [number, number, number];

/** White of sRGB, D65. */
const WHITE = [0.95047, 1, 1.08883] as const;
const DEGREE = Math.PI / 180;
/** 25⁷, of the formula's weight for low chroma. */
const LOW_CHROMA = 25 ** 7;

export function cieLabFromRgb(rgb: Rgb): CieLab {
  const [r, g, b] = [linearFromSrgb(rgb[0]), linearFromSrgb(rgb[1]), linearFromSrgb(rgb[2])];
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = curve((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function curve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
}

/** ΔE2000 with all weights 1, as in Sharma, Wu and Dalal, 2005; the equations are numbered as there. */
export function colorDifference([l1, a1, b1]: CieLab, [l2, a2, b2]: CieLab): number {
  // (2)-(7)
  const stretch = 1.5 - 0.5 * chromaWeight((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2);
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const [h1, h2] = [hue(a1 * stretch, b1), hue(a2 * stretch, b2)];
  // (8)-(11)
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const dHue = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * DEGREE);
  // (12)-(14)
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  const h = grey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  // (15)-(21)
  const t =
    1 -
    0.17 * Math.cos((h - 30) * DEGREE) +
    0.24 * Math.cos(2 * h * DEGREE) +
    0.32 * Math.cos((3 * h + 6) * DEGREE) -
    0.2 * Math.cos((4 * h - 63) * DEGREE);
  const offset = (l - 50) ** 2;
  const byLightness = (l2 - l1) / (1 + (0.015 * offset) / Math.sqrt(20 + offset));
  const byChroma = (c2 - c1) / (1 + 0.045 * c);
  const byHue = dHue / (1 + 0.015 * c * t);
  const rotation =
    -2 * chromaWeight(c) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * DEGREE) * byChroma * byHue;
  // (22)
  return Math.sqrt(byLightness ** 2 + byChroma ** 2 + byHue ** 2 + rotation);
}

function chromaWeight(chroma: number): number {
  const power = chroma ** 7;
  return Math.sqrt(power / (power + LOW_CHROMA));
}

function hue(a: number, b: number): number {
  return (Math.atan2(b, a) / DEGREE + 360) % 360;
}
