/** Opens cases from files, folders, drops, samples and the phantom; a new load cancels the previous one. */

import { inBackground } from "../../app/busy.ts";
import type { SampleId } from "../../app/commands/commands.ts";
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { plural } from "../../base/format-numbers.ts";
import { definitionForReader } from "../../domain/case/case-reading.ts";
import { namedChannels } from "../../domain/dataset/channel-names.ts";
import { spacesMeet } from "../../domain/geometry/grid-overlap.ts";
import { IDENTITY } from "../../domain/geometry/transpose.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { AwaitedFile } from "../../domain/view/view-values.ts";
import { joinLabelNames, type LabelName, noUseForMasks } from "../../domain/volume/label-names.ts";
import { signsText } from "../../domain/volume/looks-like-image.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { type InputFile, type OpenOptions, stemOf } from "../../formats/bytes/input-file.ts";
import type { OpenedView } from "../../formats/intake/definition-files.ts";
import type { Opened } from "../../formats/intake/open.ts";
import { ELSEWHERE, openedCase } from "../../formats/intake/opened-case.ts";
import {
  caseChoiceClosed,
  caseClosed,
  caseOpened,
  casesFound,
  definitionOpened,
  definitionPutAside,
  imageOpened,
  labelNamesOpened,
  loadEnded,
  loadProgressed,
  loadStarted,
  plansOpened,
  setLeftFile,
  setStrides,
  showRefusal,
} from "../../state/actions/case-actions.ts";
import { viewReplaced } from "../../state/actions/history-actions.ts";
import { droppedAsB } from "../../state/case/compared-file.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { type MadeLabels, notSavedYet } from "../../state/slices/label-map-slice.ts";
import { useStore } from "../../state/store.ts";
import { phantomInWorker } from "../../workers/phantom.ts";
import { openInWorker } from "../../workers/reader.ts";
import { readAnew } from "../case/reread-volumes.ts";
import { droppedFiles } from "./dropped-files.ts";
import { askLabelsOrImage } from "./labels-or-image.ts";
import { applyView, lookAtFolder, sayOpened, tookAsB } from "./lazy.ts";
import { loadSample } from "./load-sample.ts";
import { followReader, readAs, readerOf, secondAnew } from "./reader-choice.ts";
import { SAMPLES } from "./samples.ts";
import { mayDropCase, mayDropEdits } from "./unsaved.ts";

const PHANTOM_SIZE = 112;

/** A label map made from the open masks, with its definition. */
interface MadeFiles {
  readonly labels: File;
  readonly definition: File;
  /** Names and colours of the labels. */
  readonly labelNames: readonly LabelName[];
  readonly isSaved: { readonly labels: boolean; readonly definition: boolean };
}

/** What files were opened with, to open them again. */
interface OpenedFiles {
  readonly files: readonly InputFile[];
  readonly options: OpenOptions;
  /** They were dropped as this side of Compare. */
  readonly asB: AwaitedFile["kind"] | null;
}

export class Loader {
  #abort: AbortController | null = null;
  /** Files of a folder with several cases, until one is chosen. */
  #folder: readonly InputFile[] | null = null;
  /** A view opened before its case. */
  #waitingView: OpenedView | null = null;
  /** Names and colours opened before their labels. */
  #waitingNames: readonly LabelName[] = [];
  /** What the store's `leftFile` was opened with. */
  #left: OpenedFiles | null = null;

  openFiles(files: readonly File[]): void {
    this.#open(files.map(asInput));
  }

  openFolder(files: readonly File[]): void {
    this.#openFolder(files.map(asInput));
  }

  openDrop(transfer: DataTransfer): void {
    const dropped = droppedFiles(transfer);
    const asB = droppedAsB(useStore.getState());
    this.#load("Reading the dropped files", async () => {
      const { files, hasFolder } = await dropped;
      return hasFolder ? () => this.#openFolder(files) : () => this.#open(files, {}, asB);
    });
  }

  openSample(id: SampleId): void {
    if (id === "synthetic") {
      this.openPhantom(useStore.getState().link?.phantomRegions ?? 24);
      return;
    }
    this.#load(`Opening ${SAMPLES.find((sample) => sample.id === id)?.title ?? id}`, async (signal) => {
      const files = await loadSample(id, signal);
      const opened = await openInWorker(files, linkedReader(), loadProgressed, signal);
      return () => this.#show(opened, { sampleId: id, configuration: null }, signal);
    });
  }

  openPhantom(regions: number): void {
    this.#load(`Making a phantom with ${regions} regions`, async (signal) => {
      const { volume, definition, automaticColors } = await phantomInWorker(
        { size: PHANTOM_SIZE, regions },
        signal,
      );
      return async () => {
        if (!(await mayDropCase(signal))) return;
        const hadCase = useStore.getState().openCase !== null;
        caseOpened({
          openCase: {
            name: `phantom, ${plural(regions, "region")}`,
            datasetName: "synthetic",
            sampleId: "synthetic",
            source: { kind: "labels", volume },
            orientation: "RAS",
            transpose: IDENTITY,
            image: null,
            automaticColors,
            labelNames: this.#waitingNames,
          },
          definition,
          plans: null,
          notices: [],
        });
        if (hadCase) sayOpened(null);
        this.#waitingNames = [];
      };
    });
  }

  /** Closes the case, unless the user prefers to keep unsaved edits. */
  closeCase(): void {
    inBackground(async () => {
      if (await mayDropCase()) caseClosed();
    });
  }

  openLeftFile(): void {
    const { files, options, asB } = this.#left ?? {};
    if (files) this.#open(files, options, asB);
  }

  chooseCase(name: string): void {
    const files = this.#folder;
    caseChoiceClosed();
    if (files) this.#open(files, { caseName: name });
  }

  /** Replaces the open masks with a label map made from them and its definition; image and plans stay. */
  openInPlace({ labels, definition, labelNames, isSaved }: MadeFiles): void {
    this.#load(`Opening ${labels.name}`, async (signal) => {
      const files = [labels, definition].map(asInput);
      const chosen = useStore.getState().openCase?.geometry?.chosen;
      const options = {
        labels: [labels.name],
        dataset: definition.name,
        ...(chosen ? { reader: chosen } : {}),
      };
      const opened = await openInWorker(files, options, loadProgressed, signal);
      return async () => {
        const { openCase: before, plans, configuration, stridesOverride } = useStore.getState();
        const notices = isSaved.labels ? opened.notices : [...opened.notices, notSavedYet(labels.name)];
        const isUnsaved = !isSaved.definition;
        const madeLabels = { file: labels, saved: isSaved.labels };
        const asked = { configuration, isUnsaved, madeLabels };
        await this.#settle({ ...opened, plans, labelNames, notices }, signal, asked);
        const now = selectStoredCase(useStore.getState());
        if (!now || now === before) return;
        if (stridesOverride) setStrides(stridesOverride);
        if (!before?.image) return;
        // The label map's file ending may make nnU-Net choose another reader, so the image is placed again.
        const { geometry, transpose } = now;
        const wanted = { reader: geometry?.reader ?? null, chosen: geometry?.chosen ?? null, transpose };
        const { image, nonzero = null } = await readAnew(before, wanted, signal);
        const { notices: said } = useStore.getState();
        const ofImage = before.geometry?.image ?? null;
        if (image && selectStoredCase(useStore.getState()) === now)
          imageOpened({ image, geometry: ofImage, nonzero }, said);
      };
    });
  }

  /**
   * Shows the case as this nnU-Net reader places it; null returns to the reader that nnU-Net would choose.
   */
  chooseReader(chosen: Reader | null): void {
    const openCase = selectStoredCase(useStore.getState());
    if (!openCase?.geometry) return;
    this.#load("Placing the volumes", (signal) => readAs(openCase, chosen, signal));
  }

  /**
   * Opens files with explicit roles and waits for the result.
   * @throws InputError
   */
  async openForReport(
    files: readonly InputFile[],
    options: OpenOptions,
    labelsAnyway: boolean,
  ): Promise<void> {
    this.cancel();
    const signal = new AbortController().signal;
    const opened = await openInWorker(files, options, () => undefined, signal);
    const { imageSigns, labelsFile, definition } = opened;
    if (imageSigns && !definition && !labelsAnyway) {
      throw new InputError(
        labelsFile ?? opened.name,
        `it looks like an image, not labels (it has ${signsText(imageSigns)})`,
        "Give the label file, or add --labels-anyway to take it as labels",
      );
    }
    await this.#settle(opened, signal, { configuration: options.configuration ?? null });
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    loadEnded();
  }

  #openFolder(files: readonly InputFile[]): void {
    this.#load("Reading the folder", async () => {
      const found = await lookAtFolder(files, useStore.getState().openCase !== null);
      return () => {
        if (found.kind === "refused") showRefusal(found.problem);
        else if (found.kind === "cases") {
          this.#folder = files;
          casesFound({ cases: found.names.map((name) => ({ name })), problem: found.problem });
        } else this.#open(files, found.caseName === null ? {} : { caseName: found.caseName });
      };
    });
  }

  #open(
    files: readonly InputFile[],
    options: OpenOptions = {},
    asB: AwaitedFile["kind"] | null = null,
  ): void {
    if (files.length === 0) {
      showRefusal("The folder is empty. Choose a folder with a case.");
      return;
    }
    const { openCase } = useStore.getState();
    const underlay = openCase && options.caseName === undefined ? underlayOf(openCase) : {};
    this.#load("Opening", async (signal) => {
      const opened = await openInWorker(
        files,
        { ...linkedReader(), ...options, ...underlay },
        loadProgressed,
        signal,
      );
      return async () => {
        if (!(await this.#areLabels(opened, { files, options, asB }, signal))) return;
        if (!asB || !(await tookAsB(asB, opened, files[0]?.path ?? opened.name, signal)))
          await this.#settle(opened, signal);
      };
    });
  }

  /**
   * Decides whether a volume read as labels is opened as labels: at once if it does not look like an image or
   * a definition is there, otherwise by the user's answer. A volume declared an image becomes the image of
   * the open case; one about which the user does not answer can be opened again.
   */
  async #areLabels(opened: Opened, from: OpenedFiles, signal: AbortSignal): Promise<boolean> {
    const { imageSigns, labelsFile } = opened;
    const { openCase, definition } = useStore.getState();
    const defined = opened.definition ?? (openCase ? null : definition);
    if (!imageSigns || labelsFile === null || defined) return true;
    const file = baseName(labelsFile);
    const answer = await askLabelsOrImage({ file, signs: imageSigns, hasCase: openCase !== null }, signal);
    if (answer === null && !signal.aborted) {
      this.#left = from;
      setLeftFile(file);
    }
    if (answer !== "image") return answer === "labels";
    if (!openCase) {
      showRefusal(`${file}: an image is shown under labels. Open its label file, or both together.`);
      return false;
    }
    // A header's voxels may be in a separate file.
    const own = from.files.filter(({ path }) => stemOf(path) === stemOf(labelsFile));
    this.#load(`Opening ${file} as the image`, async (reading) => {
      const options = { image: labelsFile, ...underlayOf(openCase) };
      const image = await openInWorker(own, options, loadProgressed, reading);
      return () => this.#settle(image, reading);
    });
    return false;
  }

  /** Runs a load: shows progress, one sentence if it fails, and nothing if it is cancelled. */
  #load(step: string, work: (signal: AbortSignal) => Promise<() => unknown>): void {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    loadStarted(step);
    const run = async () => {
      const finish = await work(abort.signal);
      if (abort.signal.aborted) return;
      loadEnded();
      await finish();
    };
    inBackground(run, { signal: abort.signal, show: showRefusal });
  }

  async #settle(opened: Opened, signal: AbortSignal, asked: Partial<Asked> = {}): Promise<void> {
    if (opened.source) {
      if (!(await this.#show(opened, { sampleId: null, configuration: null, ...asked }, signal))) return;
      const view = opened.view ?? this.#waitingView;
      if (!view) return;
      this.#waitingView = null;
      await applyView(view);
      return;
    }
    if (opened.definition && !(await mayDropEdits(signal))) return;
    const openCase = selectStoredCase(useStore.getState());
    const meets = opened.image && openCase && spacesMeet(opened.image.grid, sourceGrid(openCase.source));
    const { image, imageGeometry: geometry, nonzero } = opened;
    if (image && meets) imageOpened({ image, geometry, nonzero }, opened.notices);
    await joinDefinitions(opened, signal);
    if (opened.labelTable !== null) this.#joinNames(opened.labelTable, opened);
    // Raised last, because opening anything clears the problem shown.
    if (meets === false) showRefusal(`${opened.name}: ${ELSEWHERE}${openCase?.image ? IMAGE_STAYS : ""}`);
    if (opened.view && openCase) {
      viewReplaced({}, opened.notices);
      await applyView(opened.view);
    } else if (opened.view) {
      this.#waitingView = opened.view;
      viewReplaced({}, [
        ...opened.notices,
        `${opened.view.file} is loaded. Its view will be applied to the labels you open next.`,
      ]);
    }
  }

  /**
   * Shows an opened case; labels take the names that waited for them, masks do not.
   * @returns whether the open case was replaced
   */
  async #show(opened: Opened, asked: Asked, signal: AbortSignal): Promise<boolean> {
    const before = selectStoredCase(useStore.getState());
    const hasLabels = opened.source?.kind === "labels";
    const labelNames = hasLabels ? joinLabelNames(this.#waitingNames, opened.labelNames) : opened.labelNames;
    await showOpened({ ...opened, labelNames }, asked, signal);
    if (selectStoredCase(useStore.getState()) === before) return false;
    if (hasLabels) this.#waitingNames = [];
    if (before) sayOpened(opened.labelsFile);
    return true;
  }

  /**
   * Adds a table of names and colours, opened without labels, to the open labels, or keeps it for the next.
   */
  #joinNames(file: string, { labelNames, notices }: Opened): void {
    const { openCase } = useStore.getState();
    if (!openCase) {
      this.#waitingNames = labelNames;
      viewReplaced({}, [
        ...notices,
        `${file} is loaded. Its names and colours will be applied to the labels you open next.`,
      ]);
    } else if (openCase.source.kind === "masks") {
      showRefusal(noUseForMasks(file));
    } else labelNamesOpened(joinLabelNames(openCase.labelNames, labelNames), notices);
  }
}

function asInput(file: File): InputFile {
  return { path: file.webkitRelativePath || file.name, blob: file };
}

const IMAGE_STAYS = " The image that was open is kept.";

/** Facts about a case that its files do not hold. */
interface Asked {
  readonly sampleId: SampleId | null;
  /** Configuration of the plans. */
  readonly configuration: string | null;
  /** The definition was made on the page and has not been saved. */
  readonly isUnsaved?: boolean;
  /** The label file, if it was made on the page. */
  readonly madeLabels?: MadeLabels;
}

/**
 * Makes a case the open one. It takes over a definition or plans that were opened before it without a case.
 */
async function showOpened(
  opened: Opened,
  { sampleId, configuration, isUnsaved = false, madeLabels }: Asked,
  signal: AbortSignal,
): Promise<void> {
  const state = useStore.getState();
  const waiting = state.openCase === null;
  const plans = opened.plans ?? (waiting ? state.plans : null);
  const transpose = plans?.transposeForward ?? opened.transpose;
  if (!opened.source) return;
  const chosen = opened.geometry?.chosen ?? null;
  const waits = opened.definition ?? (waiting ? state.definition : null);
  const reader = readerOf(opened.geometry, waits, plans, chosen);
  const read = await readAnew({ ...opened, source: opened.source }, { reader, chosen, transpose }, signal);
  const keepsEdits = waiting && !opened.definition && read.source.kind === "labels";
  if (!keepsEdits && !(await mayDropCase(signal))) return;
  // Read again, because the definition may have been edited meanwhile.
  const definition = opened.definition ?? (waiting ? useStore.getState().definition : null);
  const its = openedCase(opened, read, definition);
  caseOpened({
    keepsEdits,
    openCase: {
      ...its,
      datasetName: opened.datasetName ?? definition?.name ?? null,
      sampleId,
      automaticColors: opened.automaticColors ?? null,
    },
    definition: its.source.kind === "masks" ? null : definition,
    plans,
    configuration,
    notices: its.notices ?? [],
    isUnsaved,
    ...(madeLabels ? { madeLabels } : {}),
  });
}

/** Adds a definition and plans, opened without volumes, to the open case; plans may reorder its axes. */
async function joinDefinitions(opened: Opened, signal: AbortSignal): Promise<void> {
  const { definition, plans, notices } = opened;
  const store = useStore.getState();
  // A finding reports that the definition is put aside.
  if (definition && store.openCase?.source.kind === "masks") definitionPutAside(definition, notices);
  else if (definition) definitionOpened(definition, notices);
  if (!plans) {
    await followReader(signal);
    return;
  }
  const openCase = selectStoredCase(useStore.getState());
  if (!openCase) {
    plansOpened(plans, [
      ...notices,
      `${plans.file} is loaded. Its scales will be applied to the labels you open next.`,
    ]);
    return;
  }
  if (plans.transposeForward.every((axis, i) => axis === openCase.transpose[i])) {
    plansOpened(plans, notices);
    await followReader(signal);
    return;
  }
  const chosen = openCase.geometry?.chosen ?? null;
  const reader = readerOf(openCase.geometry, definitionForReader(useStore.getState()), plans, chosen);
  const wanted = { reader, chosen, transpose: plans.transposeForward };
  const now = { ...openCase, ...(await readAnew(openCase, wanted, signal)) };
  const second = await secondAnew(now, wanted, signal);
  caseOpened({
    openCase: now,
    definition: useStore.getState().definition,
    plans,
    notices,
    keepsEdits: true,
    second,
  });
}

/** The reader named by the page's address, until a case is open. */
function linkedReader(): Pick<OpenOptions, "reader"> {
  const reader = useStore.getState().link?.reader;
  return reader ? { reader } : {};
}

/** Has images for the open case read like its labels. */
function underlayOf({ transpose, geometry }: OpenCase): OpenOptions {
  const { definition } = useStore.getState();
  return {
    underlay: transpose,
    ...(geometry ? { underlayReader: geometry.reader } : {}),
    ...(definition ? { underlayChannels: namedChannels(definition) } : {}),
  };
}
