/**
 * Places marks over the grid's tiles for the components of a region that have no voxel at a scale of what is
 * shown, if the slice cuts them.
 */

import { memo } from "../../base/memo.ts";
import type { Pair } from "../../base/pair.ts";
import type { ComponentSurvival } from "../../domain/analysis/survival.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { DEFAULT_VIEW } from "../../domain/view/fields.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { boxesInTile, type TileRect, tileSizePx } from "../../viewers/grid/component-boxes.ts";
import { placeCaptions } from "../../viewers/grid/place-captions.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import { viewGeometry } from "../../viewers/shared/view-geometry.ts";
import type { SurvivalOutcome, SurvivalRow } from "./survival-rows.ts";

export type { TileRect } from "../../viewers/grid/component-boxes.ts";

/** Maximum number of boxes in a tile; further ones are only counted. */
const MAX_BOXES = 12;

type VanishingOutcome = Extract<SurvivalOutcome, { readonly scale: number }>;

export interface VanishingBox {
  /** Index among the region's components, largest first. */
  readonly component: number;
  readonly outcome: VanishingOutcome;
  readonly rect: TileRect;
  /** State at this tile's scale. `gone` also covers scales before the first one used in the loss. */
  readonly here: "present" | "emptied" | "gone";
  /**
   * Corner of its text, in the tile of the first scale without it; null in other tiles and if there is no
   * room.
   */
  readonly caption: Pair | null;
}

export interface TileOverlay {
  readonly boxes: readonly VanishingBox[];
  /** Number of further ones that are not drawn. */
  readonly more: number;
  /** True if the region has unlisted components, of which it is unknown whether they are in the tile. */
  readonly moreAtLeast: boolean;
}

/** Sizes of text in CSS px. */
export interface CaptionMetrics {
  readonly of: (tileWidthPx: number) => Pair;
  /** Rectangle of the text that counts the rest. */
  readonly more: (atLeast: boolean) => TileRect;
  /** Rectangles of the orientation letters; kept free if there is room elsewhere. */
  readonly letters: (tilePx: Pair) => readonly TileRect[];
}

/**
 * Everything that decides where the slice is drawn in a tile. The object stays the same while the crosshair
 * moves within the slice.
 */
export const selectSlicePlace = memo(
  (s: AppState) => {
    const grid = s.openCase ? sourceGrid(s.openCase.source) : null;
    const axis = grid ? planeAxes(grid, s.view.plane).slice.axis : 0;
    const { plane, convention, voxel, zoom, panMm } = s.view;
    return [grid, plane, convention, axis, voxel[axis], zoom, panMm];
  },
  (grid, plane, convention, axis, slice, zoom, panMm) => {
    if (!grid) return null;
    const voxel: [number, number, number] = [0, 0, 0];
    voxel[axis] = slice;
    return { grid, slice, view: { ...DEFAULT_VIEW, plane, convention, voxel, zoom, panMm } };
  },
);

export type SlicePlace = NonNullable<ReturnType<typeof selectSlicePlace>>;

/** Returns the marks of one row, one tile per scale; none while nothing is known about the region. */
export function vanishingOverlay(
  { grid, slice, view }: SlicePlace,
  layout: GridLayout,
  { survival, outcomes }: Pick<SurvivalRow, "survival" | "outcomes">,
  sizes: CaptionMetrics,
): readonly TileOverlay[] {
  if (!survival) return [];
  const geometry = viewGeometry(grid, layout, view);
  const { boxes, more } = boxesInTile(
    geometry,
    slice,
    vanishingComponents(survival.components, outcomes),
    MAX_BOXES,
  );
  const [width, height] = tileSizePx(geometry);
  const bounds: TileRect = { x: 1, y: 1, width: width - 2, height: height - 2 };
  const moreAtLeast = survival.rest.components > 0;
  const taken: readonly TileRect[] = more > 0 ? [sizes.more(moreAtLeast)] : [];
  const letters = sizes.letters([width, height]).map((rect) => ({ rect, size: null }));
  return survival.perScale.map((_, scale): TileOverlay => {
    const here = boxes.map(({ of }) =>
      of.outcome.scale === scale ? "emptied" : of.perScale[scale] === 0 ? "gone" : "present",
    );
    const captions = placeCaptions(
      [
        ...boxes.map(({ rect }, i) => ({
          rect,
          size: here[i] === "emptied" ? sizes.of(width) : null,
        })),
        ...letters,
      ],
      bounds,
      taken,
    );
    return {
      boxes: boxes.map(({ of: { component, outcome }, rect }, i) => ({
        component,
        outcome,
        rect,
        here: here[i] ?? "present",
        caption: captions[i] ?? null,
      })),
      more,
      moreAtLeast,
    };
  });
}

interface VanishingComponent extends ComponentSurvival {
  readonly component: number;
  readonly outcome: VanishingOutcome;
}

/**
 * Puts components that the loss misses first, because a tile may have too many of the others. Within each
 * kind, largest first.
 */
function vanishingComponents(
  components: readonly ComponentSurvival[],
  outcomes: readonly SurvivalOutcome[],
): VanishingComponent[] {
  const lost = components.flatMap((survival, component): VanishingComponent[] => {
    const outcome = outcomes[component];
    return outcome?.kind === "emptied" || outcome?.kind === "weightless"
      ? [{ ...survival, component, outcome }]
      : [];
  });
  return [...lost].sort(
    (a, b) => Number(a.outcome.kind === "weightless") - Number(b.outcome.kind === "weightless"),
  );
}
