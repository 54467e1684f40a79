/** Panes with their geometry and the slices that they read. Pure. */
import type { PanePlaces, PaneSlices, Sides } from "./slice-buffers.ts";
import { type SliceGeometry, sliceGeometry } from "./slice-geometry.ts";
import type { SliceVariant } from "./slice-pipeline.ts";
import type { SlicePane, SliceScene } from "./slice-scene.ts";
import {
  NO_PLACE,
  needsWideOutlines,
  outlineDevicePx,
  paneValues,
  placeStep,
  placeValues,
  wantedSlice,
} from "./slice-uniforms.ts";

/** A pane with its geometry and slices. */
export interface LaidOutPane {
  readonly pane: SlicePane;
  readonly at: SliceGeometry;
  readonly slices: ReturnType<typeof slicesOf>;
}

export function layOutPanes(sides: Sides, scene: SliceScene | null): readonly LaidOutPane[] {
  const [shown] = sides;
  if (!scene || !shown) return [];
  return scene.panes.map((pane) => {
    const at = sliceGeometry(shown.resident.grid, pane, scene.view, scene.devicePixelRatio);
    return { at, pane, slices: slicesOf(sides, pane, at) };
  });
}

export function variantOf(
  sides: Sides,
  scene: SliceScene | null,
  laid: readonly LaidOutPane[],
  hasImage: boolean,
): SliceVariant {
  const steps = laid.flatMap(({ at, pane: { targets } }) => {
    const shown = sides[targets.side];
    return shown ? [placeStep(at.geometry, shown, targets.scale)] : [];
  });
  return {
    difference: laid.some(({ pane }) => pane.against !== null),
    wideOutlines: scene !== null && needsWideOutlines(scene.layers, outlineDevicePx(scene), steps),
    interpolated: hasImage && (scene?.view.interpolated ?? false),
  };
}

function slicesOf(
  sides: Sides,
  { targets, against }: SlicePane,
  { geometry: { axes }, voxel }: SliceGeometry,
): PaneSlices & { readonly ownIsThere: boolean; readonly otherIsThere: boolean } {
  const find = ({ side, scale }: SlicePane["targets"]) => {
    const shown = sides[side];
    const found = shown ? wantedSlice(shown, scale, axes, voxel) : null;
    const { isThere, ...slice } = found ?? { scale, axes, slice: 0, isThere: false };
    return { slice: { ...slice, side }, isThere };
  };
  const own = find(targets);
  const other = against && sides[against.side] ? find(against) : null;
  return {
    image: { axes, slice: voxel[axes.slice.axis] },
    own: own.slice,
    other: other?.slice ?? null,
    ownIsThere: own.isThere,
    otherIsThere: other?.isThere ?? false,
  };
}

/** Returns a pane's values for `shaders/slices/slices.wgsl`. */
export function valuesOf(
  sides: Sides,
  { at, slices, pane: { targets, against } }: LaidOutPane,
  places: PanePlaces | undefined,
) {
  const [own, other] = [sides[targets.side], against ? sides[against.side] : null];
  return {
    ...paneValues(at),
    image_start: places?.imageStart ?? 0,
    composite_start: places?.compositeStart ?? 0,
    has_difference: other && places?.other ? 1 : 0,
    own:
      own && places && slices.ownIsThere
        ? placeValues(at.geometry, own, targets.scale, places.own)
        : NO_PLACE,
    other:
      other && against && places?.other && slices.otherIsThere
        ? placeValues(at.geometry, other, against.scale, places.other)
        : NO_PLACE,
  };
}
