/** Actions that open, reread and close the case and its files, and store the progress of loading. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { initialConfiguration, type Plans } from "../../domain/dataset/plans.ts";
import { sameGrid, type Triple } from "../../domain/geometry/grid.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { SamplingMode, Trainer } from "../../domain/targets/deep-supervision.ts";
import type { CaseMask } from "../../domain/training-grid/case-mask.ts";
import { initialWindow, isCt } from "../../domain/view/initial-window.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { type AppState, PER_CASE, PER_DATASET, PER_GRID } from "../app-state.ts";
import { selectDrawnRegions, selectTrainer } from "../case/case-selectors.ts";
import { isSameDataset } from "../case/same-dataset.ts";
import { withFacts } from "../case/stored-case.ts";
import { selectionOf, soloNames, soloOf } from "../regions/selected-regions.ts";
import * as benchmarkSlice from "../slices/benchmark-slice.ts";
import type { CaseChoice, ImageQuestion, LoadProgress, OpenCase } from "../slices/case-slice.ts";
import type { CompareSlice, SecondReread } from "../slices/compare-slice.ts";
import * as compareSlice from "../slices/compare-slice.ts";
import * as editSlice from "../slices/edit-slice.ts";
import * as gpuSlice from "../slices/gpu-slice.ts";
import type { MadeLabels } from "../slices/label-map-slice.ts";
import * as labelMapSlice from "../slices/label-map-slice.ts";
import * as rulerSlice from "../slices/ruler-slice.ts";
import * as survivalSlice from "../slices/survival-slice.ts";
import * as viewSlice from "../slices/view-slice.ts";
import { useStore } from "../store.ts";
import { initialView, mergeLink, nextView } from "../view/initial-view.ts";
import { onGrid } from "../view/on-grid.ts";
import { viewReread } from "../view/reread-view.ts";
import { zoomRestored } from "../view/step-zoom.ts";

/** The result of a load. */
interface OpenedCase {
  readonly openCase: OpenCase;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly notices: readonly string[];
  /** Name of the requested configuration of the plans; otherwise `3d_fullres`, else the first. */
  readonly configuration?: string | null;
  /** The definition was already open: keep its edits, undo steps and saved text. */
  readonly keepsEdits?: boolean;
  /** The definition was made on the page and has not been saved. */
  readonly isUnsaved?: boolean;
  /** Set if this is the same case with another axis order: its second labels, which stay open. */
  readonly second?: SecondReread | null;
  /** Set if its labels were made on the page. */
  readonly madeLabels?: MadeLabels | null;
}

interface OpenedImage {
  readonly image: ImageVolume;
  readonly geometry: FileGeometry | null;
  readonly nonzero: CaseMask | null;
}

export function loadStarted(step: string): void {
  useStore.setState({ loading: { step, fraction: null, file: null }, problem: null, leftFile: null });
}

export function loadProgressed(loading: LoadProgress): void {
  useStore.setState({ loading });
}

/** Ends the load, whether it succeeded or not. */
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

/** @param leftFile null dismisses the message about it */
export function setLeftFile(leftFile: string | null): void {
  useStore.setState({ leftFile });
}

/**
 * Replaces the open case; resets view, counts and benchmark results. A case of the same dataset keeps how its
 * regions are shown and chosen, and on the same grid also the places.
 */
export function caseOpened(opened: OpenedCase): void {
  const { openCase, definition, plans, notices, configuration } = opened;
  const { keepsEdits, isUnsaved, madeLabels = null } = opened;
  const now = useStore.getState();
  // A step of the last case magnified what it went to.
  const shown = { ...now, ...zoomRestored(now) };
  // Positions that stay are those of the stored grid.
  const state = { ...shown, ...onGrid(shown, null) };
  const { link, view, openCase: before } = state;
  const second = opened.second === undefined ? compareSlice.PER_CASE : secondReread(opened.second, state);
  const next = { ...state, openCase, definition };
  const names = new Set(selectDrawnRegions(next).map(({ name }) => name));
  const isNext = before !== null && isSameDataset(state, next);
  const isInPlace = isNext && isOnSameGrid(before, openCase);
  const first = isNext
    ? nextView(state, openCase, definition, isInPlace)
    : initialView(openCase, definition, view, before);
  const linked = mergeLink(first, link, openCase, names);
  useStore.setState({
    ...PER_CASE,
    ...(isInPlace ? keep(state, PER_GRID) : PER_GRID),
    // Before the first case there are only fields of the address.
    ...(isNext ? stillThere(state, names) : before ? startAnew(state) : {}),
    ...second,
    ...(keepsEdits
      ? { ...keep(state, editSlice.PER_CASE), ...keep(state, labelMapSlice.PER_CASE) }
      : {
          ...(before ? {} : editSlice.PER_DATASET),
          savedText: isUnsaved ? null : (definition?.text ?? null),
          madeLabels,
        }),
    openCase,
    definition,
    plans,
    configuration: initialConfiguration(plans, configuration ?? link?.configuration ?? null),
    notices: [...notices, ...(second.secondApart ? [second.secondApart.notice] : [])],
    problem: null,
    loading: null,
    link: null,
    linkOnTrained: link?.grid === "stored" ? null : link,
    // Cancel, or the grid of a place, was meant for the last case.
    grid: state.chosenGrid ?? state.grid,
    ...linked,
  });
}

/** Replaces the case with the same one from another reader; its grid, axis order and values may differ. */
export function caseReread(openCase: OpenCase, second: SecondReread | null): void {
  useStore.setState((shown) => {
    const onStored = onGrid(shown, null);
    const state = { ...shown, ...onStored };
    const { openCase: before, definition, view, notices, secondApart } = state;
    const withSecond = secondReread(second, state);
    return {
      ...onStored,
      ...gpuSlice.PER_CASE,
      ...benchmarkSlice.PER_CASE,
      ...survivalSlice.PER_CASE,
      ...(before && isOnSameGrid(before, openCase) ? {} : rulerSlice.PER_GRID),
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
      // The camera's focus is in mm of the old grid.
      camera: null,
    };
  });
}

/** Opens a definition alone: it applies to the open case, if any. */
export function definitionOpened(definition: DatasetDefinition, notices: readonly string[] = []): void {
  useStore.setState((s) => ({
    ...gpuSlice.OUTDATED,
    ...viewSlice.PER_CASE,
    ...zoomRestored(s),
    ...(isSameDataset(s, { ...s, definition }) ? {} : startAnew(s)),
    ...editSlice.PER_CASE,
    savedText: definition.text,
    definition,
    notices,
    problem: null,
    loading: null,
  }));
}

/** Keeps a dataset.json whose labels do not apply to the open masks. */
export function definitionPutAside(putAside: DatasetDefinition, notices: readonly string[]): void {
  useStore.setState(({ openCase }) => ({
    openCase: openCase?.masks ? withFacts(openCase, { masks: { ...openCase.masks, putAside } }) : openCase,
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

/** Sets names and colours for the labels of the open case. */
export function labelNamesOpened(labelNames: readonly LabelName[], notices: readonly string[]): void {
  useStore.setState((s) => {
    const openCase = s.openCase ? withFacts(s.openCase, { labelNames }) : null;
    return {
      ...gpuSlice.OUTDATED,
      ...viewSlice.PER_CASE,
      ...zoomRestored(s),
      ...(isSameDataset(s, { ...s, openCase }) ? {} : startAnew(s)),
      openCase,
      notices,
      problem: null,
      loading: null,
    };
  });
}

/** Adds an image to the open case, in the axis order of its labels. */
export function imageOpened({ image, geometry, nonzero }: OpenedImage, notices: readonly string[]): void {
  useStore.setState(({ openCase, definition, view }) => ({
    openCase: openCase ? withImage(openCase, { image, geometry, nonzero }) : null,
    view: { ...view, window: initialWindow(image, isCt(definition, image)) },
    notices,
    problem: null,
    loading: null,
  }));
}

export function caseClosed(): void {
  useStore.setState((s) => ({ ...PER_CASE, ...PER_GRID, ...startAnew(s), problem: null }));
}

export function showError(problem: string): void {
  useStore.setState({ problem, loading: null, isFileRefused: false, isAboutB: false });
}

/** Like {@link showError}, of files that could not be opened: the page says what it still shows. */
export function showRefusal(problem: string): void {
  useStore.setState({ problem, loading: null, isFileRefused: true, isAboutB: false });
}

/** Like {@link showRefusal}, of label file B: other views than Compare do not show it. */
export function showRefusalOfB(problem: string): void {
  useStore.setState({ problem, loading: null, isFileRefused: true, isAboutB: true });
}

export function problemDismissed(): void {
  useStore.setState({ problem: null });
}

/** Shows a notice until it is dismissed or withdrawn. */
export function noticeShown(notice: string): void {
  useStore.setState(({ notices }) => ({ notices: [...notices.filter((other) => other !== notice), notice] }));
}

export function noticeWithdrawn(notice: string): void {
  useStore.setState(({ notices }) => ({ notices: notices.filter((other) => other !== notice) }));
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

/** Sets strides that replace those of the plans; null restores those. */
export function setStrides(stridesOverride: readonly Triple[] | null): void {
  useStore.setState({ stridesOverride, ...gpuSlice.OUTDATED });
}

export function setTrainer(trainer: Trainer): void {
  // Counts stay valid unless the effective trainer, and so the targets, change.
  useStore.setState((s) =>
    selectTrainer({ ...s, trainer }) === selectTrainer(s) ? { trainer } : { trainer, ...gpuSlice.OUTDATED },
  );
}

export function setMode(mode: SamplingMode): void {
  if (mode !== useStore.getState().mode) useStore.setState({ mode, ...gpuSlice.OUTDATED });
}

/** The current values of the fields in a slice's PER_CASE, to keep them. */
function keep<K extends keyof AppState>(
  state: AppState,
  perCase: Readonly<Record<K, unknown>>,
): Pick<AppState, K> {
  const keys = Object.keys(perCase) as K[];
  return Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<AppState, K>;
}

/** Nothing is named or chosen of the regions that are shown now. */
function startAnew({ datasetsOpened }: Pick<AppState, "datasetsOpened">): Partial<AppState> {
  return { ...PER_DATASET, datasetsOpened: datasetsOpened + 1 };
}

/**
 * What the next case of a dataset has of what is chosen and shown alone: labels in no region may be missing.
 */
function stillThere(s: AppState, names: ReadonlySet<string>): Partial<AppState> {
  const known = (all: Iterable<string | null>) =>
    [...all].filter((name): name is string => name !== null && names.has(name));
  return {
    ...soloOf(known(soloNames(s))),
    ...selectionOf(known([s.selectedRegion, ...s.selectedMore])),
    rangeFrom: known([s.rangeFrom])[0] ?? null,
  };
}

/** True if rulers measure the same places in both. */
function isOnSameGrid(a: OpenCase, b: OpenCase): boolean {
  return sameGrid(sourceGrid(a.source), sourceGrid(b.source));
}

/** The fields of the second labels after another reader has read the same case. */
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

/** Compares only the range, because readers differ at most by a constant offset of all values. */
function haveSameValues(a: ImageVolume | null | undefined, b: ImageVolume | null): boolean {
  return a?.min === b?.min && a?.max === b?.max;
}

/** True if a notice was about the previous reading of the case and is not about the current one. */
function isGone(notice: string, before: OpenCase | null, now: OpenCase): boolean {
  return before?.notices?.includes(notice) === true && now.notices?.includes(notice) !== true;
}

function withImage(openCase: OpenCase, { image, geometry, nonzero }: OpenedImage): OpenCase {
  const { geometry: before } = openCase;
  return withFacts(openCase, {
    image,
    nonzero,
    geometry: before ? { ...before, image: geometry } : null,
  });
}
