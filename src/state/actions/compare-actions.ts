/** Chooses what the case is compared with, and keeps what was counted. */
import type { OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { CompareQuestion, CompareSlice, SecondLabels } from "../slices/compare-slice.ts";
import { useStore } from "../store.ts";

export function setCompare(
  change: Partial<Pick<CompareSlice, "compareKind" | "compareScale" | "compareStripes">>,
): void {
  useStore.setState(change);
}

export function secondLabelsOpened(secondLabels: SecondLabels): void {
  useStore.setState({
    secondLabels,
    secondApart: null,
    compareKind: "file",
    compareAnswer: null,
    problem: null,
    loading: null,
  });
}

export function compareAnswered(question: CompareQuestion, counts: OverlapCounts): void {
  useStore.setState({ compareAnswer: { question, counts } });
}
