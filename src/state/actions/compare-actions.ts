/** Actions that store the second labels and the overlap counts. */
import type { OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { CompareQuery, SecondLabels } from "../slices/compare-slice.ts";
import { useStore } from "../store.ts";

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

export function compareResultArrived(query: CompareQuery, counts: OverlapCounts): void {
  useStore.setState({ compareResult: { query, counts } });
}
