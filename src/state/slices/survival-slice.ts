import type { StateCreator } from "zustand";
import type { DrawKind } from "../../domain/analysis/patch-samples.ts";
import type { RegionSurvival } from "../../domain/analysis/survival.ts";
import { SWEEP_DRAWS, type Sweep } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import type { AppState } from "../app-state.ts";
import { NO_SOLO, ONE_SELECTED, soloNames } from "../regions/selected-regions.ts";
import type { RunProgress } from "./benchmark-slice.ts";

/** What survival is asked about: any other value of these has another answer. */
export interface SurvivalQuestion {
  readonly source: Source;
  /** What the regions hold, as text: names and order values do not matter here. */
  readonly regions: string;
  readonly strides: readonly Triple[];
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly patch: Patch | null;
  readonly pooling: PoolingRule | null;
}

export interface SurvivalAnswer {
  readonly question: SurvivalQuestion;
  /** In channel order; the first ones while the others are still at work. */
  readonly regions: readonly RegionSurvival[];
  readonly complete: boolean;
}

/** What a sweep is about; draws and limit are part of its result. */
export type SweepQuestion = Pick<SurvivalQuestion, "source" | "regions" | "strides" | "trainer" | "mode"> & {
  readonly size: Triple;
};

export interface SweepAnswer {
  readonly question: SweepQuestion;
  readonly asked: DrawKind;
  readonly sweep: Sweep;
}

/** A region, or one of its components by its place in the order of size. */
export interface SurvivalPlace {
  readonly region: string;
  readonly component: number | null;
}

export type SurvivalStep =
  | {
      readonly kind: "pending";
      readonly by: 1 | -1;
      /** Any component of the selected region, not those alone that vanish. */
      readonly any?: boolean;
    }
  /** There was nothing to step to. */
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: SurvivalPlace };

export interface SurvivalList {
  readonly query: string;
  readonly onlyVanishing: boolean;
  readonly sort: "order" | "size" | "vanishing";
}

export interface PatchWish {
  readonly on: boolean;
  /** Null takes the plans'. */
  readonly size: Triple | null;
  /** Null puts it in the middle of the case. */
  readonly origin: Triple | null;
}

export interface SweepWish {
  readonly draws: DrawKind;
  /** Draws, at most. */
  readonly limit: number;
}

export interface SurvivalSlice {
  readonly patchWish: PatchWish;
  /** Null samples as nnU-Net does. */
  readonly pooling: PoolingRule | null;
  readonly survivalList: SurvivalList;
  /** Names of the regions whose components are listed. */
  readonly survivalExpanded: ReadonlySet<string>;
  /** The line of the table that keys act on. */
  readonly survivalCursor: SurvivalPlace | null;
  /** What the line about a component says; null where none was gone to. */
  readonly survivalStep: SurvivalStep | null;
  readonly survivalAnswer: SurvivalAnswer | null;
  readonly survivalRun: RunProgress | null;
  /** Cancelled or failed: not asked again by itself. */
  readonly survivalStopped: SurvivalQuestion | null;
  readonly sweepWish: SweepWish;
  readonly survivalSweep: SweepAnswer | null;
  readonly survivalSweepRun: RunProgress | null;

  setPatchWish(change: Partial<PatchWish>): void;
  setPooling(pooling: PoolingRule | null): void;
  setSurvivalList(change: Partial<SurvivalList>): void;
  setSweepWish(change: Partial<SweepWish>): void;
  /** Shows or hides the components of these regions. */
  expandRegions(names: readonly string[], expanded: boolean): void;
  /** Moves the cursor of the table; the region becomes the selected one. */
  survivalMoved(place: SurvivalPlace): void;
  /** Goes to a component: crosshair, selected region, and the line about it. */
  componentVisited(place: SurvivalPlace, voxel: Triple): void;
  /** @param any of the selected region, not those alone that vanish */
  stepPending(by: 1 | -1, any?: boolean): void;
  /** Null ends the line about a component. */
  stepEnded(step: { readonly kind: "none" } | null): void;

  survivalProgressed(run: RunProgress): void;
  survivalArrived(answer: SurvivalAnswer): void;
  /** @param stopped what was given up; null when the job is simply over */
  survivalEnded(stopped: SurvivalQuestion | null): void;
  survivalAskedAgain(): void;
  survivalSweepProgressed(run: RunProgress): void;
  survivalSweepArrived(answer: SweepAnswer): void;
  survivalSweepEnded(): void;
  survivalSweepForgotten(): void;
}

/** Counts of what is shown hold for that alone. */
const NOT_COUNTED = { shownVoxels: null } as const;

/** What belongs to one case, and ends with it. */
export const NO_SURVIVAL = {
  patchWish: { on: false, size: null, origin: null },
  pooling: null,
  survivalExpanded: new Set<string>(),
  survivalCursor: null,
  survivalStep: null,
  survivalAnswer: null,
  survivalStopped: null,
  survivalSweep: null,
} as const;

export const createSurvivalSlice: StateCreator<AppState, [], [], SurvivalSlice> = (set) => ({
  ...NO_SURVIVAL,
  survivalList: { query: "", onlyVanishing: false, sort: "order" },
  survivalRun: null,
  sweepWish: { draws: "anywhere", limit: SWEEP_DRAWS },
  survivalSweepRun: null,

  setPatchWish: (change) => set((s) => ({ patchWish: { ...s.patchWish, ...change }, ...NOT_COUNTED })),
  setPooling: (pooling) => set({ pooling, ...NOT_COUNTED }),
  setSurvivalList: (change) => set((s) => ({ survivalList: { ...s.survivalList, ...change } })),
  setSweepWish: (change) => set((s) => ({ sweepWish: { ...s.sweepWish, ...change } })),
  expandRegions: (names, expanded) =>
    set((s) => {
      const survivalExpanded = new Set(s.survivalExpanded);
      for (const name of names) {
        if (expanded) survivalExpanded.add(name);
        else survivalExpanded.delete(name);
      }
      return { survivalExpanded };
    }),
  survivalMoved: (survivalCursor) =>
    set((s) => ({
      survivalCursor,
      ...(s.selectedRegion === survivalCursor.region
        ? {}
        : { selectedRegion: survivalCursor.region, ...ONE_SELECTED, concerned: [] }),
    })),
  componentVisited: (place, voxel) =>
    set((s) => {
      const { openCase, view } = s;
      if (!openCase) return {};
      return {
        survivalCursor: place,
        survivalStep: { kind: "at", place },
        survivalExpanded: new Set([...s.survivalExpanded, place.region]),
        selectedRegion: place.region,
        ...ONE_SELECTED,
        concerned: [],
        hidden: s.hidden.has(place.region) ? without(s.hidden, place.region) : s.hidden,
        ...(soloNames(s).has(place.region) ? {} : NO_SOLO),
        hover: null,
        view: {
          ...view,
          voxel,
          // Magnified, the crosshair would lie out of sight as often as not.
          panMm:
            view.zoom > 1
              ? panTo(sourceGrid(openCase.source), view.plane, view.convention, voxel)
              : view.panMm,
        },
      };
    }),
  stepPending: (by, any = false) => set({ survivalStep: { kind: "pending", by, ...(any ? { any } : {}) } }),
  stepEnded: (survivalStep) => set({ survivalStep }),

  survivalProgressed: (survivalRun) => set({ survivalRun }),
  survivalArrived: (survivalAnswer) => set({ survivalAnswer }),
  survivalEnded: (survivalStopped) => set({ survivalRun: null, survivalStopped }),
  survivalAskedAgain: () => set({ survivalStopped: null }),
  survivalSweepProgressed: (survivalSweepRun) => set({ survivalSweepRun }),
  survivalSweepArrived: (survivalSweep) => set({ survivalSweep }),
  survivalSweepEnded: () => set({ survivalSweepRun: null }),
  survivalSweepForgotten: () => set({ survivalSweep: null }),
});

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((other) => other !== name));
}
