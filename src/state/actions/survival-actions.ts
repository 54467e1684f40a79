/** Actions of survival analysis: patch, pooling, results, and stepping through components. */
import type { Triple } from "../../domain/geometry/grid.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import { ONE_SELECTED, selectedAndShown } from "../regions/selected-regions.ts";
import type { RunProgress } from "../slices/benchmark-slice.ts";
import type {
  ComponentSharesResult,
  SurvivalList,
  SurvivalPlace,
  SurvivalQuery,
  SurvivalResult,
} from "../slices/survival-slice.ts";
import { useStore } from "../store.ts";
import { zoomedTo, zoomRestored } from "../view/step-zoom.ts";

/** Counts of the shown targets become invalid when the patch or pooling changes. */
const NOT_COUNTED = { shownVoxels: null } as const;

export function setPatchSettings(change: Partial<PatchSettings>): void {
  useStore.setState((s) => ({ patchSettings: { ...s.patchSettings, ...change }, ...NOT_COUNTED }));
}

export function setPooling(pooling: PoolingRule | null): void {
  useStore.setState({ pooling, ...NOT_COUNTED });
}

export function setSurvivalList(change: Partial<SurvivalList>): void {
  useStore.setState((s) => ({ survivalList: { ...s.survivalList, ...change } }));
}

/** Expands or collapses the component lists of these regions. */
export function expandRegions(names: readonly string[], expanded: boolean): void {
  useStore.setState((s) => {
    const survivalExpanded = new Set(s.survivalExpanded);
    for (const name of names) {
      if (expanded) survivalExpanded.add(name);
      else survivalExpanded.delete(name);
    }
    return { survivalExpanded };
  });
}

/** Moves the cursor of the table and selects its region. */
export function survivalMoved(survivalCursor: SurvivalPlace): void {
  useStore.setState((s) => ({
    survivalCursor,
    ...(s.selectedRegion === survivalCursor.region
      ? {}
      : { selectedRegion: survivalCursor.region, ...ONE_SELECTED, highlighted: [] }),
  }));
}

/**
 * Moves crosshair, selection and the current component to a component, and magnifies a small one.
 * @param sizeMm extent of the component along the array axes; null keeps the zoom
 */
export function componentVisited(place: SurvivalPlace, voxel: Triple, sizeMm: Triple | null = null): void {
  useStore.setState((s) => {
    if (!s.openCase) return {};
    return {
      survivalCursor: place,
      survivalStep: { kind: "at", place },
      // Ends the other steps here: ended later, they would take this zoom for theirs.
      placeStep: null,
      survivalExpanded: new Set([...s.survivalExpanded, place.region]),
      ...selectedAndShown(s, place.region),
      hover: null,
      ...zoomedTo(s, voxel, sizeMm),
    };
  });
}

/**
 * @param any steps to any component of the selected region instead of only those without a voxel at a scale
 */
export function stepPending(by: 1 | -1, any = false): void {
  useStore.setState({ survivalStep: { kind: "pending", by, ...(any ? { any } : {}) } });
}

/** Null hides the line about the current component, and ends the zoom that showed it. */
export function stepEnded(survivalStep: { readonly kind: "none" } | null): void {
  useStore.setState((s) => ({ survivalStep, ...zoomRestored(s) }));
}

export function survivalProgressed(survivalRun: RunProgress): void {
  useStore.setState({ survivalRun });
}

export function survivalArrived(survivalResult: SurvivalResult): void {
  useStore.setState({ survivalResult });
}

/** @param survivalStopped the query that was cancelled or failed; null if the job has finished */
export function survivalEnded(survivalStopped: SurvivalQuery | null): void {
  useStore.setState({ survivalRun: null, survivalStopped });
}

export function survivalAskedAgain(): void {
  useStore.setState({ survivalStopped: null });
}

export function componentSharesProgressed(componentSharesRun: RunProgress): void {
  useStore.setState({ componentSharesRun });
}

export function componentSharesArrived(componentShares: ComponentSharesResult): void {
  useStore.setState({ componentShares });
}

export function componentSharesEnded(): void {
  useStore.setState({ componentSharesRun: null });
}

export function componentSharesForgotten(): void {
  useStore.setState({ componentShares: null });
}
