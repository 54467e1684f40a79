/** Computes the view that a case opens with; pure functions. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { type Grid, type Plane, planeAxes, type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { liesInSlice } from "../../domain/geometry/lies-in-slice.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import {
  DEFAULT_VIEW,
  isOfAnyCase,
  type LinkedView,
  type StateFields,
  type ViewState,
} from "../../domain/view/fields.ts";
import { initialPlane, planeExtentMm } from "../../domain/view/initial-plane.ts";
import { initialWindow, isCt } from "../../domain/view/initial-window.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectionOf, soloOf } from "../regions/selected-regions.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import { clampVoxel } from "../slices/view-slice.ts";
import { changeBy, chosenFields } from "./field-values.ts";

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
