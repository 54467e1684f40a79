/** Selectors for what the lanes of a slice track show. */
import { memo } from "../../base/memo.ts";
import { inSlice } from "../../domain/analysis/slice-set.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectDrawnTable } from "../../state/case/case-selectors.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { selectRegionSlices, selectSelectedRows } from "../../state/regions/slice-selectors.ts";

export interface SliceTrackLanes {
  /** One per selected region. */
  readonly selected: readonly { readonly name: string; readonly hex: string; readonly slices: Uint32Array }[];
  /** Number of shown regions in each slice. */
  readonly shown: Uint16Array;
  readonly most: number;
}

const lanesAlong = (axis: 0 | 1 | 2) =>
  memo(
    (s: AppState) => [
      selectRegionSlices(s),
      selectDrawnTable(s),
      selectRows(s),
      selectSelectedRows(s),
      s.openCase?.source,
    ],
    (slices, table, rows, selected, source): SliceTrackLanes | null => {
      if (!slices || !source) return null;
      const shown = new Uint16Array(sourceGrid(source).shape[axis]);
      for (const { channel } of rows) {
        const of = slices.of(table, channel, axis);
        for (let i = 0; i < shown.length; i++) if (inSlice(of, i)) shown[i] = (shown[i] ?? 0) + 1;
      }
      return {
        selected: selected.map(({ name, hex, channel }) => ({
          name,
          hex,
          slices: slices.of(table, channel, axis),
        })),
        shown,
        most: shown.reduce((most, n) => Math.max(most, n), 0),
      };
    },
  );

/** Lanes along an array axis; null while they are being computed. */
export const selectSliceTrackLanes = [lanesAlong(0), lanesAlong(1), lanesAlong(2)] as const;
