/**
 * Implements the camera of the 3D view: parallel rays, so that nearer things are not larger and lengths are
 * comparable. Pure, plain JSON.
 *
 * Orbiting is a trackball around the pane's centre, as in ITK-SNAP and 3D Slicer: the front follows the
 * pointer, and no direction stays upright. Screen sizes and distances may use any one pixel unit.
 */
import type { Pair } from "../../base/pair.ts";
import { type Grid, type Triple, worldFromVoxel } from "./grid.ts";
import {
  aboutAxis,
  multiply,
  normalized,
  type Quaternion,
  type Side,
  screenAxes,
  VIEW_FROM,
} from "./orientation.ts";

export interface Camera {
  /** From the patient (R, A, S) to the screen (right, up, towards the viewer). */
  readonly rotation: Quaternion;
  /** RAS position in mm at the pane's centre, which orbiting turns around. */
  readonly focusMm: Triple;
  /** Length that the shorter side of the pane spans. */
  readonly spanMm: number;
}

/** A part of a volume, in whole voxels. */
export interface VoxelBox {
  readonly first: Triple;
  readonly shape: Triple;
}

const MIN_SPAN_MM = 2;
const MAX_SPAN_MM = 5000;
/** Margin around a fitted volume. */
const FIT_MARGIN = 1.04;
/** Rotation for dragging across the shorter side of the pane. */
const TURN_PER_SIDE = Math.PI;

const clampSpan = (mm: number) => Math.min(MAX_SPAN_MM, Math.max(MIN_SPAN_MM, mm));
const mmPerPx = ({ spanMm }: Camera, [width, height]: Pair) => spanMm / Math.max(1, Math.min(width, height));

/** @param dxPx pointer movement to the right, @param dyPx and down */
export function orbit(camera: Camera, dxPx: number, dyPx: number, size: Pair): Camera {
  const length = Math.hypot(dxPx, dyPx);
  if (length === 0) return camera;
  const turn = aboutAxis(
    [dyPx / length, dxPx / length, 0],
    (length / Math.max(1, Math.min(...size))) * TURN_PER_SIDE,
  );
  return { ...camera, rotation: normalized(multiply(turn, camera.rotation)) ?? camera.rotation };
}

/** Moves the picture with the pointer, in pixels to the right and down. */
export function pan(camera: Camera, dxPx: number, dyPx: number, size: Pair): Camera {
  const mm = mmPerPx(camera, size);
  return { ...camera, focusMm: moved(camera, -dxPx * mm, dyPx * mm) };
}

/** Magnifies by `factor` around a fixed point, in pixels from the pane's top left corner. */
export function zoomAt(camera: Camera, factor: number, point: Pair, size: Pair): Camera {
  const spanMm = clampSpan(camera.spanMm / factor);
  const change = mmPerPx(camera, size) - mmPerPx({ ...camera, spanMm }, size);
  const focusMm = moved(camera, (point[0] - size[0] / 2) * change, (size[1] / 2 - point[1]) * change);
  return { ...camera, focusMm, spanMm };
}

/** The same view, with the whole box centred in the pane. */
export function fitted(rotation: Quaternion, grid: Grid, box: VoxelBox, size: Pair): Camera {
  const camera = fittedToAll(rotation, grid, [box], size);
  if (!camera) throw new Error("one box is enough");
  return camera;
}

/**
 * The same view, with all boxes centred in the pane. Several boxes may need less screen space than one box
 * around them. Null without a box.
 */
export function fittedToAll(
  rotation: Quaternion,
  grid: Grid,
  boxes: readonly VoxelBox[],
  size: Pair,
): Camera | null {
  if (boxes.length === 0) return null;
  const corners = boxes.flatMap((box) => cornersMm(grid, box));
  const { right, up, toward } = screenAxes(rotation);
  const [across, upward, deep] = [right, up, toward].map((axis) => {
    const along = corners.map((corner) => dot(corner, axis));
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return { middle: (low + high) / 2, extent: high - low };
  });
  if (!across || !upward || !deep) return null;
  const short = Math.max(1, Math.min(...size));
  const spanMm = Math.max(
    (across.extent * short) / Math.max(1, size[0]),
    (upward.extent * short) / Math.max(1, size[1]),
  );
  const focus = (i: 0 | 1 | 2) => right[i] * across.middle + up[i] * upward.middle + toward[i] * deep.middle;
  return { rotation, focusMm: [focus(0), focus(1), focus(2)], spanMm: clampSpan(spanMm * FIT_MARGIN) };
}

/** The whole box seen from one side of the patient. */
export function viewFrom(side: Side, grid: Grid, box: VoxelBox, size: Pair): Camera {
  return fitted(VIEW_FROM[side], grid, box, size);
}

/** The initial 3D view: from the front, slightly from the left and above. */
export function firstView(grid: Grid, box: VoxelBox, size: Pair): Camera {
  const turned = multiply(aboutAxis([1, 0, 0], 0.35), multiply(aboutAxis([0, 1, 0], -0.5), VIEW_FROM.A));
  return fitted(turned, grid, box, size);
}

/** The eight outer corners in mm, half a voxel beyond the voxel centres. */
export function cornersMm(grid: Grid, { first, shape }: VoxelBox): Triple[] {
  const ends = (axis: 0 | 1 | 2) => [first[axis] - 0.5, first[axis] + shape[axis] - 0.5];
  return ends(0).flatMap((z) => ends(1).flatMap((y) => ends(2).map((x) => worldFromVoxel(grid, [z, y, x]))));
}

function moved({ rotation, focusMm }: Camera, rightMm: number, upMm: number): Triple {
  const { right, up } = screenAxes(rotation);
  const along = (axis: 0 | 1 | 2) => focusMm[axis] + right[axis] * rightMm + up[axis] * upMm;
  return [along(0), along(1), along(2)];
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Eight numbers, such as `0,0.707107,0.707107,0,12.5,-30,104.2,350`: an address with them shows the same
 * pixels.
 */
export function cameraText({ rotation, focusMm, spanMm }: Camera): string {
  return [...rotation, ...focusMm, spanMm].map((n) => String(Number(n.toFixed(6)) + 0)).join(",");
}

/** Reads the output of `cameraText`; null for anything else. */
export function cameraFrom(text: string): Camera | null {
  const parts = text.split(",");
  const numbers = parts.map(Number);
  if (parts.length !== 8 || parts.some((part) => part.trim() === "") || !numbers.every(Number.isFinite))
    return null;
  const [x = 0, y = 0, z = 0, w = 0, r = 0, a = 0, s = 0, spanMm = 0] = numbers;
  const rotation = normalized([x, y, z, w]);
  return rotation && spanMm > 0 ? { rotation, focusMm: [r, a, s], spanMm: clampSpan(spanMm) } : null;
}
