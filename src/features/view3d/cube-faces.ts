/** Projects the faces of the orientation cube, which turns with the patient, onto the screen. Pure. */
import {
  type Quaternion,
  rotated,
  SIDE_DIRECTION,
  SIDES,
  type Side,
  screenAxes,
  VIEW_FROM,
} from "../../domain/geometry/orientation.ts";

interface CubeFace {
  readonly side: Side;
  /** How directly the face points at the viewer: 1 straight on, 0 edge on. */
  readonly facing: number;
  /**
   * SVG matrix that maps the face (-1 to 1 across and down, letter upright) to the cube's image, which is
   * centred on the cube and in which its edges have length 2.
   */
  readonly matrix: readonly [number, number, number, number, number, number];
}

/** Faces with a smaller `facing` count as edge on. */
const EDGE_ON = 0.02;

/** Returns the one to three visible faces. */
export function cubeFaces(rotation: Quaternion): CubeFace[] {
  return SIDES.flatMap((side) => {
    const [x, y, facing] = rotated(rotation, SIDE_DIRECTION[side]);
    if (facing < EDGE_ON) return [];
    const { right, up } = screenAxes(VIEW_FROM[side]);
    const across = rotated(rotation, right);
    const upwards = rotated(rotation, up);
    return [{ side, facing, matrix: [across[0], -across[1], -upwards[0], upwards[1], x, -y] as const }];
  });
}

/** Returns the side the camera looks from exactly; null for any other view. */
export function sideOf(rotation: Quaternion): Side | null {
  const isSame = (side: Side) =>
    Math.abs(VIEW_FROM[side].reduce((sum, q, i) => sum + q * (rotation[i] ?? 0), 0)) > 1 - 1e-6;
  return SIDES.find(isSame) ?? null;
}
