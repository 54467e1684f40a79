/** Actions that store what Compare shows: the second labels, the overlap counts, and where it stepped. */
import type { OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CompareQuery, SecondLabels } from "../slices/compare-slice.ts";
import { useStore } from "../store.ts";
import { zoomedTo, zoomRestored } from "../view/step-zoom.ts";

export function secondLabelsOpened(secondLabels: SecondLabels): void {
  useStore.setState({
    secondLabels,
    secondApart: null,
    compareKind: "file",
    compareResult: null,
    problem: null,
    loading: null,
  });
}

export function comparedDrawn(compareDrawn: CompareQuery | null): void {
  useStore.setState({ compareDrawn });
}

/** @param compareRow name of a row that is no region of the case; null for none */
export function rowChosen(compareRow: string | null): void {
  useStore.setState({ compareRow });
}

/**
 * Moves the crosshair to a place where the sides differ.
 * @param sizeMm extent of the place along the array axes, to magnify a small one
 */
export function differenceVisited(voxel: Triple, sizeMm: Triple): void {
  useStore.setState((s) => ({
    survivalStep: null,
    placeStep: null,
    hover: null,
    ...zoomedTo(s, voxel, sizeMm),
  }));
}

/** Ends the zoom that showed it; that of another step stays. */
export function differenceLeft(): void {
  useStore.setState((s) => (s.survivalStep || s.placeStep ? {} : zoomRestored(s)));
}

export function compareResultArrived(query: CompareQuery, counts: OverlapCounts): void {
  useStore.setState({ compareResult: { query, counts } });
}
