import type { TileRect } from "./vanishing-overlay.ts";

/** The cross of a large box stays this small: the mask under it is what one looks at. */
const MOST_CROSS_PX = 16;

interface Props {
  readonly rect: TileRect;
  readonly crossed: boolean;
}

/**
 * A box, drawn twice so that it shows on bright and on dark, with a cross in its middle where the component
 * vanishes.
 */
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

function cross(x: number, y: number, room: number): string {
  const arm = Math.min(room, MOST_CROSS_PX) / 2;
  const across = 2 * arm;
  return `M${x - arm} ${y - arm}l${across} ${across}m0 ${-across}l${-across} ${across}`;
}
