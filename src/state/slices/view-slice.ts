import type { StateCreator } from "zustand";
import { type Convention, type Plane, planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { NO_SOLO, ONE_SELECTED, soloNames, soloOf } from "../regions/selected-regions.ts";
import type { LinkedView } from "../view/url.ts";
import { WHOLE_PLANES } from "./slices-slice.ts";

/** Grey values: `level` is drawn mid-grey, `width` spans black to white. */
export interface WindowLevel {
  readonly level: number;
  readonly width: number;
}

export interface ViewState {
  readonly plane: Plane;
  readonly convention: Convention;
  /** The crosshair, a full-size voxel. */
  readonly voxel: Triple;
  /** 1 shows the whole slice. */
  readonly zoom: number;
  readonly panMm: readonly [number, number];
  readonly window: WindowLevel;
  /** 0..1 */
  readonly fillOpacity: number;
  readonly outline: boolean;
  readonly crosshair: boolean;
  readonly drawFrom: "label-first" | "bit-packed";
}

/** What fills the middle of the page. */
export type CentreView = "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";

export type Tool = "crosshair" | "pan" | "window" | "patch" | "ruler";

/** What the pointer rests on. */
export interface Hover {
  readonly voxel: Triple;
  readonly row: number;
  readonly column: number;
}

export interface ViewSlice {
  readonly view: ViewState;
  readonly tool: Tool;
  readonly centre: CentreView;
  /** Draws a hatch over voxels whose label does not come back from a perfect prediction. */
  readonly showChanged: boolean;
  /** Draws boxes over the tiles around the components that vanish at some scale. */
  readonly showVanishing: boolean;
  /**
   * Shows what the last frames cost; kept in no address and no storage, so that it is off again the next
   * time.
   */
  readonly showFrameTimes: boolean;
  /** Height of the grid's rows in CSS px; null fits them to the slice. */
  readonly rowHeightPx: number | null;
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bits: boolean };
  /** Names of regions without a row in the grid. */
  readonly hidden: ReadonlySet<string>;
  readonly solo: string | null;
  readonly selectedRegion: string | null;
  /** Regions that the finding last clicked is about. */
  readonly concerned: readonly string[];
  readonly hover: Hover | null;
  /** What the page's address asked for, until the case it is about is open. */
  readonly link: LinkedView | null;

  viewLinked(link: LinkedView): void;
  setView(change: Partial<ViewState>): void;
  setPlane(plane: Plane): void;
  /** Moves the crosshair; clamped to the volume. */
  setVoxel(voxel: Triple): void;
  /** Moves the crosshair by whole slices of the current plane; positive towards S, A, R. */
  stepSlice(slices: number): void;
  /** Moves the crosshair within the plane, in voxels to the right and down on the screen. */
  nudge(right: number, down: number): void;
  zoomBy(factor: number): void;
  resetView(): void;
  setWindow(window: WindowLevel): void;
  setTool(tool: Tool): void;
  setCentre(centre: CentreView): void;
  toggleShowChanged(): void;
  toggleShowVanishing(): void;
  toggleShowFrameTimes(): void;
  setRowHeight(px: number | null): void;
  togglePanel(panel: "left" | "right" | "bits"): void;
  toggleHidden(name: string): void;
  showAll(): void;
  /** Shows one region alone; one that is shown alone already joins the others again. */
  toggleSolo(name: string): void;
  selectRegion(name: string | null): void;
  /** Marks the regions of a finding and selects the first. */
  concern(names: readonly string[]): void;
  hovered(hover: Hover | null): void;
}

/** Whether the middle shows whole slices, which have a zoom of their own. */
export function showsPanes({ centre }: Pick<ViewSlice, "centre">): boolean {
  return centre === "planes" || centre === "lightbox" || centre === "compare";
}

/** Whether the middle shows slices that rulers lie on. */
export function hasRulers({ centre }: Pick<ViewSlice, "centre">): boolean {
  return centre === "grid" || showsPanes({ centre });
}

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 40;

export const DEFAULT_VIEW: ViewState = {
  plane: "coronal",
  convention: "radiological",
  voxel: [0, 0, 0],
  zoom: 1,
  panMm: [0, 0],
  window: { level: 40, width: 400 },
  fillOpacity: 0.45,
  outline: true,
  crosshair: true,
  drawFrom: "label-first",
};

export function clampVoxel(voxel: Triple, shape: Triple): Triple {
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(voxel[axis]), 0), shape[axis] - 1);
  return [along(0), along(1), along(2)];
}

export const createViewSlice: StateCreator<AppState, [], [], ViewSlice> = (set, get) => {
  const move = (voxel: Triple) => {
    const { openCase, view } = get();
    if (!openCase) return;
    const clamped = clampVoxel(voxel, sourceGrid(openCase.source).shape);
    // What the pointer rested on lies elsewhere now: the crosshair is what is probed until the pointer moves.
    if (clamped.some((n, axis) => n !== view.voxel[axis]))
      set({ view: { ...view, voxel: clamped }, hover: null });
  };
  const offset = (voxel: Triple, axis: 0 | 1 | 2, by: number): Triple => {
    const moved: [number, number, number] = [...voxel];
    moved[axis] += by;
    return moved;
  };

  return {
    view: DEFAULT_VIEW,
    tool: "crosshair",
    centre: "grid",
    showChanged: false,
    showVanishing: false,
    showFrameTimes: false,
    rowHeightPx: null,
    panels: { left: true, right: true, bits: true },
    hidden: new Set(),
    solo: null,
    selectedRegion: null,
    concerned: [],
    hover: null,
    link: null,

    viewLinked: (link) =>
      set((s) => ({
        link,
        mode: link.mode ?? s.mode,
        trainer: link.trainer ?? s.trainer,
        centre: link.centre ?? s.centre,
        rowHeightPx: link.rowHeightPx ?? s.rowHeightPx,
        showVanishing: link.showVanishing ?? s.showVanishing,
        ...link.layouts,
        paneScale: link.paneScale ?? s.paneScale,
        maximised: link.maximised ?? s.maximised,
        split: link.split ?? s.split,
        showLost: link.showLost ?? s.showLost,
        outlinePx: link.outlinePx ?? s.outlinePx,
        solidCut: link.solidCut ?? s.solidCut,
        colorBy: link.colorBy ?? s.colorBy,
        fileColors: link.fileColors ?? s.fileColors,
        view: { ...s.view, ...link.view },
      })),
    setView: (change) => set((s) => ({ view: { ...s.view, ...change } })),
    setPlane: (plane) => set((s) => ({ view: { ...s.view, plane, zoom: 1, panMm: [0, 0] }, hover: null })),
    setVoxel: move,
    stepSlice: (slices) => {
      const { openCase, view } = get();
      if (!openCase) return;
      const { slice } = planeAxes(sourceGrid(openCase.source), view.plane);
      move(offset(view.voxel, slice.axis, slices * slice.direction));
    },
    nudge: (right, down) => {
      const { openCase, view } = get();
      if (!openCase) return;
      const { horizontal, vertical } = planeAxes(sourceGrid(openCase.source), view.plane, view.convention);
      const across = offset(view.voxel, horizontal.axis, right * horizontal.direction);
      move(offset(across, vertical.axis, down * vertical.direction));
    },
    zoomBy: (factor) => {
      if (showsPanes(get())) get().zoomPlanesBy(factor);
      else
        set((s) => ({
          hover: null,
          view: { ...s.view, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, s.view.zoom * factor)) },
        }));
    },
    resetView: () => {
      if (showsPanes(get())) set({ hover: null, planes: WHOLE_PLANES });
      else set((s) => ({ hover: null, view: { ...s.view, zoom: 1, panMm: [0, 0] } }));
    },
    setWindow: ({ level, width }) =>
      set((s) => ({ view: { ...s.view, window: { level, width: Math.max(width, 1e-6) } } })),
    setTool: (tool) => set({ tool }),
    setCentre: (centre) => set({ centre }),
    toggleShowChanged: () => set((s) => ({ showChanged: !s.showChanged })),
    toggleShowVanishing: () => set((s) => ({ showVanishing: !s.showVanishing })),
    toggleShowFrameTimes: () => set((s) => ({ showFrameTimes: !s.showFrameTimes })),
    setRowHeight: (rowHeightPx) => set({ rowHeightPx }),
    togglePanel: (panel) => set((s) => ({ panels: { ...s.panels, [panel]: !s.panels[panel] } })),
    toggleHidden: (name) =>
      set((s) => {
        const hidden = new Set(s.hidden);
        if (!hidden.delete(name)) hidden.add(name);
        return { hidden };
      }),
    showAll: () => set({ hidden: new Set(), ...NO_SOLO }),
    toggleSolo: (name) =>
      set((s) => {
        const alone = soloNames(s);
        return soloOf(alone.has(name) ? [...alone].filter((other) => other !== name) : [name]);
      }),
    selectRegion: (selectedRegion) => set({ selectedRegion, ...ONE_SELECTED, concerned: [] }),
    concern: (concerned) => set({ concerned, selectedRegion: concerned[0] ?? null, ...ONE_SELECTED }),
    hovered: (hover) => set({ hover }),
  };
};
