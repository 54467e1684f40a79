/**
 * Draws panes by plain loops: the oracle for `shaders/slices/slices.wgsl` and `composite-layers.wgsl`. Slow,
 * and as literal as possible.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { axisPlacement, type PlacedTargets, targetPosition } from "../../domain/targets/placed-targets.ts";
import { downsample, maskOf } from "../../domain/targets/reference.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { CROSSHAIR_ALPHA, CROSSHAIR_COLOR, GAP_COLOR, OUTSIDE_COLOR } from "../shared/grid-colors.ts";
import { type SliceGeometry, sliceGeometry } from "../slices/slice-geometry.ts";
import type { EntryStyle, Layer, SlicePane, SliceScene, SliceTargets } from "../slices/slice-scene.ts";
import { DIFFERENCE_ALPHA, ONLY_HERE, ONLY_THERE } from "../slices/slice-uniforms.ts";
import { greyAt, holds, mix } from "./grid-reference.ts";

export interface SliceCase {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly targets: PlacedTargets;
}

interface SlicesPicture {
  readonly width: number;
  readonly height: number;
  /** RGB, 0..255, not rounded. */
  readonly pixels: Float64Array;
}

const HATCH_LINES = 7;

export function drawSlices(
  cases: readonly SliceCase[],
  image: ArrayLike<number> | null,
  scene: SliceScene,
): SlicesPicture {
  const [first] = cases;
  if (!first) throw new Error("a scene needs a case");
  const grid = sourceGrid(first.source);
  const dpr = scene.devicePixelRatio;
  const [width, height] = [Math.round(scene.widthPx * dpr), Math.round(scene.heightPx * dpr)];
  const pixels = new Float64Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    pixels.set(
      GAP_COLOR.map((c) => c * 255),
      i * 3,
    );
  const masks = maskFinder(cases);
  const entries = entryFinder(first);
  for (const pane of scene.panes) {
    const at = sliceGeometry(grid, pane, scene.view, dpr);
    for (let j = 0; j < at.geometry.tilePx[1]; j++)
      for (let i = 0; i < at.geometry.tilePx[0]; i++) {
        const [x, y] = [at.corner[0] + i, at.corner[1] + j];
        const color = pixelOf(
          { cases, masks, entries, image, scene, pane, at, shape: grid.shape },
          [i, j],
          [x, y],
        );
        pixels.set(
          color.map((c) => c * 255),
          (y * width + x) * 3,
        );
      }
  }
  return { width, height, pixels };
}

type MaskFinder = (targets: SliceTargets, channel: number) => Uint8Array;

/** Caches the masks of a channel at a scale. */
function maskFinder(cases: readonly SliceCase[]): MaskFinder {
  const made = new Map<string, Uint8Array>();
  return ({ side, scale }, channel) => {
    const key = [side, scale, channel].join();
    const known = made.get(key);
    const [one, placed] = [cases[side], cases[side]?.targets.scales[scale]];
    if (known) return known;
    if (!one || !placed) throw new Error("no such targets");
    const mask = downsample(
      maskOf(one.source, one.table, channel),
      sourceGrid(one.source).shape,
      placed.tables,
    );
    made.set(key, mask);
    return mask;
  };
}

function entryFinder({ source, targets }: SliceCase): Pixel["entries"] {
  const made = new Map<number, Uint32Array>();
  return (scale) => {
    const placed = targets.scales[scale];
    if (source.kind !== "labels" || !placed) return new Uint32Array(0);
    const known =
      made.get(scale) ??
      downsample(Uint32Array.from(source.volume.indices), source.volume.grid.shape, placed.tables);
    made.set(scale, known);
    return known;
  };
}

interface Pixel {
  readonly cases: readonly SliceCase[];
  readonly masks: MaskFinder;
  /** Palette entries of a scale of the first case. */
  readonly entries: (scale: number) => Uint32Array;
  readonly image: ArrayLike<number> | null;
  readonly scene: SliceScene;
  readonly pane: SlicePane;
  readonly at: SliceGeometry;
  readonly shape: Triple;
}

function pixelOf(pixel: Pixel, px: readonly [number, number], canvasPx: readonly [number, number]): Rgb {
  const { scene, pane, at, shape, image } = pixel;
  const { geometry } = at;
  const full = fullPosition(pixel, px, [0, 0]);
  const sides = [geometry.axes.horizontal.axis, geometry.axes.vertical.axis] as const;
  if (sides.some((axis) => full[axis] < 0 || full[axis] >= shape[axis])) return OUTSIDE_COLOR;
  let color = greyAt({ image, view: scene.view }, shape, full);
  const [x, y] = [canvasPx[0] + 0.5, canvasPx[1] + 0.5];
  const onStripe = stripe(x + y, geometry.linePx);
  const style = entryStyleOf(pixel, px);
  if (style) color = mix(color, style.color, onStripe ? style.stripe : style.fill);
  let tint: Rgb = [0, 0, 0];
  let opacity = 0;
  for (const layer of style ? [] : scene.layers) {
    if (!isHeld(pixel, pane.targets, layer, px, [0, 0])) continue;
    const own = onStripe ? layer.stripe : layer.fill;
    if (own === 0) continue;
    tint = mix(tint, layer.color, own >= opacity ? 1 : own / opacity);
    opacity = Math.max(opacity, own);
  }
  color = mix(color, tint, opacity);
  const outlined = scene.layers.filter(
    (layer) =>
      layer.outline > 0 && isHeld(pixel, pane.targets, layer, px, [0, 0]) && isAtEdge(pixel, layer, px),
  );
  const top = outlined.at(-1);
  if (top) color = mix(color, top.color, top.outline);

  const { against } = pane;
  if (against) {
    const differs = (a: SliceTargets, b: SliceTargets) =>
      scene.layers.some(
        (layer) => isHeld(pixel, a, layer, px, [0, 0]) && !isHeld(pixel, b, layer, px, [0, 0]),
      );
    if (differs(against, pane.targets) && stripe(x - y, geometry.linePx))
      color = mix(color, ONLY_THERE, DIFFERENCE_ALPHA);
    else if (differs(pane.targets, against) && onStripe) color = mix(color, ONLY_HERE, DIFFERENCE_ALPHA);
  }
  const past = geometry.crosshairPx.map((line, side) => (px[side] ?? 0) + 0.5 - line);
  const isFar = past.some((at) => Math.abs(at - geometry.linePx / 2) >= geometry.crosshairGapPx);
  const onLine = isFar && past.some((at) => at >= 0 && at < geometry.linePx);
  if (scene.view.crosshair && onLine) color = mix(color, CROSSHAIR_COLOR, CROSSHAIR_ALPHA);
  return color;
}

function stripe(along: number, linePx: number): boolean {
  const at = along / (HATCH_LINES * linePx);
  return at - Math.floor(at) < 0.5;
}

/** Returns the full-size position under a pane px, moved by some px. */
function fullPosition(
  { at: { geometry, voxel } }: Pixel,
  px: readonly [number, number],
  moved: readonly [number, number],
): [number, number, number] {
  const full: [number, number, number] = [voxel[0] + 0.5, voxel[1] + 0.5, voxel[2] + 0.5];
  const { horizontal, vertical } = geometry.axes;
  full[horizontal.axis] = geometry.origin[0] + geometry.step[0] * (px[0] + 0.5 + moved[0]);
  full[vertical.axis] = geometry.origin[1] + geometry.step[1] * (px[1] + 0.5 + moved[1]);
  return full;
}

function isHeld(
  pixel: Pixel,
  targets: SliceTargets,
  { channel }: Layer,
  px: readonly [number, number],
  moved: readonly [number, number],
): boolean {
  const one = pixel.cases[targets.side];
  const placed = one?.targets.scales[targets.scale];
  if (!one || !placed) return false;
  const full = fullPosition(pixel, px, moved);
  const along = (axis: 0 | 1 | 2) =>
    Math.floor(targetPosition(axisPlacement(one.targets, placed, axis), full[axis]));
  return holds(pixel.masks(targets, channel), placed.shape, [along(0), along(1), along(2)]);
}

/** Returns the tint of the palette entry under a pane px; null if layers tint the voxels. */
function entryStyleOf(pixel: Pixel, px: readonly [number, number]): EntryStyle | null {
  const { cases, scene, pane, entries } = pixel;
  const one = cases[pane.targets.side];
  const placed = one?.targets.scales[pane.targets.scale];
  if (!scene.stylesByEntry || pane.targets.side !== 0 || one?.source.kind !== "labels" || !placed)
    return null;
  const full = fullPosition(pixel, px, [0, 0]);
  const along = (axis: 0 | 1 | 2) =>
    Math.floor(targetPosition(axisPlacement(one.targets, placed, axis), full[axis]));
  const at: Triple = [along(0), along(1), along(2)];
  if (at.some((n, axis) => n < 0 || n >= (placed.shape[axis] ?? 0))) return null;
  const entry = entries(pane.targets.scale)[(at[0] * placed.shape[1] + at[1]) * placed.shape[2] + at[2]];
  return scene.stylesByEntry[entry ?? -1] ?? null;
}

function isAtEdge(pixel: Pixel, layer: Layer, px: readonly [number, number]): boolean {
  const { scene, pane } = pixel;
  const reach = Math.max(1, Math.round(scene.view.outlinePx * scene.devicePixelRatio));
  const around = [
    [-reach, 0],
    [reach, 0],
    [0, -reach],
    [0, reach],
  ] as const;
  return around.some((moved) => !isHeld(pixel, pane.targets, layer, px, moved));
}
