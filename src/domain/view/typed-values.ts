/** Reads values that the user types: voxels, positions, slices and the grey window. Pure. */
import { formatMm } from "../../base/format-numbers.ts";
import { joinNames } from "../../base/join-names.ts";
import { cornersMm } from "../geometry/camera.ts";
import { type Grid, type Triple, voxelFromWorld, worldFromVoxel } from "../geometry/grid.ts";
import { MIN_WINDOW } from "./view-values.ts";

/** What a text means, or one sentence that says why it is refused. */
export type Typed<T> = { readonly value: T } | { readonly refusal: string };

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Exactly `count` finite numbers, with or without commas and brackets, as NumPy prints them. */
function numbersIn(text: string, count: number): readonly number[] | null {
  const parts = text
    .replaceAll("−", "-")
    .split(/[\s,;()[\]]+/)
    .filter((part) => part !== "" && part !== "mm");
  const values = parts.map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN));
  return values.length === count && values.every(Number.isFinite) ? values : null;
}

function tripleIn(text: string): Triple | null {
  const found = numbersIn(text, 3);
  return found && [found[0] ?? 0, found[1] ?? 0, found[2] ?? 0];
}

/** @param last number of the last slice */
export function typedSlice(text: string, last: number): Typed<number> {
  const [slice] = numbersIn(text, 1) ?? [];
  return slice !== undefined && isIndex(slice, last + 1)
    ? { value: slice }
    : { refusal: `Slice numbers here are whole numbers from 0 to ${last}.` };
}

function isIndex(n: number, count: number): boolean {
  return Number.isInteger(n) && n >= 0 && n < count;
}

/** @param axes letters of the array axes, in their order */
export function typedVoxel(text: string, shape: Triple, axes: readonly string[]): Typed<Triple> {
  const voxel = tripleIn(text);
  if (!voxel?.every(Number.isInteger))
    return { refusal: `A voxel is three whole numbers: ${axes.join(", ")}.` };
  const wrong = ([0, 1, 2] as const).filter((axis) => !isIndex(voxel[axis], shape[axis]));
  if (wrong.length === 0) return { value: voxel };
  const ranges = wrong.map((axis) => `${axes[axis]} from 0 to ${shape[axis] - 1}, not ${voxel[axis]}`);
  return { refusal: `Voxels here have ${joinNames(ranges, 3)}.` };
}

/** The voxel nearest to a position in the patient: R, A and S in mm. */
export function typedPosition(text: string, grid: Grid): Typed<Triple> {
  const mm = tripleIn(text);
  if (!mm) return { refusal: "A position is three numbers in mm: R, A, S." };
  const at = voxelFromWorld(grid, mm);
  if (!at.every(Number.isFinite)) return { refusal: "The voxels of this case have no positions in mm." };
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(at[axis], -0.5), grid.shape[axis] - 0.5);
  const nearest = worldFromVoxel(grid, [along(0), along(1), along(2)]);
  const outside = Math.hypot(mm[0] - nearest[0], mm[1] - nearest[1], mm[2] - nearest[2]);
  if (outside >= 0.05)
    return {
      refusal: `This position is ${formatMm(outside)} mm outside the volume: ${positionRange(grid)}.`,
    };
  const index = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(at[axis]), 0), grid.shape[axis] - 1);
  return { value: [index(0), index(1), index(2)] };
}

/** The box that the volume lies in, as in "R −20.0 to 30.0, A …, S … mm". */
export function positionRange(grid: Grid): string {
  const corners = cornersMm(grid, { first: [0, 0, 0], shape: grid.shape });
  const along = (axis: 0 | 1 | 2) => {
    const places = corners.map((corner) => corner[axis]);
    return `${formatMm(Math.min(...places))} to ${formatMm(Math.max(...places))}`;
  };
  return `R ${along(0)}, A ${along(1)}, S ${along(2)} mm`;
}

/** Width of the grey window. */
export function typedWindow(text: string): Typed<number> {
  const [width] = numbersIn(text, 1) ?? [];
  return width !== undefined && width >= MIN_WINDOW
    ? { value: width }
    : { refusal: "The window is a number greater than 0." };
}

/** Level of the grey window. */
export function typedLevel(text: string): Typed<number> {
  const [level] = numbersIn(text, 1) ?? [];
  return level === undefined ? { refusal: "The level is a number." } : { value: level };
}
