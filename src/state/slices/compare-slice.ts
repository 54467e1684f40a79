/** What the Compare layout remembers: what the case is compared with, and what was counted. */
import type { StateCreator } from "zustand";
import type { ComparedSide, OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import { USUAL_COMPARE } from "../../domain/view/saved-view.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";

/** Another scale, the other sampling, another dataset.json, or another label file. */
export type CompareKind = "scale" | "mode" | "definition" | "file";

/** What is compared with what, as the page stands. */
export interface CompareQuestion {
  readonly kind: CompareKind;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly channels: number;
  /** Regions of the case that the other definition, or the other masks, do not have. */
  readonly missing: readonly string[];
}

/** Labels of somebody else, or a prediction, on the grid of the case. */
export interface SecondLabels {
  readonly name: string;
  readonly source: Source;
  /** How their files lie by nnU-Net's readers; null where they come from none. */
  readonly geometry: CaseGeometry | null;
  /** Of the plans, already applied. */
  readonly transpose: Triple;
}

/** The second labels of a case that was read anew, which they follow. */
export interface SecondReread {
  readonly labels: SecondLabels;
  /** Why they cannot be compared as the case is read now: a sentence; null where they can. */
  readonly objection: string | null;
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
  /**
   * Second labels that do not fit the case as it is read now; they come back with a reader by which they do.
   */
  readonly secondApart: { readonly labels: SecondLabels; readonly notice: string } | null;
  readonly compareAwaits: AwaitedFile | null;
  readonly compareAnswer: { readonly question: CompareQuestion; readonly counts: OverlapCounts } | null;

  setCompare(change: Partial<Pick<CompareSlice, "compareKind" | "compareScale" | "compareStripes">>): void;
  secondLabelsOpened(labels: SecondLabels): void;
  compareAnswered(question: CompareQuestion, counts: OverlapCounts): void;
}

/** With another case. */
export const NO_SECOND = {
  secondLabels: null,
  secondApart: null,
  compareAwaits: null,
  compareAnswer: null,
} as const;

/** Where the case stays, and is read anew. */
export function secondReread(
  second: SecondReread | null,
  { compareAwaits }: Pick<AppState, "compareAwaits">,
): Pick<CompareSlice, keyof typeof NO_SECOND> {
  if (!second) return { ...NO_SECOND, compareAwaits };
  const { labels, objection } = second;
  if (objection === null) return { ...NO_SECOND, secondLabels: labels };
  const { name } = labels;
  return {
    ...NO_SECOND,
    secondApart: { labels, notice: `${name}: ${objection}` },
    compareAwaits: { kind: "file", name },
  };
}

/**
 * What a link or a saved view has to name: the file that B is of, open or asked for; null where B needs none.
 */
export function comparedFile(
  s: Pick<AppState, "compareKind" | "secondLabels" | "comparedWith" | "compareAwaits">,
): AwaitedFile | null {
  const { compareKind: kind } = s;
  if (kind !== "definition" && kind !== "file") return null;
  const name = kind === "file" ? s.secondLabels?.name : s.comparedWith?.title;
  if (name !== undefined) return { kind, name };
  return s.compareAwaits?.kind === kind ? s.compareAwaits : null;
}

/**
 * What a single dropped file is taken as: B of the comparison that is shown; null where it is opened as
 * anywhere else.
 */
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
    set({
      secondLabels,
      secondApart: null,
      compareKind: "file",
      compareAnswer: null,
      problem: null,
      loading: null,
    }),
  compareAnswered: (question, counts) => set({ compareAnswer: { question, counts } }),
});
