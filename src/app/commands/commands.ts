/**
 * Commands that the interface can give the application; implemented in `start.ts`, passed to React by
 * context.
 */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import type { Plane } from "../../domain/geometry/grid.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";
import type { SurvivalPlace } from "../../state/slices/survival-slice.ts";
import type { BenchmarkPlan } from "../../targets/measure/memory-plan.ts";
import type { GridHit, GridLayout } from "../../viewers/shared/grid-layout.ts";
import type { SliceCommands, View3dCommands } from "./slice-commands.ts";

export type SampleId = "abdomen-regions" | "abdomen-organs" | "spine-regions" | "synthetic";

export type { BenchmarkPlan, Memory, PathMemory } from "../../targets/measure/memory-plan.ts";
export type { GridLayout } from "../../viewers/shared/grid-layout.ts";

/** The user's decision on an ambiguous file. */
export type LabelsOrImage = "labels" | "image";

/** Pixels of an exported image per screen pixel. */
export type ImageScale = 1 | 2 | 4;

export interface ExportedImage {
  readonly name: string;
  readonly blob: Blob;
}

export interface BenchmarkOptions {
  readonly repeats: number;
  /** Number of patches. */
  readonly batch: number;
  readonly targetFormat: TargetFormat;
}

export interface Commands {
  /** Opens files from the file dialog: labels, image, dataset.json and plans.json in any order. */
  openFiles(files: readonly File[]): void;
  /** Opens an nnU-Net dataset folder (files carry `webkitRelativePath`). */
  openFolder(files: readonly File[]): void;
  openDrop(transfer: DataTransfer): void;
  openSample(id: SampleId): void;
  openPhantom(regions: number): void;
  chooseCase(name: string): void;
  cancelLoad(): void;
  /** Asks first if there are unsaved edits. */
  closeCase(): void;
  /** Shows the open case as this nnU-Net reader reads it; null for the reader that nnU-Net would choose. */
  chooseReader(reader: Reader | null): void;
  /** Answers the store's `unsavedQuestion`: whether the edits may be lost. */
  answerUnsaved(goOn: boolean): void;
  /** Answers the store's `imageQuestion`; null opens nothing. */
  answerLabelsOrImage(answer: LabelsOrImage | null): void;
  /** Asks again about the store's `leftFile`. */
  openLeftFile(): void;

  /** Commands of the canvas for layouts of whole slices. */
  readonly sliceViews: SliceCommands;
  readonly view3d: View3dCommands;
  /** Gives the grid its canvas; returns a function that detaches it. */
  attachGrid(canvas: HTMLCanvasElement): () => void;
  setGridLayout(layout: GridLayout): void;
  gridHit(xPx: number, yPx: number): GridHit | null;
  moveCrosshairTo(xPx: number, yPx: number): void;
  /** Centres the training patch on the voxel under a point, within the plane. */
  movePatchTo(xPx: number, yPx: number): void;
  /** Centres the patch on the crosshair and shows it if necessary. */
  centrePatch(): void;
  panBy(dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** Moves the crosshair by whole slices of the current plane. */
  stepSlice(slices: number): void;
  setPlane(plane: Plane): void;

  /** Tells the memory that a benchmark would need; null if nothing can be measured. */
  planBenchmark(
    options: Omit<BenchmarkOptions, "repeats">,
    onPlan: (plan: BenchmarkPlan | null) => void,
  ): void;
  runBenchmark(options: BenchmarkOptions): void;
  cancelBenchmark(): void;
  runSweep(): void;
  cancelSweep(): void;
  /** Measures every workload of the benchmark suite, on volumes of its own. */
  runSuite(): void;
  cancelSuite(): void;
  exportSuite(format: "json" | "markdown"): void;
  /** Computes cancelled survival again; otherwise it is computed while something shows it. */
  runSurvival(): void;
  cancelSurvival(): void;
  /** Goes to the next (1) or previous (-1) component that has no voxel at a scale. */
  stepVanishing(by: 1 | -1): void;
  /** Goes to the next (1) or previous (-1) component of the selected region, largest first. */
  stepComponent(by: 1 | -1): void;
  /** Shows a component in the grid. */
  showComponent(place: SurvivalPlace): void;
  /**
   * Goes to the next (1) or previous (-1) place that resampling changed.
   * @param filter which places; by default those that were stepped through last
   */
  stepPlace(by: 1 | -1, filter?: PlaceFilter): void;
  runComponentShares(): void;
  cancelComponentShares(): void;
  /**
   * Makes one undoable edit, now or once its script has loaded; undo and redo are actions of the store.
   * @param made runs after it, even if it was refused
   */
  editDefinition(change: DefinitionEdit, made?: () => void): void;
  /** Returns the certain repair of a finding, or null if a person has to choose. */
  repairOf(finding: Finding): Promise<{ readonly action: string } | null>;
  /** Resolves to whether anything changed. */
  applyRepair(finding: Finding): Promise<boolean>;
  /** Saves dataset.json as it is, including errors. */
  saveDefinition(): void;
  /** Saves the open label file that was made on the page. */
  saveMadeLabels(): void;
  /** Opens the dialog that makes a label map of the open masks. */
  makeLabelMap(): void;
  /** Closes the dialog and cancels its work. */
  closeLabelMap(): void;
  /** Saves the label map's label file or its dataset.json. */
  saveLabelMap(what: "labels" | "definition"): void;
  /** Opens the label map in place of the masks; asks first if there are unsaved edits. */
  openLabelMap(): void;
  /** Reads another dataset.json to compare with; null if it cannot be read, after telling the user why. */
  readDefinition(file: File): Promise<DatasetDefinition | null>;
  /** Saves the report as JSON; resolves once it is saved or the user was told why not. */
  exportReport(): Promise<void>;
  /** Saves the report as a page with images, for printing. */
  printReport(): Promise<void>;
  exportBenchmark(format: "json" | "csv" | "markdown"): void;
  /**
   * Returns a PNG of the main view, with legend and text, at a multiple of the screen's resolution.
   * @throws Error with a sentence if that is not possible
   */
  exportImage(factor: ImageScale): Promise<ExportedImage>;
  /** Saves the view settings, for use with any case. @returns the file's name */
  saveView(): Promise<string | null>;
  retryGpu(): void;
}
