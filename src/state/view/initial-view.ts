/** Computes the view that a case opens with; pure functions. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import {
  type Grid,
  type Plane,
  planeAxes,
  spacingMm,
  type Triple,
  voxelCount,
} from "../../domain/geometry/grid.ts";
import { liesInSlice } from "../../domain/geometry/lies-in-slice.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import {
  DEFAULT_VIEW,
  isOfAnyCase,
  type LinkedView,
  type StateFields,
  type ViewState,
} from "../../domain/view/fields.ts";
import { MIN_WINDOW, type WindowLevel } from "../../domain/view/view-values.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectionOf, soloOf } from "../regions/selected-regions.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import { clampVoxel } from "../slices/view-slice.ts";
import { changeBy, chosenFields } from "./field-values.ts";

const PLANES: readonly Plane[] = ["coronal", "axial", "sagittal"];

/** Ratio of slice thickness to the finest spacing above which the view opens in the acquisition plane. */
const THICK = 1.8;

/** Ratio of length to width beyond which a slice would be drawn less than a pixel wide. */
const SLIVER = 40;

/**
 * Coronal, unless the voxels are thick along one axis: then the plane perpendicular to it. If its slices are
 * slivers, as in a volume of one long row, the plane whose slices are closest to square.
 */
export function initialPlane(grid: Grid): Plane {
  const spacing = spacingMm(grid);
  const thickest = ([0, 1, 2] as const).reduce((a, b) => (spacing[b] > spacing[a] ? b : a), 0);
  const flat = grid.shape.indexOf(1);
  const across = flat >= 0 ? flat : spacing[thickest] > THICK * Math.min(...spacing) ? thickest : null;
  const usual = PLANES.find((plane) => planeAxes(grid, plane).slice.axis === across) ?? "coronal";
  const elongation = (plane: Plane) => {
    const [width, height] = planeExtentMm(grid, plane);
    return Math.max(width / height, height / width);
  };
  const squarest = PLANES.reduce((a, b) => (elongation(b) < elongation(a) ? b : a));
  return elongation(usual) > SLIVER ? squarest : usual;
}

/** The centroid of the labelled voxels, from every nth voxel; the middle of the volume if there are none. */
export function initialVoxel(source: Source): Triple {
  const { shape } = sourceGrid(source);
  const total = voxelCount(shape);
  const background = source.kind === "labels" ? source.volume.palette.indexOf(0) : -1;
  const foreground = (i: number) =>
    source.kind === "labels"
      ? source.volume.indices[i] !== background
      : source.stack.bitPlanes.some((bitPlane) => ((bitPlane[i >>> 5] ?? 0) >>> (i & 31)) & 1);
  // An odd step shares no factor with common shapes, so that not all examined voxels lie in one slice.
  const step = Math.max(1, Math.floor(total / 50_000)) | 1;
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < total; i += step) {
    if (!foreground(i)) continue;
    sum[0] += Math.floor(i / (shape[1] * shape[2]));
    sum[1] += Math.floor(i / shape[2]) % shape[1];
    sum[2] += i % shape[2];
    count += 1;
  }
  if (count === 0) return [shape[0] >> 1, shape[1] >> 1, shape[2] >> 1];
  return clampVoxel([sum[0] / count, sum[1] / count, sum[2] / count], shape);
}

/**
 * CT according to the image channel's name, as nnU-Net decides; without dataset.json, if air is at about
 * -1000.
 */
export function isCt(definition: DatasetDefinition | null, image: ImageVolume | null): boolean {
  if (definition) return definition.channelNames[0]?.toLowerCase() === "ct";
  return image !== null && image.min <= -900;
}

/** A soft-tissue window for CT, otherwise the 1st to 99.5th percentile of every nth value of the image. */
export function initialWindow(image: ImageVolume | null, ct: boolean): WindowLevel {
  if (ct || !image) return { level: 40, width: 400 };
  const step = Math.max(1, Math.floor(image.data.length / 20_000));
  const values: number[] = [];
  for (let i = 0; i < image.data.length; i += step) {
    const value = image.data[i] ?? Number.NaN;
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? 0;
  const [low, high] = [at(0.01), at(0.995)];
  return high > low ? { level: (low + high) / 2, width: high - low } : fullRange(image);
}

/** The window from the darkest to the brightest value of the image. */
export function fullRange(image: ImageVolume): WindowLevel {
  return { level: (image.min + image.max) / 2, width: Math.max(image.max - image.min, MIN_WINDOW) };
}

/** The requested configuration, else nnU-Net's 3d_fullres, else the first. */
export function initialConfiguration(plans: Plans | null, wanted: string | null): string | null {
  const names = plans?.configurations.map((entry) => entry.name) ?? [];
  return (
    names.find((name) => name === wanted) ?? names.find((name) => name === "3d_fullres") ?? names[0] ?? null
  );
}

/**
 * The view of a newly opened case; keeps preferences that hold for any case.
 * @param last the case before it: masks are drawn from bits, which nobody chose for what follows
 */
export function initialView(
  openCase: OpenCase,
  definition: DatasetDefinition | null,
  before: ViewState,
  last: OpenCase | null = null,
): ViewState {
  const ownSource = last?.source.kind === "masks" ? DEFAULT_VIEW.drawFrom : before.drawFrom;
  const grid = sourceGrid(openCase.source);
  return {
    ...before,
    plane: initialPlane(grid),
    voxel: initialVoxel(openCase.source),
    zoom: 1,
    panMm: [0, 0],
    window: initialWindow(openCase.image, isCt(definition, openCase.image)),
    drawFrom: openCase.source.kind === "masks" ? "bit-packed" : ownSource,
  };
}

/**
 * The view of another case of the same dataset: as before, but at a place of its own, unless it lies on the
 * same grid. Hounsfield units mean the same in every case, other grey values only in the same image.
 */
export function nextView(
  { openCase: before, definition: from, view }: Pick<AppState, "openCase" | "definition" | "view">,
  openCase: OpenCase,
  definition: DatasetDefinition | null,
  isInPlace: boolean,
): ViewState {
  const initial = initialView(openCase, definition, view, before);
  const [was, image] = [before?.image ?? null, openCase.image];
  const isSame = isInPlace && was?.min === image?.min && was?.max === image?.max;
  const areCt = was && image && isCt(from, was) && isCt(definition, image);
  const isUsualPlane = before && initialPlane(sourceGrid(before.source)) === initial.plane;
  return {
    ...(isInPlace ? { ...view, drawFrom: initial.drawFrom } : initial),
    plane: isUsualPlane ? view.plane : initial.plane,
    window: isSame || areCt ? view.window : initial.window,
  };
}

/**
 * Applies the view of the page's address, if it is for this case.
 * @param regions names in the case; other names in the address are ignored
 */
export function mergeLink(
  view: ViewState,
  link: LinkedView | null,
  openCase: OpenCase,
  regions: ReadonlySet<string>,
): Partial<StateFields> & { readonly view: ViewState } {
  if (!link?.sample || link.sample !== openCase.sampleId) return { view };
  const known = (names: Iterable<string>) => [...names].filter((name) => regions.has(name));
  // Fields that hold for any case were applied when the page opened, and may have changed since.
  const linked = changeBy(
    chosenFields(link, (row) => row.perCase === true || !isOfAnyCase(row)),
    view,
  );
  return {
    ...linked,
    view: { ...linked.view, voxel: clampVoxel(linked.view.voxel, sourceGrid(openCase.source).shape) },
    ...(link.rulers ? { rulers: linkedRulers(link, sourceGrid(openCase.source)) } : {}),
    ...(link.hidden ? { hidden: new Set(known(link.hidden)) } : {}),
    ...(link.solo ? soloOf(known([link.solo, ...(link.soloMore ?? [])])) : {}),
    ...(link.selectedRegion ? selectionOf(known([link.selectedRegion, ...(link.selectedMore ?? [])])) : {}),
  };
}

/** The rulers of an address that lie in a slice of the grid. */
export function linkedRulers({ rulers = [] }: LinkedView, grid: Grid): readonly Ruler[] {
  return rulers.filter((ruler) => liesInSlice(grid, ruler));
}

/** Extent of a plane's slices in mm: width, height. */
export function planeExtentMm(grid: Grid, plane: Plane): readonly [number, number] {
  const { horizontal, vertical } = planeAxes(grid, plane);
  const spacing = spacingMm(grid);
  return [
    grid.shape[horizontal.axis] * spacing[horizontal.axis],
    grid.shape[vertical.axis] * spacing[vertical.axis],
  ];
}

/** CSS px per mm of a slice that is fitted into an area and then magnified. */
export function fittedPxPerMm(
  grid: Grid,
  plane: Plane,
  area: { readonly width: number; readonly height: number },
  zoom: number,
): number {
  const [width, height] = planeExtentMm(grid, plane);
  return Math.min(area.width / width, area.height / height) * zoom;
}

interface SlicePosition {
  /** The voxel's index along the axis across the plane: like all voxel indices, counted from 0. */
  readonly slice: number;
  /** The index of the last slice. */
  readonly last: number;
  /** 1 if the next slice (towards S, A, R) has the higher index. */
  readonly direction: 1 | -1;
}

/** The position of the crosshair's slice in the volume. */
export function sliceOf(grid: Grid, plane: Plane, voxel: Triple): SlicePosition {
  const { axis, direction } = planeAxes(grid, plane).slice;
  return { slice: voxel[axis], last: grid.shape[axis] - 1, direction };
}
