/**
 * Computes the rays through the voxels of a scale, and the part that is clipped. Pure; shared by the shader's
 * uniforms and the plain version.
 */

import { cornersMm } from "../../domain/geometry/camera.ts";
import { type Grid, type Triple, voxelFromWorld } from "../../domain/geometry/grid.ts";
import { screenAxes } from "../../domain/geometry/orientation.ts";
import {
  axisPlacement,
  type PlacedScale,
  type PlacedTargets,
  targetPosition,
} from "../../domain/targets/placed-targets.ts";
import type { SurfaceView } from "./surface-scene.ts";

type Axis = 0 | 1 | 2;

/** Positions are in voxels of the scale, axis by axis: voxel i covers [i, i + 1). */
export interface RaySetup {
  /** Shape of the scale. */
  readonly shape: Triple;
  /**
   * The ray through pixel (i, j) begins at `origin + right * (i + 0.5) + down * (j + 0.5)`, in front of the
   * volume.
   */
  readonly origin: Triple;
  readonly right: Triple;
  readonly down: Triple;
  /** Voxels per mm along the ray; no coordinate is 0. */
  readonly direction: Triple;
  /** Extent of the volume along the rays. */
  readonly depthMm: number;
  /** Factors that convert a gradient by voxels to the screen's right, up and towards the viewer. */
  readonly gradient: { readonly right: Triple; readonly up: Triple; readonly toward: Triple };
  /** Voxels to clip, [low, high); empty if `high` is not above `low`. */
  readonly clip: { readonly low: Triple; readonly high: Triple };
}

/**
 * Offset of rays from the pixels' centres. With round numbers many rays would run exactly along the faces
 * between voxels, and the GPU's rounding would decide what is drawn.
 */
const NUDGE_PX: readonly [number, number] = [0.00331, 0.00197];

/** Minimum slope of a ray along an axis, relative to its direction, to avoid division by 0. */
const MIN_SLOPE = 1e-7;

const triple = (make: (axis: Axis) => number): Triple => [make(0), make(1), make(2)];
const scaled = (v: Triple, by: number): Triple => [v[0] * by, v[1] * by, v[2] * by];
const sum = (...vectors: readonly Triple[]): Triple =>
  triple((axis) => vectors.reduce((total, v) => total + v[axis], 0));
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * @param drawnPx pixels drawn for the pane, possibly fewer than it has
 * @returns null if the scale has no voxels, or the grid no volume
 */
export function raySetup(
  grid: Grid,
  targets: PlacedTargets,
  placed: PlacedScale,
  view: Pick<SurfaceView, "camera" | "clip" | "voxel" | "sizePx">,
  drawnPx: readonly [number, number],
): RaySetup | null {
  const { camera, sizePx } = view;
  const { shape } = placed;
  if (shape.some((n) => n < 1)) return null;
  const at = (mm: Triple): Triple => {
    const voxel = voxelFromWorld(grid, mm);
    return triple((axis) => targetPosition(axisPlacement(targets, placed, axis), voxel[axis] + 0.5));
  };
  const zero = at([0, 0, 0]);
  const along = (mm: Triple) => sum(at(mm), scaled(zero, -1));
  const screen = screenAxes(camera.rotation);
  const gradient = { right: along(screen.right), up: along(screen.up), toward: along(screen.toward) };
  if (!Object.values(gradient).flat().every(Number.isFinite)) return null;

  const depths = cornersMm(grid, { first: [0, 0, 0], shape: grid.shape }).map(
    (corner) => dot(corner, screen.toward) - dot(camera.focusMm, screen.toward),
  );
  const near = Math.max(...depths);
  const mmPerPx = camera.spanMm / Math.min(...sizePx);
  const right = scaled(gradient.right, (mmPerPx * sizePx[0]) / drawnPx[0]);
  const down = scaled(gradient.up, (-mmPerPx * sizePx[1]) / drawnPx[1]);
  const origin = sum(
    at(camera.focusMm),
    scaled(gradient.toward, near),
    scaled(right, NUDGE_PX[0] - drawnPx[0] / 2),
    scaled(down, NUDGE_PX[1] - drawnPx[1] / 2),
  );
  const slope = Math.max(...gradient.toward.map(Math.abs)) * MIN_SLOPE;
  const direction = triple((axis) => {
    const d = -gradient.toward[axis];
    return Math.abs(d) < slope ? (d < 0 ? -slope : slope) : d;
  });
  return {
    shape,
    origin,
    right,
    down,
    direction,
    depthMm: near - Math.min(...depths),
    gradient,
    clip: clipBox(targets, placed, view, direction),
  };
}

function clipBox(
  targets: PlacedTargets,
  placed: PlacedScale,
  { clip, voxel }: Pick<SurfaceView, "clip" | "voxel">,
  direction: Triple,
): RaySetup["clip"] {
  const nothing = { low: [0, 0, 0], high: [0, 0, 0] } as const;
  if (clip.every((side) => side === "none")) return nothing;
  const range = (axis: Axis): readonly [number, number] => {
    const n = placed.shape[axis];
    const position = targetPosition(axisPlacement(targets, placed, axis), voxel[axis] + 0.5);
    const kept = Math.min(n, Math.max(-1, Math.floor(position)));
    const side = clip[axis] === "facing" ? (direction[axis] < 0 ? "above" : "below") : clip[axis];
    if (side === "none") return [0, n];
    return side === "above" ? [kept + 1, n] : [0, kept];
  };
  const ranges = [range(0), range(1), range(2)] as const;
  return { low: triple((axis) => ranges[axis][0]), high: triple((axis) => ranges[axis][1]) };
}
