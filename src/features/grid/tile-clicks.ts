/** What clicks on the grid's tiles do; its script loads with the first press. */
import { WHOLE_PLANES } from "../../domain/view/view-values.ts";
import { PictureClicks } from "../../state/actions/picture-clicks.ts";
import { setPlanes, setSliceOptions } from "../../state/actions/slices-actions.ts";
import { selectRegion, setActiveView, toggleSolo } from "../../state/actions/view-actions.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { regionsUnder } from "../../state/regions/regions-under.ts";
import { useStore } from "../../state/store.ts";
import type { Point } from "../../ui/controls/gesture-target.ts";
import type { GridHit } from "../../viewers/shared/grid-layout.ts";

export class TileClicks extends PictureClicks {
  /** Returns the name of the region that it selects; null if it selects none. */
  click(at: Point, { row, column, voxel }: GridHit): string | null {
    const state = useStore.getState();
    const own = selectRows(state)[row]?.name;
    const under = regionsUnder(state, voxel, column);
    // A tile draws only the region of its row, so that one is in front.
    const first = under.filter((name) => name === own);
    return this.select(at, [...first, ...under.filter((name) => name !== own)]);
  }

  /**
   * Shows the part of the slice that a tile shows as large as possible, with the tile's region and scale, in
   * the Planes view; a double click there restores all planes.
   */
  maximise({ row, column }: GridHit): void {
    this.takeBack();
    const state = useStore.getState();
    const region = selectRows(state)[row];
    if (!region) return;
    selectRegion(region.name);
    if (state.solo !== region.name) toggleSolo(region.name);
    const { plane, zoom, panMm } = state.view;
    setSliceOptions({ sliceScale: column, maximised: plane });
    setPlanes({ zoom, pans: { ...WHOLE_PLANES.pans, [plane]: panMm } });
    setActiveView("planes");
  }
}
