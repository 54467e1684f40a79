/**
 * Draws transparent regions of the 3D view by plain loops: the oracle for
 * `shaders/surface3d/raymarch-transparent.wgsl`.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { RaySetup } from "../surface3d/ray-setup.ts";
import { fadeOf, gradientOf, lightOf, stepsOf } from "./surface-reference.ts";

/** Same as in the shader. */
const STEEP = 0.3;
const EVEN_LIGHT = 0.75;
const STAIR = 4.5;

/** A layer and which voxels of the scale, in C order, it contains. */
export interface TransparentLayer {
  readonly mask: ArrayLike<number>;
  readonly color: Rgb;
  readonly opacity: number;
}

interface TransparentScene {
  readonly rays: RaySetup;
  /** Topmost first. */
  readonly layers: readonly TransparentLayer[];
  readonly background: Rgb;
}

/**
 * Draws a picture of `width` by `height` pixels: RGB, 0..255, not rounded; and the voxel of each pixel's most
 * visible surface, 1 + its index, 0 for the background.
 */
export function drawTransparent(
  scene: TransparentScene,
  [width, height]: readonly [number, number],
): { readonly pixels: Float64Array; readonly hits: Uint32Array } {
  const pixels = new Float64Array(width * height * 3);
  const hits = new Uint32Array(width * height);
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) {
      const { color, hit } = drawRay(scene, [i + 0.5, j + 0.5]);
      pixels.set(
        color.map((c) => c * 255),
        (j * width + i) * 3,
      );
      hits[j * width + i] = hit;
    }
  return { pixels, hits };
}

function drawRay(
  { rays, layers, background }: TransparentScene,
  at: readonly [number, number],
): { color: Rgb; hit: number } {
  const inAny = (index: number) => layers.some(({ mask }) => mask[index] === 1);
  const inOpaque = (index: number) => layers.some(({ mask, opacity }) => opacity === 1 && mask[index] === 1);
  const color: [number, number, number] = [0, 0, 0];
  let [left, most, hit] = [1, 0, 0];
  let before: ReadonlySet<TransparentLayer> = new Set();
  let [wasIn, leftAt] = [false, 0];
  const stair = STAIR / Math.max(...rays.direction.map(Math.abs));
  for (const step of stepsOf(rays, at)) {
    const here = layers.filter(({ mask }) => !step.isClipped && mask[step.index] === 1);
    if (here.length === 0) {
      if (wasIn) [wasIn, leftAt] = [false, step.distance];
      continue;
    }
    if (!wasIn && (step.wasClipped || step.distance - leftAt > stair)) before = new Set();
    wasIn = true;
    const entered = here.filter((layer) => !before.has(layer));
    before = new Set(here);
    if (entered.length === 0) continue;
    const gradient = gradientOf(rays, inOpaque(step.index) ? inOpaque : inAny, step.position);
    const steep = inOpaque(step.index) ? 1 : Math.min(1, Math.hypot(...gradient) / STEEP);
    const light = step.wasClipped ? 1 : EVEN_LIGHT + (lightOf(rays, gradient, step) - EVEN_LIGHT) * steep;
    const bright = light * fadeOf(rays, step);
    const start = left;
    for (const layer of entered) {
      for (const c of [0, 1, 2] as const) color[c] += left * layer.opacity * layer.color[c] * bright;
      left *= 1 - layer.opacity;
    }
    if (start - left > most) [most, hit] = [start - left, step.index + 1];
    if (left === 0) break;
  }
  return {
    color: [
      color[0] + left * background[0],
      color[1] + left * background[1],
      color[2] + left * background[2],
    ],
    hit,
  };
}
