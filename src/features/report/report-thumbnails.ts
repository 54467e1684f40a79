/**
 * Draws the images of a printable report: one slice of each region at every scale, on the CPU in short steps.
 */
import { timeSlice } from "../../base/time-slice.ts";
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import { type Grid, type Plane, type PlaneAxes, planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import {
  cropAround,
  cropMm,
  greyLookup,
  type RenderedSlice,
  renderSlice,
  type SliceCrop,
} from "../../domain/report/render-slice.ts";
import type { Report } from "../../domain/report/report.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { selectAxisTables, selectRegionTable } from "../../state/case/case-selectors.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { type CaseReport, survivalInChannels } from "./report.ts";

/** One region's slice at every scale. */
export interface RegionThumbnails {
  readonly channel: number;
  readonly plane: Plane;
  /** The patient's side at each edge. */
  readonly letters: PlaneAxes["letters"];
  /** Index of the slice, from 0, and the number of slices. */
  readonly slice: number;
  readonly slices: number;
  readonly example: Triple;
  /** Width and height of the part of the slice that is shown, in mm. */
  readonly sizeMm: readonly [number, number];
  /** Data URLs of PNG files, one per scale. */
  readonly images: readonly string[];
}

/** Most regions with images: nobody prints or reads hundreds. */
const MAX_THUMBNAILS = 40;

/** Length of the longer side: sharp in print without making the page large. */
const LONG_SIDE_PX = 240;

/** Longest time the page is blocked at once. One image takes a few ms. */
const SLICE_MS = 20;

/**
 * Channels to draw, ascending: all present ones, or, if there are too many, first those named in errors and
 * warnings.
 */
export function picturedChannels({ regions, findings, scales }: Report, most = MAX_THUMBNAILS): number[] {
  const highlighted = new Set(findings.filter((f) => f.severity !== "info").flatMap((f) => f.regions));
  const present = regions.flatMap(({ name }, channel) =>
    (scales[0]?.regionVoxels?.[channel] ?? 0) > 0 ? [{ channel, first: highlighted.has(name) }] : [],
  );
  const wanted = [...present.filter(({ first }) => first), ...present.filter(({ first }) => !first)];
  return wanted
    .slice(0, most)
    .map(({ channel }) => channel)
    .sort((a, b) => a - b);
}

export async function regionThumbnails(
  made: CaseReport,
  channels: readonly number[],
  signal: AbortSignal,
): Promise<RegionThumbnails[]> {
  const { state, openCase } = made;
  const { source, image } = openCase;
  const grid = sourceGrid(source);
  const { plane, window: levels } = state.view;
  const rows = selectRegionRows(state);
  const scales = selectAxisTables(state);
  const known =
    typeof made.survival === "string"
      ? await survivalInChannels(state, source, channels, signal)
      : made.survival;
  const byChannel = new Map(known.map((region) => [region.channel, region]));
  const grey = greyLookup(image, grid, levels);
  const member = memberLookup(source, made);
  const pause = timeSlice(SLICE_MS);
  const encode = pngEncoder();
  const pictures: RegionThumbnails[] = [];
  for (const channel of channels) {
    const region = byChannel.get(channel);
    const example = region?.components[0]?.example;
    if (!region || !example) continue;
    const crop = cropOf(grid, plane, region, example);
    const images: string[] = [];
    for (const [s, tables] of scales.entries()) {
      signal.throwIfAborted();
      await pause();
      const picture = renderSlice({
        grid,
        plane,
        voxel: example,
        crop,
        tables,
        grey,
        holds: member(channel),
        color: rows[channel]?.color ?? [1, 1, 1],
        showFullSize: s > 0,
        longSidePx: LONG_SIDE_PX,
      });
      images.push(await encode(picture));
    }
    const { letters, slice } = planeAxes(grid, plane);
    const { axis } = slice;
    pictures.push({
      channel,
      plane,
      letters,
      example,
      images,
      slice: example[axis],
      slices: grid.shape[axis],
      sizeMm: cropMm(grid, plane, crop),
    });
  }
  return pictures;
}

/** The crop around all components of the region that the slice crosses. */
function cropOf(grid: Grid, plane: Plane, { components }: RegionSurvival, example: Triple): SliceCrop {
  const { axis } = planeAxes(grid, plane).slice;
  const first: [number, number, number] = [...example];
  const last: [number, number, number] = [...example];
  for (const { box } of components) {
    if (box.first[axis] > example[axis] || box.last[axis] < example[axis]) continue;
    for (const a of [0, 1, 2] as const) {
      first[a] = Math.min(first[a], box.first[a]);
      last[a] = Math.max(last[a], box.last[a]);
    }
  }
  return cropAround(grid, plane, first, last);
}

/** Tests whether a full-size voxel belongs to a channel, without building the channel. */
function memberLookup(
  source: Source,
  { state }: CaseReport,
): (channel: number) => (index: number) => boolean {
  if (source.kind === "masks") {
    return (channel) => {
      const bitPlane = source.stack.bitPlanes[channel] ?? new Uint32Array(0);
      return (index) => (((bitPlane[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
    };
  }
  const { indices } = source.volume;
  const table = selectRegionTable(state);
  return (channel) => {
    const from = (channel >>> 5) * (table?.paletteSize ?? 0);
    return (index) => (((table?.bits[from + (indices[index] ?? 0)] ?? 0) >>> (channel & 31)) & 1) === 1;
  };
}

/** Encodes images as data URLs, on one canvas that stays on the CPU. */
function pngEncoder(): (picture: RenderedSlice) => Promise<string> {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser did not provide a canvas for the images.");
  return async ({ width, height, pixels }) => {
    canvas.width = width;
    canvas.height = height;
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
    return dataUrl(await canvas.convertToBlob({ type: "image/png" }));
  };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
