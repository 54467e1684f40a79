/** Shows the open case on another of its grids; a pure function. */
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnRegions } from "../case/case-selectors.ts";
import { storedCase } from "../case/stored-case.ts";
import * as benchmarkSlice from "../slices/benchmark-slice.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import * as gpuSlice from "../slices/gpu-slice.ts";
import { clampVoxel } from "../slices/view-slice.ts";
import { linkedRulers, mergeLink } from "./initial-view.ts";
import { regrid } from "./regrid-view.ts";

/**
 * The changes that show the training grid, or the stored one for null. The view stays at its place in the
 * patient, unless an address has waited for this grid.
 */
export function onGrid(s: AppState, grid: TrainingGrid | null): Partial<AppState> {
  const { openCase: before } = s;
  if (!before || (before.trained?.grid ?? null) === grid) return {};
  const stored = storedCase(before);
  const now: OpenCase = grid
    ? { ...stored, source: sourceOf(stored, grid), trained: { stored, grid } }
    : stored;
  if (now.source === before.source) return { openCase: now, linkOnTrained: null };
  const moved = regrid(sourceGrid(before.source), sourceGrid(now.source), s);
  const { voxel } = s.view;
  // Where the grid is coarser, several voxels come to the same one. Back from it, none of them has moved.
  const left =
    s.leftVoxel?.source === now.source && `${s.leftVoxel.cameTo}` === `${voxel}` ? s.leftVoxel : null;
  const view = left ? { ...moved.view, voxel: left.voxel } : moved.view;
  const names = new Set(selectDrawnRegions(s).map(({ name }) => name));
  const linked = grid && isUntouched(s, before) ? mergeLink(view, s.linkOnTrained, now, names) : {};
  return {
    ...gpuSlice.PER_CASE,
    survivalResult: null,
    componentShares: null,
    ...resultsOn(now.source, s),
    ...benchmarkSlice.PER_CASE,
    ...moved,
    view,
    leftVoxel: { source: before.source, voxel, cameTo: view.voxel },
    ...linked,
    rulers: (grid && rulersOfLink(s, before, now)) ?? moved.rulers,
    ...(grid ? { linkOnTrained: null } : {}),
    openCase: now,
    survivalStep: null,
    rulerDraft: null,
    hover: null,
  };
}

/** False once the crosshair has left the place that the address gave it on the first grid. */
function isUntouched({ linkOnTrained, view }: AppState, { source }: OpenCase): boolean {
  const voxel = linkOnTrained?.voxel;
  return voxel !== undefined && `${clampVoxel(voxel, sourceGrid(source).shape)}` === `${view.voxel}`;
}

/** The rulers of an address that has waited for this grid; null once the user has drawn or removed some. */
function rulersOfLink({ linkOnTrained, rulers }: AppState, before: OpenCase, now: OpenCase) {
  if (!linkOnTrained) return null;
  const asLinked = linkedRulers(linkOnTrained, sourceGrid(before.source));
  return JSON.stringify(rulers) === JSON.stringify(asLinked)
    ? linkedRulers(linkOnTrained, sourceGrid(now.source))
    : null;
}

const sources = new WeakMap<TrainingGrid, Source>();

/** The same object each time, so that what was made from it can be found again. */
function sourceOf({ source: stored }: OpenCase, grid: TrainingGrid): Source {
  if (stored.kind === "labels" && stored.volume === grid.volume) return stored;
  const known = sources.get(grid);
  if (known) return known;
  const source: Source = { kind: "labels", volume: grid.volume };
  sources.set(grid, source);
  return source;
}

/** The results on this grid if they are known, while those on the grid that is left are kept. */
function resultsOn(source: Source, { openCase, onOtherGrid, ...s }: AppState): Partial<AppState> {
  const { regionVoxels, verified, path, pathReason, componentShares } = s;
  const survivalResult = s.survivalResult?.complete ? s.survivalResult : null;
  const results = { regionVoxels, verified, path, pathReason, survivalResult, componentShares };
  const left = openCase && { source: openCase.source, ...results };
  if (onOtherGrid?.source !== source) return { onOtherGrid: left };
  const { source: _, ...known } = onOtherGrid;
  return { ...known, onOtherGrid: left };
}
