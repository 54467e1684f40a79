/** Converts an affine to NIfTI's qform: a rotation, as a quaternion, and the handedness of the axes. */

/** Columns of a 3 x 3 matrix. */
type Columns = readonly [Vector, Vector, Vector];
type Vector = readonly [number, number, number];

interface Quaternion {
  /** b, c, d; a is not negative and makes the length 1. */
  readonly quaternion: Vector;
  /** NIfTI's qfac: -1 if the axes are left-handed. */
  readonly handedness: 1 | -1;
}

/**
 * Finds the rotation nearest to an affine. It is exact if the axes are at right angles, the only case that a
 * qform can express.
 * @param toWorld 3 x 4, row-major
 */
export function quaternionOf(toWorld: readonly number[]): Quaternion {
  const column = (axis: number): Vector => {
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map((row) => toWorld[row * 4 + axis] ?? 0);
    return unit([x, y, z]);
  };
  const axes: Columns = [column(0), column(1), column(2)];
  const handedness = determinant(axes) < 0 ? -1 : 1;
  const [i, j, k] = nearestRotation([axes[0], axes[1], scaled(axes[2], handedness)]);
  return { quaternion: fromRotation([i, j, k]), handedness };
}

/**
 * Averages a matrix with the transpose of its inverse until it is a rotation; five rounds suffice for any
 * header.
 */
function nearestRotation(columns: Columns): Columns {
  let [i, j, k] = columns;
  for (let round = 0; round < 20; round++) {
    const size = determinant([i, j, k]);
    if (Math.abs(size) < 1e-12) break;
    const opposite = [cross(j, k), cross(k, i), cross(i, j)].map((v) => scaled(v, 1 / size));
    const [a = i, b = j, c = k] = opposite;
    [i, j, k] = [half(i, a), half(j, b), half(k, c)];
  }
  return [i, j, k];
}

/** Starts from the largest of the four numbers, to avoid dividing by a small one. */
function fromRotation([i, j, k]: Columns): Vector {
  const [m00, m10, m20] = i;
  const [m01, m11, m21] = j;
  const [m02, m12, m22] = k;
  const trace = m00 + m11 + m22;
  if (trace > 0) {
    const s = 2 * Math.sqrt(1 + trace);
    return [(m21 - m12) / s, (m02 - m20) / s, (m10 - m01) / s];
  }
  const [a, b, c, d] =
    m00 >= m11 && m00 >= m22
      ? around(1 + m00 - m11 - m22, m21 - m12, (s) => [s / 4, (m01 + m10) / s, (m02 + m20) / s])
      : m11 >= m22
        ? around(1 + m11 - m00 - m22, m02 - m20, (s) => [(m01 + m10) / s, s / 4, (m12 + m21) / s])
        : around(1 + m22 - m00 - m11, m10 - m01, (s) => [(m02 + m20) / s, (m12 + m21) / s, s / 4]);
  return a < 0 ? [-b, -c, -d] : [b, c, d];
}

function around(
  square: number,
  turn: number,
  rest: (s: number) => Vector,
): readonly [number, number, number, number] {
  const s = 2 * Math.sqrt(Math.max(square, 0));
  return [turn / s, ...rest(s)];
}

function unit(v: Vector): Vector {
  return scaled(v, 1 / (Math.hypot(...v) || 1));
}

function scaled([x, y, z]: Vector, by: number): Vector {
  return [x * by, y * by, z * by];
}

function half(a: Vector, b: Vector): Vector {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function determinant([i, j, k]: Columns): number {
  const [x, y, z] = cross(i, j);
  return x * k[0] + y * k[1] + z * k[2];
}
