/** The placement of NRRD volumes in space. */
import { InputError } from "../../base/errors.ts";
import { type Grid, spacingMm } from "../../domain/geometry/grid.ts";
import type { GeometrySource } from "../../domain/reader/file-geometry.ts";

/** Signs that convert the three axes of a space to R, A, S. */
const SPACES: Readonly<Record<string, readonly [number, number, number]>> = {
  "left-posterior-superior": [-1, -1, 1],
  lps: [-1, -1, 1],
  "right-anterior-superior": [1, 1, 1],
  ras: [1, 1, 1],
  "left-anterior-superior": [-1, 1, 1],
  las: [-1, 1, 1],
};
/** The space that ITK and 3D Slicer assume without any of these. */
const DEFAULT_SPACE: readonly [number, number, number] = [-1, -1, 1];

type Vector = readonly number[] | null;

/**
 * Places an NRRD volume by its space directions and origin, or else by its spacings and axis mins.
 *
 * @param axes the file's axes that are i, j, k; a volume of one slice has two
 * @returns array axes 0, 1, 2 = k, j, i, as nnU-Net reads files; `unoriented` if no given space tells left
 * from right
 */
export function nrrdGrid(
  fields: ReadonlyMap<string, string>,
  lengths: readonly number[],
  axes: readonly number[],
  file: string,
): { grid: Grid; from: GeometrySource; unoriented: boolean; notices: string[] } {
  const signs = SPACES[fields.get("space")?.toLowerCase() ?? ""];
  const all = spaceDirections(fields);
  const spacings = (fields.get("spacings") ?? "").split(/\s+/).map(Number);
  const spacingOf = (axis: number | undefined) => {
    const mm = spacings[axis ?? -1] ?? Number.NaN;
    return Number.isFinite(mm) && mm !== 0 ? Math.abs(mm) : null;
  };
  const directions = all.length > 0 ? axes.map((axis) => all[axis] ?? null) : axes.map(() => null);
  const columns = [0, 1, 2].map((i) => {
    const given = directions[i];
    if (given?.length === 3) return given;
    const length = spacingOf(axes[i]) ?? 1;
    return [0, 1, 2].map((row) => (row === i ? length : 0));
  });
  const [spaceOrigin] = vectors(fields.get("spaceorigin"));
  const origin = spaceOrigin ?? (all.length > 0 ? null : originFromMins(fields, axes, spacingOf));
  const [ni = 1, nj = 1, nk = 1] = lengths;
  // Columns i, j, k, origin become k, j, i, origin.
  const toWorld = [0, 1, 2].flatMap((row) =>
    [columns[2], columns[1], columns[0], origin ?? [0, 0, 0]].map(
      (column) => (column?.[row] ?? 0) * (signs ?? DEFAULT_SPACE)[row as 0 | 1 | 2],
    ),
  );
  const grid: Grid = { shape: [nk, nj, ni], toWorld };
  if (!toWorld.every(Number.isFinite) || isFlat(grid)) {
    throw new InputError(
      file,
      "its space directions do not span a volume",
      "Save it again with the program that wrote it",
    );
  }
  const hasSize = axes.some((axis, i) => directions[i]?.length === 3 || spacingOf(axis) !== null);
  return {
    grid,
    from: all.length > 0 ? "space directions" : "spacings",
    unoriented: !signs,
    // A missing space has its own finding.
    notices: hasSize ? [] : ["it has no voxel size; voxels of 1 mm were assumed, as in 3D Slicer"],
  };
}

/**
 * Centre of the first voxel by "axis mins", which are the edge of it unless "centerings" say node, as ITK
 * reads them; null if one of the axes has none, or no length.
 */
function originFromMins(
  fields: ReadonlyMap<string, string>,
  axes: readonly number[],
  spacingOf: (axis: number) => number | null,
): Vector {
  const wordsOf = (field: string) => (fields.get(field) ?? "").split(/\s+/);
  const mins = wordsOf("axismins");
  const centerings = wordsOf(fields.has("centerings") ? "centerings" : "centers");
  const origin = axes.map((axis) => {
    const length = spacingOf(axis) ?? Number.NaN;
    return Number(mins[axis] || Number.NaN) + length * (centerings[axis] === "node" ? 0 : 0.5);
  });
  return origin.every(Number.isFinite) ? origin : null;
}

/**
 * Parses "space directions" into one vector per axis of the file; null for axes not in space. Empty if the
 * field is missing.
 */
export function spaceDirections(fields: ReadonlyMap<string, string>): readonly Vector[] {
  return vectors(fields.get("spacedirections"));
}

function vectors(text: string | undefined): Vector[] {
  return [...(text ?? "").matchAll(/none|\(([^)]*)\)/gi)].map(([, inside]) =>
    inside === undefined ? null : inside.split(",").map(Number),
  );
}

function isFlat(grid: Grid): boolean {
  const m = (row: number, column: number) => grid.toWorld[row * 4 + column] ?? 0;
  const volume =
    m(0, 0) * (m(1, 1) * m(2, 2) - m(1, 2) * m(2, 1)) -
    m(0, 1) * (m(1, 0) * m(2, 2) - m(1, 2) * m(2, 0)) +
    m(0, 2) * (m(1, 0) * m(2, 1) - m(1, 1) * m(2, 0));
  const [z, y, x] = spacingMm(grid);
  return !(Math.abs(volume) > 1e-6 * z * y * x);
}
