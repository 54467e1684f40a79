/**
 * Implements rotations between the patient (R, A, S) and the screen (right, up, towards the viewer). Plain
 * numbers, no camera.
 */
import type { Triple } from "./grid.ts";

/** x, y, z, w; of length 1. Rotates a patient direction into a screen direction. */
export type Quaternion = readonly [number, number, number, number];

/** The sides from which one can view a patient. */
export const SIDES = ["A", "P", "L", "R", "S", "I"] as const;
export type Side = (typeof SIDES)[number];

/** Unit vector towards each side, in RAS. */
export const SIDE_DIRECTION: Readonly<Record<Side, Triple>> = {
  A: [0, 1, 0],
  P: [0, -1, 0],
  L: [-1, 0, 0],
  R: [1, 0, 0],
  S: [0, 0, 1],
  I: [0, 0, -1],
};

const HALF = Math.SQRT1_2;

/**
 * The view from each side. S is up, except that A is up in the views from S and I. The left of the screen
 * then shows R from A and I, L from P and S, A from L, and P from R: the patient is not mirrored, so the view
 * from S is the reverse of axial slices, which are seen from I.
 */
export const VIEW_FROM: Readonly<Record<Side, Quaternion>> = {
  A: [0, HALF, HALF, 0],
  P: [-HALF, 0, 0, HALF],
  L: [-0.5, 0.5, 0.5, 0.5],
  R: [-0.5, -0.5, -0.5, 0.5],
  S: [0, 0, 0, 1],
  I: [0, 1, 0, 0],
};

/** The rotation `b` followed by `a`. */
export function multiply(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** The quaternion scaled to length 1; null if it has no direction. */
export function normalized([x, y, z, w]: Quaternion): Quaternion | null {
  const length = Math.hypot(x, y, z, w);
  return length > 1e-6 && Number.isFinite(length) ? [x / length, y / length, z / length, w / length] : null;
}

function inverse([x, y, z, w]: Quaternion): Quaternion {
  return [-x, -y, -z, w];
}

/** @param axis of length 1; the rotation is counter-clockwise when it points at the viewer */
export function aboutAxis([x, y, z]: Triple, radians: number): Quaternion {
  const s = Math.sin(radians / 2);
  return [x * s, y * s, z * s, Math.cos(radians / 2)];
}

/** A rotated vector. */
export function rotated([x, y, z, w]: Quaternion, [vx, vy, vz]: Triple): Triple {
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  return [vx + w * tx + y * tz - z * ty, vy + w * ty + z * tx - x * tz, vz + w * tz + x * ty - y * tx];
}

/** The screen's right, up and towards-the-viewer as patient directions. */
export function screenAxes(rotation: Quaternion): { right: Triple; up: Triple; toward: Triple } {
  const back = inverse(rotation);
  return {
    right: rotated(back, [1, 0, 0]),
    up: rotated(back, [0, 1, 0]),
    toward: rotated(back, [0, 0, 1]),
  };
}
