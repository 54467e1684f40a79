/**
 * Draws the 3D view by plain loops: the oracle for `shaders/surface3d/raymarch.wgsl` and the passes before
 * it. Steps from voxel to voxel without skipping; slow, and as literal as possible.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { normalized } from "../../domain/geometry/orientation.ts";
import type { RaySetup } from "../surface3d/ray-setup.ts";

type Axis = 0 | 1 | 2;
const AXES: readonly Axis[] = [0, 1, 2];

/** Same as in the shader. */
const LIGHT: Triple = [-0.2357, 0.3536, 0.9052];
const AMBIENT = 0.28;
const FAR_LIGHT = 0.7;
const FACE_SHARE = 0.02;

interface SurfaceScene {
  readonly rays: RaySetup;
  /** Colour of the topmost shown region of each voxel of the scale, C order; null without one. */
  readonly colors: readonly (Rgb | null)[];
  readonly background: Rgb;
}

interface RaymarchPass {
  /** RGB, 0..255, not rounded; row by row from the top left. */
  readonly pixels: Float64Array;
  /** 1 + index of the visible voxel; 0 for the background. */
  readonly hits: Uint32Array;
}

/** Draws a picture of `width` by `height` pixels. */
export function drawSurface(scene: SurfaceScene, [width, height]: readonly [number, number]): RaymarchPass {
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

const along = (make: (axis: Axis) => number): Triple => [make(0), make(1), make(2)];
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** A voxel on the way of a ray. */
interface Step {
  readonly index: number;
  /** To the face by which the ray enters it. */
  readonly distance: number;
  /** The axis perpendicular to that face. */
  readonly crossed: Axis;
  readonly isClipped: boolean;
  /** The voxel before was clipped. */
  readonly wasClipped: boolean;
  readonly position: Triple;
}

/** Goes along the ray of a point of the picture, from voxel to voxel. */
export function* stepsOf(rays: RaySetup, [x, y]: readonly [number, number]): Generator<Step> {
  const { shape, direction, clip } = rays;
  const origin = along((axis) => rays.origin[axis] + rays.right[axis] * x + rays.down[axis] * y);
  const at = (position: Triple) =>
    AXES.every((axis) => position[axis] >= 0 && position[axis] < shape[axis])
      ? (position[0] * shape[1] + position[1]) * shape[2] + position[2]
      : -1;
  /** Distance at which the ray reaches a face perpendicular to an axis. */
  const reaches = (axis: Axis, face: number) => (face - origin[axis]) / direction[axis];
  const start = Math.max(...AXES.map((axis) => reaches(axis, direction[axis] > 0 ? 0 : shape[axis])));
  const end = Math.min(...AXES.map((axis) => reaches(axis, direction[axis] > 0 ? shape[axis] : 0)));
  if (start >= end) return;

  let distance = start;
  let crossed: Axis =
    AXES.find((axis) => reaches(axis, direction[axis] > 0 ? 0 : shape[axis]) === start) ?? 0;
  let wasClipped = false;
  const voxel = [0, 0, 0] as [number, number, number];
  for (const axis of AXES) {
    const position = Math.floor(origin[axis] + direction[axis] * start);
    voxel[axis] = Math.min(shape[axis] - 1, Math.max(0, position));
  }
  for (let index = at(voxel); index >= 0; index = at(voxel)) {
    const isClipped = AXES.every((axis) => voxel[axis] >= clip.low[axis] && voxel[axis] < clip.high[axis]);
    const position = along((a) => origin[a] + direction[a] * distance);
    yield { index, distance, crossed, isClipped, wasClipped, position };
    const next = (axis: Axis) => reaches(axis, direction[axis] > 0 ? voxel[axis] + 1 : voxel[axis]);
    for (const axis of AXES) if (next(axis) < next(crossed)) crossed = axis;
    distance = next(crossed);
    voxel[crossed] += direction[crossed] > 0 ? 1 : -1;
    wasClipped = isClipped;
  }
}

function drawRay(
  { rays, colors, background }: SurfaceScene,
  at: readonly [number, number],
): { color: Rgb; hit: number } {
  for (const step of stepsOf(rays, at)) {
    const color = colors[step.index];
    if (!color || step.isClipped) continue;
    const bright = brightness(rays, (i) => Boolean(colors[i]), step);
    return { color: [color[0] * bright, color[1] * bright, color[2] * bright], hit: step.index + 1 };
  }
  return { color: background, hit: 0 };
}

/** Returns the brightness of the surface that a ray reaches. */
function brightness(rays: RaySetup, isOccupied: (index: number) => boolean, step: Step): number {
  if (step.wasClipped) return fadeOf(rays, step);
  return lightOf(rays, gradientOf(rays, isOccupied, step.position), step) * fadeOf(rays, step);
}

/** Returns how much of the light is left at a distance. */
export function fadeOf(rays: RaySetup, { distance }: Step): number {
  return 1 + (FAR_LIGHT - 1) * Math.min(1, Math.max(0, distance / rays.depthMm));
}

/** Quadratic B-spline; `slope` is its derivative. */
function spline(x: number): number {
  const far = 1.5 - Math.abs(x);
  return far <= 0 ? 0 : Math.abs(x) < 0.5 ? 0.75 - x * x : (far * far) / 2;
}
function slope(x: number): number {
  const far = 1.5 - Math.abs(x);
  return far <= 0 ? 0 : Math.abs(x) < 0.5 ? -2 * x : -Math.sign(x) * far;
}

/**
 * Returns the outward gradient: against that of the smoothed occupancy, in fractions of 2 x 2 x 2 voxels.
 */
export function gradientOf(
  { shape }: RaySetup,
  isOccupied: (index: number) => boolean,
  position: Triple,
): Triple {
  const share = (cell: Triple) => {
    let count = 0;
    for (let corner = 0; corner < 8; corner++) {
      const v = [2 * cell[0] + (corner >> 2), 2 * cell[1] + ((corner >> 1) & 1), 2 * cell[2] + (corner & 1)];
      const inside = AXES.every((axis) => (v[axis] ?? -1) >= 0 && (v[axis] ?? -1) < shape[axis]);
      if (inside && isOccupied(((v[0] ?? 0) * shape[1] + (v[1] ?? 0)) * shape[2] + (v[2] ?? 0))) count++;
    }
    return count / 8;
  };
  const outward: [number, number, number] = [0, 0, 0];
  const nearest = along((axis) => Math.floor(position[axis] / 2));
  for (let tap = 0; tap < 27; tap++) {
    const offset: Triple = [Math.floor(tap / 9) - 1, (Math.floor(tap / 3) % 3) - 1, (tap % 3) - 1];
    const cell = along((axis) => nearest[axis] + offset[axis]);
    const d = along((axis) => cell[axis] + 0.5 - position[axis] / 2);
    const occupied = share(cell);
    for (const axis of AXES) {
      const weight = AXES.reduce<number>((w, a) => w * (a === axis ? slope(d[a]) : spline(d[a])), 1);
      outward[axis] += occupied * weight;
    }
  }
  return outward;
}

/** Returns the brightness of a surface with an outward gradient. */
export function lightOf({ direction, gradient }: RaySetup, outward: Triple, { crossed }: Step): number {
  const facing = along(
    (axis) => outward[axis] + (axis === crossed ? -Math.sign(direction[axis]) * FACE_SHARE : 0),
  );
  const [x, y, z] = normalized([
    dot(facing, gradient.right),
    dot(facing, gradient.up),
    dot(facing, gradient.toward),
    0,
  ]) ?? [0, 0, 0, 0];
  return AMBIENT + (1 - AMBIENT) * Math.max(0, dot([x, y, z], LIGHT));
}
