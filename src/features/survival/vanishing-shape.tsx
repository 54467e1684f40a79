/** Box that marks a component, with a cross in its middle at the first scale without a voxel of it. */
import type { TileRect } from "./vanishing-overlay.ts";

/** Limits the cross of a large box, so that it does not cover the mask. */
const MAX_CROSS_PX = 16;

interface Props {
  readonly rect: TileRect;
  readonly crossed: boolean;
}

/** Drawn twice so that it shows on bright and dark backgrounds. */
export function VanishShape({ rect: { x, y, width, height }, crossed }: Props) {
  const outline = `M${x} ${y}h${width}v${height}h${-width}z`;
  const path = crossed ? outline + cross(x + width / 2, y + height / 2, Math.min(width, height)) : outline;
  return (
    <>
      <path className="vanish-halo" d={path} />
      <path className="vanish-line" d={path} />
    </>
  );
}

function cross(x: number, y: number, availablePx: number): string {
  const arm = Math.min(availablePx, MAX_CROSS_PX) / 2;
  const across = 2 * arm;
  return `M${x - arm} ${y - arm}l${across} ${across}m0 ${-across}l${-across} ${across}`;
}
