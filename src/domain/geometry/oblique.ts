/**
 * Grids whose axes do not run along the patient's: how far off they are, and what lies truly at each edge of
 * a slice. Pure.
 */
import { type Grid, type PlaneAxes, type PlaneAxis, spacingMm, type Triple } from "./grid.ts";

const LETTERS = [
  ["R", "L"],
  ["A", "P"],
  ["S", "I"],
] as const;

/** A direction leans towards another side of the patient from this part of its length on: about 6 degrees. */
const LEANS = 0.1;
/** What is less is rounding in a header. */
const ALONG_DEG = 0.5;

/** The direction of growing index along an array axis, R, A, S, of length 1. */
function directionOf(grid: Grid, axis: 0 | 1 | 2): Triple {
  const length = spacingMm(grid)[axis] || 1;
  const along = (row: number) => (grid.toWorld[row * 4 + axis] ?? 0) / length;
  return [along(0), along(1), along(2)];
}

/**
 * How far the axis that is farthest off lies from the patient's nearest axis, in degrees; 0 for what is only
 * rounding.
 */
export function obliqueDegrees(grid: Grid): number {
  const off = ([0, 1, 2] as const).map((axis) => {
    const most = Math.max(...directionOf(grid, axis).map(Math.abs));
    return (Math.acos(Math.min(1, most)) * 180) / Math.PI;
  });
  const worst = Math.max(...off);
  return worst < ALONG_DEG || Number.isNaN(worst) ? 0 : worst;
}

/** The sides of the patient that a direction points to, the most first: "S", or "SA" where it leans. */
function lettersOf(direction: Triple): string {
  return direction
    .map((part, row) => ({ size: Math.abs(part), letter: LETTERS[row]?.[part > 0 ? 0 : 1] ?? "" }))
    .filter(({ size }) => size >= LEANS)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join("");
}

/**
 * As the letters of `planeAxes`, but true to an oblique grid: "RA" where the left edge lies to the right and
 * a little in front.
 */
export function trueLetters(grid: Grid, { horizontal, vertical }: PlaneAxes): PlaneAxes["letters"] {
  const towards = ({ axis, direction }: PlaneAxis, sign: 1 | -1) => {
    const [r, a, s] = directionOf(grid, axis);
    const by = direction * sign;
    return lettersOf([r * by, a * by, s * by]);
  };
  return {
    left: towards(horizontal, -1),
    right: towards(horizontal, 1),
    top: towards(vertical, -1),
    bottom: towards(vertical, 1),
  };
}
