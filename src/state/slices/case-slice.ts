import type { StateCreator } from "zustand";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { MaskFacts } from "../../domain/findings/masks.ts";
import { sameGrid, type Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry, FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { ImageSigns } from "../../domain/volume/looks-like-image.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { regionSetOf, selectTrainer } from "../case/case-selectors.ts";
import { NO_SOLO, ONE_SELECTED } from "../regions/selected-regions.ts";
import { initialConfiguration, initialView, initialWindow, isCt, mergeLink } from "../view/initial-view.ts";
import { viewReread } from "../view/reread-view.ts";
import { NO_SECOND, type SecondReread, secondReread } from "./compare-slice.ts";
import { NO_EDITS } from "./edit-slice.ts";
import type { MadeLabels } from "./label-map-slice.ts";
import { NO_RULERS } from "./ruler-slice.ts";
import { NO_SURVIVAL } from "./survival-slice.ts";

/** The case on the page: its volumes, in the axis order that training sees. */
export interface OpenCase {
  readonly name: string;
  readonly datasetName: string | null;
  /** Set for bundled cases, so that a link can open them again. */
  readonly sampleId: string | null;
  readonly source: Source;
  /** As its reader gives it, before `transpose` was applied: letters as in `orientationCode`. */
  readonly orientation: string;
  /** How its files lie by nnU-Net's readers; null where there are none. */
  readonly geometry?: CaseGeometry | null;
  readonly transpose: Triple;
  readonly image: ImageVolume | null;
  /** Why the labels may be an image; null where nothing says so. */
  readonly imageSigns?: ImageSigns | null;
  /** Where it came as masks. */
  readonly masks?: MaskFacts | null;
  /** Names and colours that the label file itself carried, or a table beside it. */
  readonly labelNames: readonly LabelName[];
  /** What file names say of the dataset; null for masks and for what was made here. */
  readonly files?: DatasetFiles | null;
  /** What was said when it was opened; stays when the page's notices are dismissed. */
  readonly notices?: readonly string[];
}

export interface LoadProgress {
  readonly step: string;
  /** 0..1, or null where the amount of work is not known. */
  readonly fraction: number | null;
  readonly file: string | null;
}

/** What a load put on the page. */
export interface OpenedCase {
  readonly openCase: OpenCase;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly notices: readonly string[];
  /** A configuration of the plans asked for by name; the first 3D one otherwise. */
  readonly configuration?: string | null;
  /** The definition is the one that was open: its edits, undo and what of it is saved stay. */
  readonly keepsEdits?: boolean;
  /** The definition was made on the page, and lies in no file yet. */
  readonly isUnsaved?: boolean;
  /** It is the case that was open, in another order of axes: its second labels, which stay. */
  readonly second?: SecondReread | null;
  /** Where its labels were made on the page. */
  readonly madeLabels?: MadeLabels | null;
}

export interface CaseChoice {
  readonly cases: readonly { readonly name: string }[];
  /** What is wrong with the folder's files, whichever case is chosen: a sentence; null where nothing is. */
  readonly problem: string | null;
}

export interface ImageQuestion {
  readonly file: string;
  readonly signs: ImageSigns;
  readonly hasCase: boolean;
}

export interface CaseSlice {
  readonly openCase: OpenCase | null;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly configuration: string | null;
  /** Strides edited on the page, per stage; used in place of the plans'. */
  readonly stridesOverride: readonly Triple[] | null;
  /** As chosen; `selectTrainer` says whose scales are shown. */
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
  readonly loading: LoadProgress | null;
  /** What went wrong last, one sentence; what was open stays open. */
  readonly problem: string | null;
  /** What was left out of the last load, and why. */
  readonly notices: readonly string[];
  /** Another version of the page is here, and starts once no page of this one is open. */
  readonly newerVersion: boolean;
  /**
   * What was opened as labels looks like an image: which is it? Whether a case is open that it can be the
   * image of.
   */
  readonly imageQuestion: ImageQuestion | null;
  /** A folder with several cases waits for a choice. */
  readonly caseChoice: CaseChoice | null;

  loadStarted(step: string): void;
  loadProgressed(progress: LoadProgress): void;
  /** The load is over, whatever came of it. */
  loadEnded(): void;
  casesFound(choice: CaseChoice): void;
  caseChoiceClosed(): void;
  imageAsked(question: ImageQuestion): void;
  imageAnswered(): void;
  /** A case takes the place of what was open; view, counts and timing start anew. */
  caseOpened(opened: OpenedCase): void;
  /** The same case by another reader: its grid, the order of its axes and its values may be others. */
  caseReread(openCase: OpenCase, second: SecondReread | null): void;
  /** Only JSON was opened: it joins the open case, or stands alone. */
  definitionOpened(definition: DatasetDefinition, notices?: readonly string[]): void;
  /** A dataset.json for masks, to which its labels do not apply. */
  definitionPutAside(definition: DatasetDefinition, notices: readonly string[]): void;
  plansOpened(plans: Plans, notices?: readonly string[]): void;
  /** Names and colours for the labels of the open case. */
  labelNamesOpened(labelNames: readonly LabelName[], notices: readonly string[]): void;
  /** An image for the open case, on the axes of its labels. */
  imageOpened(image: ImageVolume, geometry: FileGeometry | null, notices: readonly string[]): void;
  caseClosed(): void;
  problemRaised(sentence: string): void;
  problemDismissed(): void;
  noticesDismissed(): void;
  setNewerVersion(newerVersion: boolean): void;
  setConfiguration(name: string): void;
  /** Strides in place of the plans'; null goes back to them. */
  setStrides(strides: readonly Triple[] | null): void;
  setTrainer(trainer: Trainer): void;
  setMode(mode: SamplingMode): void;
}

/** What was computed from the case and holds no longer once the targets are others. */
const OUTDATED = { regionVoxels: null, shownVoxels: null, verified: null, countsFailed: false } as const;

const CLOSED = {
  openCase: null,
  definition: null,
  plans: null,
  configuration: null,
  stridesOverride: null,
  notices: [],
  caseChoice: null,
} as const;

const NO_RESULTS = {
  ...OUTDATED,
  ...NO_SECOND,
  path: null,
  pathReason: null,
  comparison: null,
  sweep: null,
} as const;

const NO_SELECTION = {
  hidden: new Set<string>(),
  ...NO_SOLO,
  ...ONE_SELECTED,
  selectedRegion: null,
  concerned: [],
  hover: null,
} as const;

export const createCaseSlice: StateCreator<AppState, [], [], CaseSlice> = (set, get) => ({
  ...CLOSED,
  trainer: "default",
  mode: "nearest-exact",
  loading: null,
  problem: null,
  newerVersion: false,
  imageQuestion: null,

  loadStarted: (step) => set({ loading: { step, fraction: null, file: null }, problem: null }),
  loadProgressed: (loading) => set({ loading }),
  loadEnded: () => set({ loading: null }),
  casesFound: (caseChoice) => set({ caseChoice, loading: null }),
  caseChoiceClosed: () => set({ caseChoice: null }),
  imageAsked: (imageQuestion) => set({ imageQuestion, loading: null }),
  imageAnswered: () => set({ imageQuestion: null }),

  caseOpened: (opened) => {
    const { openCase, definition, plans, notices, configuration } = opened;
    const { keepsEdits, isUnsaved, madeLabels = null } = opened;
    const state = get();
    const { link, view, openCase: before } = state;
    const second = opened.second === undefined ? NO_SECOND : secondReread(opened.second, state);
    const names = new Set(regionSetOf(openCase, definition)?.regions.map(({ name }) => name));
    const linked = mergeLink(initialView(openCase, definition, view), link, openCase, names);
    set({
      ...NO_RESULTS,
      ...second,
      ...NO_SELECTION,
      ...NO_SURVIVAL,
      // On the same grid they measure the same places.
      ...(before && sameGrid(sourceGrid(before.source), sourceGrid(openCase.source)) ? {} : NO_RULERS),
      ...(keepsEdits
        ? {}
        : { ...NO_EDITS, savedText: isUnsaved ? null : (definition?.text ?? null), madeLabels }),
      openCase,
      definition,
      plans,
      configuration: initialConfiguration(plans, configuration ?? link?.configuration ?? null),
      stridesOverride: null,
      notices: [...notices, ...(second.secondApart ? [second.secondApart.notice] : [])],
      problem: null,
      loading: null,
      caseChoice: null,
      link: null,
      ...linked,
    });
  },
  caseReread: (openCase, second) =>
    set((state) => {
      const { openCase: before, definition, view, notices, secondApart } = state;
      const withSecond = secondReread(second, state);
      return {
        ...NO_RESULTS,
        ...withSecond,
        ...NO_SURVIVAL,
        ...(before && sameGrid(sourceGrid(before.source), sourceGrid(openCase.source)) ? {} : NO_RULERS),
        openCase,
        view: {
          ...((before && viewReread(before, openCase, view)) ?? initialView(openCase, definition, view)),
          window: haveSameValues(before?.image, openCase.image)
            ? view.window
            : initialWindow(openCase.image, isCt(definition, openCase.image)),
        },
        notices: [
          ...notices.filter((notice) => !isGone(notice, before, openCase) && notice !== secondApart?.notice),
          ...(withSecond.secondApart ? [withSecond.secondApart.notice] : []),
          ...(openCase.notices ?? []).filter((notice) => !before?.notices?.includes(notice)),
        ],
        hover: null,
        // It looks at a place in mm.
        camera: null,
      };
    }),
  definitionOpened: (definition, notices = []) =>
    set({
      ...OUTDATED,
      ...NO_SELECTION,
      ...NO_EDITS,
      savedText: definition.text,
      definition,
      notices,
      problem: null,
      loading: null,
    }),
  definitionPutAside: (putAside, notices) =>
    set(({ openCase }) => ({
      openCase: openCase?.masks ? { ...openCase, masks: { ...openCase.masks, putAside } } : openCase,
      notices,
      problem: null,
      loading: null,
    })),
  plansOpened: (plans, notices = []) =>
    set({
      ...OUTDATED,
      plans,
      configuration: initialConfiguration(plans, null),
      stridesOverride: null,
      notices,
      problem: null,
      loading: null,
    }),
  labelNamesOpened: (labelNames, notices) =>
    set(({ openCase }) => ({
      ...OUTDATED,
      ...NO_SELECTION,
      openCase: openCase ? { ...openCase, labelNames } : null,
      notices,
      problem: null,
      loading: null,
    })),
  imageOpened: (image, geometry, notices) =>
    set(({ openCase, definition, view }) => ({
      openCase: openCase ? withImage(openCase, image, geometry) : null,
      view: { ...view, window: initialWindow(image, isCt(definition, image)) },
      notices,
      problem: null,
      loading: null,
    })),
  caseClosed: () =>
    set({
      ...CLOSED,
      ...NO_RESULTS,
      ...NO_SELECTION,
      ...NO_EDITS,
      ...NO_SURVIVAL,
      ...NO_RULERS,
      madeLabels: null,
      problem: null,
    }),

  problemRaised: (problem) => set({ problem, loading: null }),
  problemDismissed: () => set({ problem: null }),
  noticesDismissed: () => set({ notices: [] }),
  setNewerVersion: (newerVersion) => set({ newerVersion }),
  setConfiguration: (configuration) => set({ configuration, stridesOverride: null, ...OUTDATED }),
  setStrides: (stridesOverride) => set({ stridesOverride, ...OUTDATED }),
  // Counts are taken anew only where targets are made anew.
  setTrainer: (trainer) =>
    set((s) =>
      selectTrainer({ ...s, trainer }) === selectTrainer(s) ? { trainer } : { trainer, ...OUTDATED },
    ),
  setMode: (mode) => {
    if (mode !== get().mode) set({ mode, ...OUTDATED });
  },
});

/** A reader adds the same to every value, or nothing. */
function haveSameValues(a: ImageVolume | null | undefined, b: ImageVolume | null): boolean {
  return a?.min === b?.min && a?.max === b?.max;
}

/** Whether a notice was about the case as it was, and is not about what it is now. */
function isGone(notice: string, before: OpenCase | null, now: OpenCase): boolean {
  return before?.notices?.includes(notice) === true && now.notices?.includes(notice) !== true;
}

function withImage(openCase: OpenCase, image: ImageVolume, geometry: FileGeometry | null): OpenCase {
  const { geometry: before } = openCase;
  return { ...openCase, image, geometry: before ? { ...before, image: geometry } : null };
}
