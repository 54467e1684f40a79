/** Computes the values that `shaders/slices/slices.wgsl` and `composite-layers.wgsl` read. Pure. */

import type { Rgb } from "../../base/oklab.ts";
import type { Pair } from "../../base/pair.ts";
import type { PlaneAxes, Triple } from "../../domain/geometry/grid.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { placeOf, sliceOfScale } from "../grid/grid-uniforms.ts";
import { CROSSHAIR_ALPHA, CROSSHAIR_COLOR, GROUND_COLOR, OUTSIDE_COLOR } from "../shared/grid-colors.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import type { ExtractedSlice, WantedSlice } from "../shared/slice-extractor.ts";
import type { ViewGeometry } from "../shared/view-geometry.ts";
import type { SliceGeometry } from "./slice-geometry.ts";
import type { EntryStyle, Layer, SliceScene } from "./slice-scene.ts";

/** Colours of difference stripes: regions only here, and only there. The stripes also differ in direction. */
export const ONLY_HERE: Rgb = [0.25, 0.85, 1];
export const ONLY_THERE: Rgb = [1, 0.45, 0.85];
export const DIFFERENCE_ALPHA = 0.85;

export function frameValues(
  scene: SliceScene,
  canvas: readonly [number, number],
  words: number,
  image: ResidentImage | null,
) {
  const { view } = scene;
  const unit = image?.unit ?? 1;
  const width = Math.max(view.window.width, Number.EPSILON);
  return {
    canvas,
    line: Math.max(1, Math.round(scene.devicePixelRatio)),
    outline: outlineDevicePx(scene),
    crosshair_alpha: view.crosshair ? CROSSHAIR_ALPHA : 0,
    difference_alpha: DIFFERENCE_ALPHA,
    words,
    image_low: (view.window.level - width / 2) / unit,
    image_gain: unit / width,
    has_image: image ? 1 : 0,
    outside: OUTSIDE_COLOR,
    ground: GROUND_COLOR,
    crosshair_color: CROSSHAIR_COLOR,
    only_here: ONLY_HERE,
    only_there: ONLY_THERE,
  };
}

/** Finds the slice of targets at a full-size voxel; it may lie outside the part with targets. */
export function wantedSlice(
  shown: ResidentTargets,
  scale: number,
  axes: PlaneAxes,
  voxel: Triple,
): WantedSlice & { readonly isThere: boolean } {
  const [placed, resident] = [shown.targets.scales[scale], shown.scales[scale]];
  if (!placed || !resident || resident.voxels === 0) return { scale, axes, slice: 0, isThere: false };
  const { index, isThere } = sliceOfScale(shown.targets, placed, resident, axes.slice.axis, voxel);
  return { scale, axes, slice: index, isThere };
}

/** A place without a slice. */
export const NO_PLACE = { origin: [0, 0], step: [0, 0], shape: [0, 0], start: 0 } as const;

/** Describes a laid-out slice for a pane's pixels. */
export function placeValues(
  geometry: ViewGeometry,
  { targets }: ResidentTargets,
  scale: number,
  column: ExtractedSlice,
) {
  const placed = targets.scales[scale];
  if (!placed) return NO_PLACE;
  const { origin, step } = placeOf(geometry, targets, placed);
  return { origin, step, shape: column.shape, start: column.start };
}

/** Size of one pane px in a scale's slice, in its voxels. */
export function placeStep(geometry: ViewGeometry, { targets }: ResidentTargets, scale: number): Pair {
  const placed = targets.scales[scale];
  return placed ? placeOf(geometry, targets, placed).step : [0, 0];
}

/** Thickness of outlines in device px. */
export function outlineDevicePx({ view, devicePixelRatio }: SliceScene): number {
  return Math.max(1, Math.round(view.outlinePx * devicePixelRatio));
}

export function paneValues({ corner, geometry }: SliceGeometry) {
  const { tilePx, origin, step, shape, crosshairPx, crosshairGapPx } = geometry;
  return { corner, size: tilePx, origin, step, shape, crosshair: crosshairPx, crosshair_gap: crosshairGapPx };
}

/** Outline values, one per channel. */
export function channelValues(layers: readonly Layer[], words: number) {
  const values = Array.from({ length: words * 32 }, () => ({
    color: [0, 0, 0] as Rgb,
    outline: 0,
    rank: -1,
  }));
  for (const [rank, { channel, color, outline }] of layers.entries())
    values[channel] = { color, outline, rank };
  return values;
}

/** One bit per channel: outlined, then shown at all. */
export function shownBits(layers: readonly Layer[], words: number): Uint32Array<ArrayBuffer> {
  const bits = new Uint32Array(Math.max(1, words) * 2);
  for (const { channel, outline } of layers) {
    const [word, bit] = [channel >>> 5, 2 ** (channel & 31)];
    if (outline > 0) bits[word] = ((bits[word] ?? 0) | bit) >>> 0;
    bits[words + word] = ((bits[words + word] ?? 0) | bit) >>> 0;
  }
  return bits;
}

/** The layers, followed by the tints of palette entries. */
export function layerValues(layers: readonly Layer[], stylesByEntry: readonly EntryStyle[]) {
  return [
    ...layers.map(({ color, channel, fill, stripe, outline }) => ({
      color,
      channel,
      fill,
      stripe,
      outlined: outline > 0 ? 1 : 0,
    })),
    ...stylesByEntry.map(({ color, fill, stripe }) => ({ color, channel: 0, fill, stripe, outlined: 0 })),
  ];
}

/**
 * Colours of outlines, premultiplied: of no layer, then of each. Red is in the lowest byte, opacity in the
 * highest.
 */
export function outlineColors(layers: readonly Layer[]): Uint32Array<ArrayBuffer> {
  const bytes = layers.map(({ color: [r, g, b], outline }) =>
    [r * outline, g * outline, b * outline, outline].map((part) => Math.round(part * 255)),
  );
  return new Uint32Array(Uint8Array.from([0, 0, 0, 0, ...bytes.flat()]).buffer);
}

/** Maximum number of layers that a byte can distinguish, besides none. */
const MAX_RANKS = 255;

/** Checks whether outlines may extend beyond the edges of a pixel's own voxel. */
export function needsWideOutlines(
  layers: readonly Layer[],
  outlinePx: number,
  steps: readonly Pair[],
): boolean {
  return layers.length > MAX_RANKS || steps.flat().some((step) => Math.abs(step) * outlinePx > 1);
}
