/** Actions on rulers: add, move, remove, go to and draw at the crosshair. */
import { create } from "zustand";
import { type Grid, type Plane, planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { type Ruler, rulerSlice, rulerText } from "../../domain/geometry/ruler.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { rulersRemoved } from "../../state/actions/edit-actions.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { setPlanes, setSliceOptions } from "../../state/actions/slices-actions.ts";
import { setActiveView, setPlane } from "../../state/actions/view-actions.ts";
import { inPlaneAt } from "../../state/regions/slice-selectors.ts";
import { hasRulers, showsSlices } from "../../state/slices/view-slice.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { selectLightbox } from "../../state/view/lightbox-selector.ts";
import { PLANE_NAMES } from "../../state/view/view-names.ts";
import { keyOf } from "../../ui/keys.ts";
import type { PlacedRuler } from "./ruler-geometry.ts";

/** The last action, for screen readers. */
export const useRulerStatus = create<{ readonly sentence: string }>()(() => ({ sentence: "" }));

export function announce(sentence: string): void {
  useRulerStatus.setState({ sentence });
}

/** Null without a case. */
export function currentGrid(): Grid | null {
  const { openCase } = useStore.getState();
  return openCase && sourceGrid(openCase.source);
}

/** Returns, for example, "Axial 59". */
export function rulerSliceText(grid: Grid, ruler: Ruler): string {
  return `${PLANE_NAMES[ruler.plane]} ${sliceOf(grid, ruler.plane, ruler.from).slice}`;
}

export function addRuler(ruler: Ruler): void {
  const grid = currentGrid();
  if (!grid) return;
  const { rulers } = useStore.getState();
  setRulers({ rulers: [...rulers, ruler], rulerDraft: null, selectedRuler: rulers.length });
  announce(`Measured ${rulerText(grid, ruler)}.`);
}

export type RulerEnd = keyof Pick<Ruler, "from" | "to">;

/** Moves an end within the ruler's slice. */
export function moveEnd(index: number, end: RulerEnd, position: Triple): void {
  const [grid, { rulers }] = [currentGrid(), useStore.getState()];
  if (!grid) return;
  setRulers({
    rulers: rulers.map((ruler, i) =>
      i === index ? { ...ruler, [end]: inSliceOf(grid, ruler.plane, position, ruler.from) } : ruler,
    ),
  });
}

export function removeRuler(index: number): void {
  const [grid, { rulers }] = [currentGrid(), useStore.getState()];
  const ruler = rulers[index];
  if (!ruler || !grid) return;
  rulersRemoved([index], `remove the ruler of ${rulerText(grid, ruler)}`);
  announce(`Ruler of ${rulerText(grid, ruler)} removed. ${keyOf("undo")} brings it back.`);
}

export function clearRulers(): void {
  const { rulers } = useStore.getState();
  setRulers({ rulerDraft: null });
  rulersRemoved([...rulers.keys()], "remove all rulers");
  announce(`All rulers removed. ${keyOf("undo")} brings them back.`);
}

/** Shows the ruler's slice, centred on the ruler if the slice is magnified. */
export function goToRuler(index: number): void {
  const [grid, { rulers, ...state }] = [currentGrid(), useStore.getState()];
  const ruler = rulers[index];
  if (!ruler || !grid) return;
  const { plane, from, to } = ruler;
  const middle: Triple = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2];
  if (!hasRulers(state)) setActiveView("planes");
  if (state.view.plane !== plane) setPlane(plane);
  if (state.maximised !== null && state.maximised !== plane) setSliceOptions({ maximised: plane });
  goTo(middle);
  leaveLightboxWithout(rulerSlice(grid, ruler));
  const { view, planes } = useStore.getState();
  if (showsSlices(useStore.getState()) && planes.zoom > 1)
    setPlanes({ pans: { ...planes.pans, [plane]: panTo(grid, plane, view.convention, middle) } });
  setRulers({ selectedRuler: index });
}

/** Planes can show every slice, the lightbox only some. */
function leaveLightboxWithout(slice: number): void {
  const state = useStore.getState();
  if (state.activeView === "lightbox" && !selectLightbox(state)?.shown.slices.includes(slice))
    setActiveView("planes");
}

/** Moves a position into the slice of another one. */
export function inSliceOf(grid: Grid, plane: Plane, position: Triple, other: Triple): Triple {
  const { axis } = planeAxes(grid, plane).slice;
  return inPlaneAt(position, axis, other[axis]);
}

/** Starts a ruler at the crosshair, or ends the one being drawn there. */
export function drawAtCrosshair(): void {
  const [grid, { view, rulerDraft }] = [currentGrid(), useStore.getState()];
  if (!grid) return;
  if (!rulerDraft) {
    setRulers({ rulerDraft: { plane: view.plane, from: view.voxel, to: null }, selectedRuler: null });
    announce("");
    return;
  }
  const ruler: Ruler = { plane: rulerDraft.plane, from: rulerDraft.from, to: view.voxel };
  const { axis } = planeAxes(grid, ruler.plane).slice;
  if (view.voxel[axis] !== rulerSlice(grid, ruler))
    announce(
      `Both end points must be in the same slice. Go back to ${rulerSliceText(grid, ruler).toLowerCase()}.`,
    );
  else if (view.voxel.every((n, i) => n === ruler.from[i])) announce("Move the crosshair first.");
  else addRuler(ruler);
}

export function nameOf(grid: Grid, ruler: Ruler, { text }: Pick<PlacedRuler, "text">): string {
  return `Ruler, ${text}, ${rulerSliceText(grid, ruler).toLowerCase()}. ${keyOf("ruler-remove")} removes it.`;
}
