/** Selects the bounding boxes of the shown regions, to fit the camera to. */
import { memo } from "../../base/memo.ts";
import type { VoxelBox } from "../../domain/geometry/camera.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnTable } from "../case/case-selectors.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectRows } from "./region-rows.ts";
import { selectRegionSlices } from "./slice-selectors.ts";

/**
 * Bounding box of each shown region at full size, clipped to the patch if one is shown. Empty if no shown
 * region has voxels there, or slice occupancy is unknown.
 */
export const shownBoxes = memo(
  (s: AppState) => [selectRegionSlices(s), selectPatch(s), selectDrawnTable(s), selectRows(s)],
  (slices, patch, table, rows): readonly VoxelBox[] =>
    slices
      ? rows.flatMap(({ channel }) => {
          const along = ([0, 1, 2] as const).map((axis) => {
            const [first, last] = slices.range(table, [channel], axis) ?? [0, -1];
            return patch ? within(first, last, patch.origin[axis], patch.size[axis]) : { first, last };
          });
          const [z, y, x] = along;
          if (!z || !y || !x || along.some(({ first, last }) => first > last)) return [];
          const length = (side: Side) => side.last - side.first + 1;
          return { first: [z.first, y.first, x.first], shape: [length(z), length(y), length(x)] } as const;
        })
      : [],
);

interface Side {
  readonly first: number;
  readonly last: number;
}

function within(first: number, last: number, from: number, length: number): Side {
  return { first: Math.max(first, from), last: Math.min(last, from + length - 1) };
}
