/** SVG of the outline of a place, over one pane or tile. */
import type { RulerPlace } from "../ruler/ruler-geometry.ts";
import type { PlaceMark } from "./place-marks.ts";
import "./place-marks.css";

interface Props {
  readonly mark: PlaceMark;
  readonly sizePx: RulerPlace["sizePx"];
  /** Position of the pane or tile in the containing element. */
  readonly left: number;
  readonly top: number;
}

/** Everything is drawn twice so that it shows on bright and dark backgrounds. */
export function PlaceShapes({ mark: { path, frame }, sizePx: [width, height], left, top }: Props) {
  const all = frame ? path + corners(frame) : path;
  return (
    <svg className="place-mark on-picture" style={{ left, top, width, height }} aria-hidden="true">
      <path className="place-halo" d={all} />
      <path className="place-line" d={all} />
    </svg>
  );
}

const ARM_PX = 6;

/** The corners of a frame, which leave the view of what is inside free. */
function corners({ x, y, size }: NonNullable<PlaceMark["frame"]>): string {
  const [right, bottom] = [x + size, y + size];
  const corner = (cx: number, cy: number, dx: number, dy: number) => `M${cx + dx} ${cy}H${cx}V${cy + dy}`;
  return [
    corner(x, y, ARM_PX, ARM_PX),
    corner(right, y, -ARM_PX, ARM_PX),
    corner(right, bottom, -ARM_PX, -ARM_PX),
    corner(x, bottom, ARM_PX, -ARM_PX),
  ].join("");
}
