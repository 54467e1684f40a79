/** Opens, rereads and closes the case and what belongs to it, and keeps the progress of loading. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import { sameGrid, type Triple } from "../../domain/geometry/grid.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { type AppState, PER_CASE } from "../app-state.ts";
import { regionSetOf, selectTrainer } from "../case/case-selectors.ts";
import * as benchmarkSlice from "../slices/benchmark-slice.ts";
import type { CaseChoice, ImageQuestion, LoadProgress, OpenCase } from "../slices/case-slice.ts";
import type { CompareSlice, SecondReread } from "../slices/compare-slice.ts";
import * as compareSlice from "../slices/compare-slice.ts";
import * as editSlice from "../slices/edit-slice.ts";
import * as gpuSlice from "../slices/gpu-slice.ts";
import type { MadeLabels } from "../slices/label-map-slice.ts";
import * as labelMapSlice from "../slices/label-map-slice.ts";
import * as regionListSlice from "../slices/region-list-slice.ts";
import * as rulerSlice from "../slices/ruler-slice.ts";
import * as survivalSlice from "../slices/survival-slice.ts";
import * as viewSlice from "../slices/view-slice.ts";
import { useStore } from "../store.ts";
import { initialConfiguration, initialView, initialWindow, isCt, mergeLink } from "../view/initial-view.ts";
import { viewReread } from "../view/reread-view.ts";

/** What a load put on the page. */
interface OpenedCase {
  readonly openCase: OpenCase;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly notices: readonly string[];
  /** A configuration of the plans asked for by name; the first 3D one otherwise. */
  readonly configuration?: string | null;
  /** The definition is the one that was open: its edits, undo and what of it is saved stay. */
  readonly keepsEdits?: boolean;
  /** The definition was made on the page and has not been saved. */
  readonly isUnsaved?: boolean;
  /** It is the case that was open, in another order of axes: its second labels, which stay. */
  readonly second?: SecondReread | null;
  /** Where its labels were made on the page. */
  readonly madeLabels?: MadeLabels | null;
}

/** What is said of regions by their names. */
const NO_REGIONS = { ...viewSlice.PER_CASE, ...regionListSlice.PER_CASE } as const;

export function loadStarted(step: string): void {
  useStore.setState({ loading: { step, fraction: null, file: null }, problem: null });
}

export function loadProgressed(loading: LoadProgress): void {
  useStore.setState({ loading });
}

/** The load is over, whatever came of it. */
export function loadEnded(): void {
  useStore.setState({ loading: null });
}

export function casesFound(caseChoice: CaseChoice): void {
  useStore.setState({ caseChoice, loading: null });
}

export function caseChoiceClosed(): void {
  useStore.setState({ caseChoice: null });
}

export function imageAsked(imageQuestion: ImageQuestion): void {
  useStore.setState({ imageQuestion, loading: null });
}

export function imageAnswered(): void {
  useStore.setState({ imageQuestion: null });
}

/** A case takes the place of what was open; view, counts and timing start anew. */
export function caseOpened(opened: OpenedCase): void {
  const { openCase, definition, plans, notices, configuration } = opened;
  const { keepsEdits, isUnsaved, madeLabels = null } = opened;
  const state = useStore.getState();
  const { link, view, openCase: before } = state;
  const second = opened.second === undefined ? compareSlice.PER_CASE : secondReread(opened.second, state);
  const names = new Set(regionSetOf(openCase, definition)?.regions.map(({ name }) => name));
  const linked = mergeLink(initialView(openCase, definition, view), link, openCase, names);
  useStore.setState({
    ...PER_CASE,
    ...second,
    ...(before && isOnSameGrid(before, openCase) ? keep(state, rulerSlice.PER_CASE) : {}),
    ...(keepsEdits
      ? { ...keep(state, editSlice.PER_CASE), ...keep(state, labelMapSlice.PER_CASE) }
      : { savedText: isUnsaved ? null : (definition?.text ?? null), madeLabels }),
    openCase,
    definition,
    plans,
    configuration: initialConfiguration(plans, configuration ?? link?.configuration ?? null),
    notices: [...notices, ...(second.secondApart ? [second.secondApart.notice] : [])],
    problem: null,
    loading: null,
    link: null,
    ...linked,
  });
}

/** The same case by another reader: its grid, the order of its axes and its values may be others. */
export function caseReread(openCase: OpenCase, second: SecondReread | null): void {
  useStore.setState((state) => {
    const { openCase: before, definition, view, notices, secondApart } = state;
    const withSecond = secondReread(second, state);
    return {
      ...gpuSlice.PER_CASE,
      ...benchmarkSlice.PER_CASE,
      ...survivalSlice.PER_CASE,
      ...(before && isOnSameGrid(before, openCase) ? {} : rulerSlice.PER_CASE),
      ...withSecond,
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
  });
}

/** Only JSON was opened: it joins the open case, or stands alone. */
export function definitionOpened(definition: DatasetDefinition, notices: readonly string[] = []): void {
  useStore.setState({
    ...gpuSlice.OUTDATED,
    ...NO_REGIONS,
    ...editSlice.PER_CASE,
    savedText: definition.text,
    definition,
    notices,
    problem: null,
    loading: null,
  });
}

/** A dataset.json for masks, to which its labels do not apply. */
export function definitionPutAside(putAside: DatasetDefinition, notices: readonly string[]): void {
  useStore.setState(({ openCase }) => ({
    openCase: openCase?.masks ? { ...openCase, masks: { ...openCase.masks, putAside } } : openCase,
    notices,
    problem: null,
    loading: null,
  }));
}

export function plansOpened(plans: Plans, notices: readonly string[] = []): void {
  useStore.setState({
    ...gpuSlice.OUTDATED,
    plans,
    configuration: initialConfiguration(plans, null),
    stridesOverride: null,
    notices,
    problem: null,
    loading: null,
  });
}

/** Names and colours for the labels of the open case. */
export function labelNamesOpened(labelNames: readonly LabelName[], notices: readonly string[]): void {
  useStore.setState(({ openCase }) => ({
    ...gpuSlice.OUTDATED,
    ...NO_REGIONS,
    openCase: openCase ? { ...openCase, labelNames } : null,
    notices,
    problem: null,
    loading: null,
  }));
}

/** An image for the open case, on the axes of its labels. */
export function imageOpened(
  image: ImageVolume,
  geometry: FileGeometry | null,
  notices: readonly string[],
): void {
  useStore.setState(({ openCase, definition, view }) => ({
    openCase: openCase ? withImage(openCase, image, geometry) : null,
    view: { ...view, window: initialWindow(image, isCt(definition, image)) },
    notices,
    problem: null,
    loading: null,
  }));
}

export function caseClosed(): void {
  useStore.setState({
    ...PER_CASE,
    problem: null,
  });
}

export function showError(problem: string): void {
  useStore.setState({ problem, loading: null });
}

export function problemDismissed(): void {
  useStore.setState({ problem: null });
}

export function noticesDismissed(): void {
  useStore.setState({ notices: [] });
}

export function setNewerVersion(newerVersion: boolean): void {
  useStore.setState({ newerVersion });
}

export function setConfiguration(configuration: string): void {
  useStore.setState({ configuration, stridesOverride: null, ...gpuSlice.OUTDATED });
}

/** Strides in place of the plans'; null goes back to them. */
export function setStrides(stridesOverride: readonly Triple[] | null): void {
  useStore.setState({ stridesOverride, ...gpuSlice.OUTDATED });
}

export function setTrainer(trainer: Trainer): void {
  // Counts are taken anew only where targets are made anew.
  useStore.setState((s) =>
    selectTrainer({ ...s, trainer }) === selectTrainer(s) ? { trainer } : { trainer, ...gpuSlice.OUTDATED },
  );
}

export function setMode(mode: SamplingMode): void {
  if (mode !== useStore.getState().mode) useStore.setState({ mode, ...gpuSlice.OUTDATED });
}

/** What of a slice's PER_CASE stays as it is. */
function keep<K extends keyof AppState>(
  state: AppState,
  perCase: Readonly<Record<K, unknown>>,
): Pick<AppState, K> {
  const keys = Object.keys(perCase) as K[];
  return Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<AppState, K>;
}

/** Rulers measure the same places then. */
function isOnSameGrid(a: OpenCase, b: OpenCase): boolean {
  return sameGrid(sourceGrid(a.source), sourceGrid(b.source));
}

/** Where the case stays, and is read anew. */
function secondReread(
  second: SecondReread | null,
  { compareAwaits }: Pick<AppState, "compareAwaits">,
): Pick<CompareSlice, keyof typeof compareSlice.PER_CASE> {
  if (!second) return { ...compareSlice.PER_CASE, compareAwaits };
  const { labels, objection } = second;
  if (objection === null) return { ...compareSlice.PER_CASE, secondLabels: labels };
  const { name } = labels;
  return {
    ...compareSlice.PER_CASE,
    secondApart: { labels, notice: `${name}: ${objection}` },
    compareAwaits: { kind: "file", name },
  };
}

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
