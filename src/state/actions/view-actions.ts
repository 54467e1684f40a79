/** Actions that move the crosshair, zoom, switch views and choose regions. */
import { setPreference } from "../../base/preferences.ts";
import { type Plane, planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { isOfAnyCase, type LinkedView, type ViewState } from "../../domain/view/fields.ts";
import {
  MAX_ZOOM,
  MIN_WINDOW,
  MIN_ZOOM,
  type ViewName,
  WHOLE_PLANES,
  type WindowLevel,
} from "../../domain/view/view-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { selectAllRows, selectAlone } from "../regions/region-rows.ts";
import { NO_SOLO, ONE_SELECTED, selectedAndShown, soloNames, soloOf } from "../regions/selected-regions.ts";
import {
  clampVoxel,
  type Hover,
  OPEN_AT_FIRST,
  type PanelName,
  showsSlices,
  type Tool,
} from "../slices/view-slice.ts";
import { useStore } from "../store.ts";
import { changeBy, chosenFields } from "../view/field-values.ts";
import { zoomPlanesBy } from "./slices-actions.ts";

/** Applies the fields of an address that hold for any case; the others wait until its sample opens. */
export function viewLinked(link: LinkedView): void {
  useStore.setState(({ view }) => ({ link, ...changeBy(chosenFields(link, isOfAnyCase), view) }));
}

export function setView(change: Partial<ViewState>): void {
  useStore.setState((s) => ({ view: { ...s.view, ...change } }));
}

export function setPlane(plane: Plane): void {
  useStore.setState((s) => ({ view: { ...s.view, plane, zoom: 1, panMm: [0, 0] }, hover: null }));
}

/** Moves the crosshair, clamped to the volume. */
export function setVoxel(voxel: Triple): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const clamped = clampVoxel(voxel, sourceGrid(openCase.source).shape);
  // Another voxel is now under the pointer, so probe the crosshair until the pointer moves.
  if (clamped.some((n, axis) => n !== view.voxel[axis]))
    useStore.setState({ view: { ...view, voxel: clamped }, hover: null });
}

/** Moves the crosshair by whole slices of the current plane; positive towards S, A, R. */
export function stepSlice(slices: number): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const { slice } = planeAxes(sourceGrid(openCase.source), view.plane);
  setVoxel(offset(view.voxel, slice.axis, slices * slice.direction));
}

/** Moves the crosshair within the plane, in voxels to the right and down on the screen. */
export function nudge(right: number, down: number): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const { horizontal, vertical } = planeAxes(sourceGrid(openCase.source), view.plane, view.convention);
  const across = offset(view.voxel, horizontal.axis, right * horizontal.direction);
  setVoxel(offset(across, vertical.axis, down * vertical.direction));
}

export function zoomBy(factor: number): void {
  if (showsSlices(useStore.getState())) zoomPlanesBy(factor);
  else
    useStore.setState((s) => ({
      hover: null,
      view: { ...s.view, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, s.view.zoom * factor)) },
    }));
}

export function resetView(): void {
  if (showsSlices(useStore.getState())) useStore.setState({ hover: null, planes: WHOLE_PLANES });
  else useStore.setState((s) => ({ hover: null, view: { ...s.view, zoom: 1, panMm: [0, 0] } }));
}

export function setWindow({ level, width }: WindowLevel): void {
  useStore.setState((s) => ({ view: { ...s.view, window: { level, width: Math.max(width, MIN_WINDOW) } } }));
}

export function setTool(tool: Tool): void {
  useStore.setState({ tool });
}

export function setActiveView(activeView: ViewName): void {
  useStore.setState({ activeView });
}

/** Opens the table of what resampling changed. */
export function showResamplingChanges(): void {
  useStore.setState({ activeView: "survival", survivalPart: "resampling" });
}

export function toggleShowChanged(): void {
  useStore.setState((s) => ({ showChanged: !s.showChanged }));
}

export function toggleShowVanishing(): void {
  useStore.setState((s) => ({ showVanishing: !s.showVanishing }));
}

export function toggleShowFrameTimes(): void {
  useStore.setState((s) => ({ showFrameTimes: !s.showFrameTimes }));
}

/** @param rowHeightPx null fits rows to the slice of the plane that is shown */
export function setRowHeight(rowHeightPx: number | null): void {
  useStore.setState((s) => ({ rowHeightPx, rowFits: s.rowFits + (rowHeightPx === null ? 1 : 0) }));
}

/** Opens or closes a panel, for later visits as well. */
export function togglePanel(panel: PanelName, open = !useStore.getState().panels[panel]): void {
  useStore.setState((s) => ({ panels: { ...s.panels, [panel]: open } }));
  setPreference(`panel.${panel}`, open === OPEN_AT_FIRST[panel] ? null : open ? "open" : "closed");
}

/**
 * Shows or hides one region. While some are shown alone, it joins them or leaves them; when the last leaves,
 * all are hidden.
 */
export function toggleHidden(name: string): void {
  useStore.setState((s) => {
    const alone = selectAlone(s).map((row) => row.name);
    const hidden = new Set(s.hidden);
    if (alone.length === 0) {
      if (!hidden.delete(name)) hidden.add(name);
      return { hidden };
    }
    if (!alone.includes(name)) return soloOf([...alone, name]);
    if (alone.length > 1) return soloOf(alone.filter((other) => other !== name));
    return { hidden: new Set(selectAllRows(s).map((row) => row.name)), ...NO_SOLO };
  });
}

export function showAll(): void {
  useStore.setState({ hidden: new Set(), ...NO_SOLO });
}

/** Shows one region alone, or, if it is among those shown alone, takes it out of them. */
export function toggleSolo(name: string): void {
  useStore.setState((s) => {
    const alone = soloNames(s);
    return soloOf(alone.has(name) ? [...alone].filter((other) => other !== name) : [name]);
  });
}

export function selectRegion(selectedRegion: string | null): void {
  useStore.setState({ selectedRegion, ...ONE_SELECTED, highlighted: [] });
}

/** Highlights the regions of a finding, selects the first and shows it if it is hidden. */
export function highlight(highlighted: readonly string[]): void {
  const [first] = highlighted;
  useStore.setState((s) => ({
    ...(first === undefined ? { selectedRegion: null, ...ONE_SELECTED } : selectedAndShown(s, first)),
    highlighted,
  }));
}

export function hovered(hover: Hover | null): void {
  useStore.setState({ hover });
}

function offset(voxel: Triple, axis: 0 | 1 | 2, by: number): Triple {
  const moved: [number, number, number] = [...voxel];
  moved[axis] += by;
  return moved;
}
