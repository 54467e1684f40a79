/** What the Compare layout remembers: what the case is compared with, and what was counted. */
import type { StateCreator } from "zustand";
import type { OverlapCounts } from "../domain/overlap-counts.ts";
import type { Source } from "../domain/palette-volume.ts";
import { USUAL_COMPARE } from "../domain/saved-view.ts";
import type { AppState } from "./app-state.ts";
import type { CompareQuestion } from "./compare-selectors.ts";

/** Another scale, the other sampling, another dataset.json, or another label file. */
export type CompareKind = "scale" | "mode" | "definition" | "file";

/** Labels of somebody else, or a prediction, on the grid of the case. */
export interface SecondLabels {
  readonly name: string;
  readonly source: Source;
}

/** A file that a link or a saved view compared with: neither can hold it, so it is asked for by name. */
export interface AwaitedFile {
  readonly kind: Extract<CompareKind, "definition" | "file">;
  readonly name: string;
}

export interface CompareSlice {
  readonly compareKind: CompareKind;
  /** Index of the other scale, for `scale`. */
  readonly compareScale: number;
  readonly compareStripes: boolean;
  readonly secondLabels: SecondLabels | null;
  readonly compareAwaits: AwaitedFile | null;
  readonly compareAnswer: { readonly question: CompareQuestion; readonly counts: OverlapCounts } | null;

  setCompare(change: Partial<Pick<CompareSlice, "compareKind" | "compareScale" | "compareStripes">>): void;
  secondLabelsOpened(labels: SecondLabels): void;
  compareAnswered(question: CompareQuestion, counts: OverlapCounts): void;
}

/** With another case. */
export const NO_SECOND = { secondLabels: null, compareAwaits: null, compareAnswer: null } as const;

/** What a link or a saved view has to name: the file that B is of, open or asked for; null where B needs none. */
export function comparedFile(
  s: Pick<AppState, "compareKind" | "secondLabels" | "comparedWith" | "compareAwaits">,
): AwaitedFile | null {
  const { compareKind: kind } = s;
  if (kind !== "definition" && kind !== "file") return null;
  const name = kind === "file" ? s.secondLabels?.name : s.comparedWith?.title;
  if (name !== undefined) return { kind, name };
  return s.compareAwaits?.kind === kind ? s.compareAwaits : null;
}

/** What a single dropped file is taken as: B of the comparison that is shown; null where it is opened as anywhere else. */
export function droppedAsB(s: AppState): AwaitedFile["kind"] | null {
  const { centre, compareKind: kind } = s;
  const takesFile = centre === "compare" && s.openCase !== null && (kind === "file" || kind === "definition");
  return takesFile ? kind : null;
}

export const createCompareSlice: StateCreator<AppState, [], [], CompareSlice> = (set) => ({
  ...NO_SECOND,
  compareKind: USUAL_COMPARE.kind,
  compareScale: USUAL_COMPARE.scale,
  compareStripes: USUAL_COMPARE.stripes,
  setCompare: (change) => set(change),
  secondLabelsOpened: (secondLabels) =>
    set({ secondLabels, compareKind: "file", compareAnswer: null, problem: null, loading: null }),
  compareAnswered: (question, counts) => set({ compareAnswer: { question, counts } }),
});
