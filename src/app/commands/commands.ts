/** What the interface can ask of the application; implemented in `start.ts`, handed to React by context. */
import type { TargetFormat } from "../../benchmark/result.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import type { Finding } from "../../domain/findings/findings.ts";
import type { Plane } from "../../domain/geometry/grid.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { SurvivalPlace } from "../../state/slices/survival-slice.ts";
import type { BenchmarkPlan } from "../../targets/measure/memory-plan.ts";
import type { GridHit, GridLayout } from "../../viewers/shared/grid-layout.ts";
import type { PanesCommands, SolidCommands } from "./slice-commands.ts";

export type SampleId = "abdomen-regions" | "abdomen-organs" | "spine-regions" | "synthetic";

export type { Memory, PathMemory } from "../../targets/measure/memory-plan.ts";
export type { GridLayout } from "../../viewers/shared/grid-layout.ts";

/** What a file is that could be either. */
export type LabelsOrImage = "labels" | "image";

/** Pixels of a picture for one of the screen. */
export type PictureFactor = 1 | 2 | 4;

export interface TakenPicture {
  readonly name: string;
  readonly blob: Blob;
}

export interface ComparisonOptions {
  readonly repeats: number;
  /** Patches. */
  readonly batch: number;
  readonly targetFormat: TargetFormat;
}

export interface Commands {
  /** Opens what the file dialog gave: labels, image, dataset.json, plans.json in any order. */
  openFiles(files: readonly File[]): void;
  /** Opens an nnU-Net dataset folder (files carry `webkitRelativePath`). */
  openFolder(files: readonly File[]): void;
  openDrop(transfer: DataTransfer): void;
  openSample(id: SampleId): void;
  openPhantom(regions: number): void;
  chooseCase(name: string): void;
  cancelLoad(): void;
  /** Edits that are not saved are asked about first. */
  closeCase(): void;
  /** Shows the open case as this reader of nnU-Net gives it; null: as the one that nnU-Net takes. */
  chooseReader(reader: Reader | null): void;
  /** The answer to the store's `unsavedQuestion`: whether the edits may be lost. */
  answerUnsaved(goOn: boolean): void;
  /** The answer to the store's `imageQuestion`; null opens nothing. */
  answerLabelsOrImage(answer: LabelsOrImage | null): void;

  /** The canvas of the layouts that show whole slices. */
  readonly panes: PanesCommands;
  readonly solid: SolidCommands;
  /** Gives the grid its canvas; the returned function takes it away again. */
  attachGrid(canvas: HTMLCanvasElement): () => void;
  setGridLayout(layout: GridLayout): void;
  gridHit(xPx: number, yPx: number): GridHit | null;
  moveCrosshairTo(xPx: number, yPx: number): void;
  /** Centres the training patch on the voxel under a point, within the plane. */
  movePatchTo(xPx: number, yPx: number): void;
  /** Centres it on the crosshair; shows it if it was not shown. */
  centrePatch(): void;
  panBy(dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** Moves the crosshair by whole slices of the current plane. */
  stepSlice(slices: number): void;
  setPlane(plane: Plane): void;

  /** What a comparison would take of memory; null where nothing can be measured. */
  planComparison(options: Omit<ComparisonOptions, "repeats">): BenchmarkPlan | null;
  runComparison(options: ComparisonOptions): void;
  cancelComparison(): void;
  runSweep(): void;
  cancelSweep(): void;
  /** Measures every workload of the benchmark's suite, on volumes of its own. */
  runSuite(): void;
  cancelSuite(): void;
  exportSuite(format: "json" | "markdown"): void;
  /** Survival is computed while it is looked at; this asks again for what was cancelled. */
  runSurvival(): void;
  cancelSurvival(): void;
  /** Goes to the next component that vanishes (1), or the one before (-1). */
  stepVanishing(by: 1 | -1): void;
  /** Goes to the next component of the selected region (1), or the one before (-1), largest first. */
  stepComponent(by: 1 | -1): void;
  /** Shows a component in the grid. */
  showComponent(place: SurvivalPlace): void;
  runSurvivalSweep(): void;
  cancelSurvivalSweep(): void;
  /** One undoable step; undo and redo are the store's. */
  editDefinition(change: DefinitionEdit): void;
  /** The certain repair of a finding, or null where a person has to choose. */
  repairOf(finding: Finding): Promise<{ readonly label: string } | null>;
  /** Whether something was changed. */
  applyRepair(finding: Finding): Promise<boolean>;
  /** Saves dataset.json as it is now, errors and all. */
  saveDefinition(): void;
  /** Saves the label file that was made on the page and is open. */
  saveMadeLabels(): void;
  /** Opens the dialog that makes a label map of the masks that are open. */
  makeLabelMap(): void;
  /** Closes it, and ends what it does. */
  closeLabelMap(): void;
  /** Saves the map's label file, or its dataset.json. */
  saveLabelMap(what: "labels" | "definition"): void;
  /** Opens the map in place of the masks; edits that are not saved are asked about first. */
  openLabelMap(): void;
  /** Another dataset.json, to compare with; null once the user was told why it cannot be read. */
  readDefinition(file: File): Promise<DatasetDefinition | null>;
  /** Saves the report as JSON; resolves when that is done, or the user was told why not. */
  exportReport(): Promise<void>;
  /** Saves the report as a page with pictures, to print. */
  printReport(): Promise<void>;
  exportComparison(format: "json" | "csv" | "markdown"): void;
  /**
   * A PNG of what the middle shows, with legend and words, at a multiple of the screen's resolution.
   * @throws Error with a sentence where that cannot be
   */
  takePicture(factor: PictureFactor): Promise<TakenPicture>;
  /** Saves how the case is looked at, for any case. @returns the file's name */
  saveView(): Promise<string | null>;
  retryGpu(): void;
}
