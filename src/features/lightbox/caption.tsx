/** Line above the tiles: plane, shown region, range of slices and scale bar. */
import type { Rect } from "../../base/rect.ts";
import type { Grid, Plane } from "../../domain/geometry/grid.ts";
import { scaleBarOf } from "../../domain/geometry/scale-bar.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { fittedPxPerMm } from "../../state/view/initial-view.ts";
import type { ShownSlices } from "../../state/view/tiles.ts";
import { PLANE_NAMES } from "../../state/view/view-names.ts";

interface Props {
  readonly plane: Plane;
  /** The only region shown. */
  readonly subject: string | null;
  /** True if the setting asks for one region but none is selected. */
  readonly wantsOne: boolean;
  /** True if the region has no voxels, in which case all slices are shown. */
  readonly absent: boolean;
  readonly shown: ShownSlices;
  /** Index of the plane's last slice. */
  readonly last: number;
  readonly tile: Rect | null;
  readonly grid: Grid;
}

const MAX_BAR_PX = 60;

export function Caption({ plane, subject, wantsOne, absent, shown, last, tile, grid }: Props) {
  const zoom = useStore((s) => s.planes.zoom);
  const isTrained = useStore((s) => s.openCase?.trained != null);
  const isEmpty = useStore((s) => selectRows(s).length === 0);
  const { slices, step } = shown;
  const bar = tile && scaleBarOf(fittedPxPerMm(grid, plane, tile, zoom), MAX_BAR_PX);
  const every = step === 1 ? "every slice" : `every ${ordinal(step)}`;
  const [low, high] = [Math.min(...slices), Math.max(...slices)];
  return (
    <p className="lightbox-caption">
      <b>{PLANE_NAMES[plane]}</b>
      <span className="lightbox-subject">
        {subject ?? (isEmpty ? "no region shown" : wantsOne ? <NoneSelected /> : "all shown regions")}
      </span>
      <span>
        {absent && !isEmpty ? `not ${isTrained ? "on this grid" : "in this case"} · ` : ""}
        {slices.length > 0 ? (
          <>
            slices {low}–{high}
            <span className="lightbox-wide"> of 0–{last}</span>, {every}
          </>
        ) : (
          "no slices"
        )}
      </span>
      {bar ? (
        <span className="lightbox-bar" role="img" aria-label={`Scale bar: ${bar.text}`}>
          <i style={{ width: bar.px }} />
          {bar.text}
        </span>
      ) : null}
    </p>
  );
}

function NoneSelected() {
  return (
    <>
      none selected<span className="lightbox-wide">: all shown</span>
    </>
  );
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}
