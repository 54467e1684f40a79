/**
 * Handles grids whose axes are not parallel to the patient's: how far they deviate, and what truly lies at
 * each edge of a slice. Pure.
 */
import { type Grid, type PlaneAxes, type PlaneAxis, spacingMm, type Triple } from "./grid.ts";

const LETTERS = [
  ["R", "L"],
  ["A", "P"],
  ["S", "I"],
] as const;

/**
 * A direction leans towards another side of the patient from this coordinate of its unit vector: about 6
 * degrees.
 */
const LEANS = 0.1;
/** Smaller angles are rounding in a header. */
const ALONG_DEG = 0.5;

/** Unit vector of growing index along an array axis, in R, A, S. */
function directionOf(grid: Grid, axis: 0 | 1 | 2): Triple {
  const length = spacingMm(grid)[axis] || 1;
  const along = (row: number) => (grid.toWorld[row * 4 + axis] ?? 0) / length;
  return [along(0), along(1), along(2)];
}

/**
 * The largest angle between an array axis and the patient's nearest axis, in degrees; 0 if it is only
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

/** The sides of the patient that a direction points to, strongest first: "S", or "SA" if it leans. */
function lettersOf(direction: Triple): string {
  return direction
    .map((part, row) => ({ size: Math.abs(part), letter: LETTERS[row]?.[part > 0 ? 0 : 1] ?? "" }))
    .filter(({ size }) => size >= LEANS)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join("");
}

/**
 * The letters of `planeAxes`, adapted to an oblique grid: "RA" if the left edge faces right and slightly
 * forward.
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
