/** Connects state, GPU, viewers and workers; the only place where they meet. */
import { busyWhile } from "../app/busy.ts";
import type { Commands } from "../app/commands/commands.ts";
import { GpuSession } from "../app/gpu-session.ts";
import { IdleSignal } from "../app/idle-signal.ts";
import { LazyPart } from "../app/lazy-part.ts";
import { markGrid } from "../app/performance-marks.ts";
import { errorMessage } from "../base/errors.ts";
import { sourceGrid } from "../domain/volume/palette-volume.ts";
import { BackgroundVerification } from "../features/benchmark/background-verification.ts";
import { GpuCaseSync } from "../features/case/gpu-case-sync.ts";
import { centrePatch, movePatchTo } from "../features/case/move-patch.ts";
import { warmUp, warmUpColors } from "../features/case/warm-up.ts";
import { LazyCompareSync } from "../features/compare/compare-controller.ts";
import {
  applyRepair,
  editDefinition,
  readDefinition,
  repairOf,
  saveDefinition,
} from "../features/definition/editing.ts";
import { GridController } from "../features/grid/grid-controller.ts";
import { answerLabelsOrImage } from "../features/open/labels-or-image.ts";
import { Loader } from "../features/open/loader.ts";
import { answerUnsaved, askBeforeLeaving, saveMadeLabels } from "../features/open/unsaved.ts";
import type { CaseReport } from "../features/report/report.ts";
import { SlicesController } from "../features/slices/slices-controller.ts";
import { showError } from "../state/actions/case-actions.ts";
import { setPlane, setView, setVoxel, stepSlice } from "../state/actions/view-actions.ts";
import { isSurvivalWanted } from "../state/case/shown-patch.ts";
import { useStore } from "../state/store.ts";
import { watch } from "../state/watch.ts";
import { panBy, zoomAbout } from "../viewers/shared/view-geometry.ts";
import { prepareReader } from "../workers/reader.ts";
import { offerAutomation } from "./automation.ts";
import { startTrainingGrids } from "./training-grids.ts";

/** Starts the application behind the interface. */
export function connect(): { commands: Commands; dispose(): void } {
  const loader = new Loader();
  // Used later, so loaded on demand.
  const timing = new LazyPart(
    async () => new (await import("../features/benchmark/benchmark-controller.ts")).TimingRuns(),
  );
  const suite = new LazyPart(
    async () => new (await import("../features/benchmark/suite-controller.ts")).SuiteRuns(),
  );
  const labelMaps = new LazyPart(
    async () => new (await import("../features/make-label-map/label-map-controller.ts")).LabelMaps(loader),
  );
  const places = new LazyPart(
    async () => new (await import("../features/resampling-changes/places-controller.ts")).PlaceSteps(),
  );
  const survival = new LazyPart(
    async () => new (await import("../features/survival/survival-controller.ts")).SurvivalRuns(),
  );
  const unsubscribeSurvival = watch(
    (s) => [isSurvivalWanted(s)],
    () => {
      if (isSurvivalWanted(useStore.getState())) survival.with(() => undefined);
    },
  );
  const verification = new BackgroundVerification();
  /** Names of the canvases being drawn. */
  const drawing = new Set<string>();
  const drawnAndCounted = () => {
    markGrid();
    verification.consider();
  };
  const onDrawing = (canvas: string) => (isDrawing: boolean) => {
    if (isDrawing) drawing.add(canvas);
    else drawing.delete(canvas);
    if (!isDrawing) drawnAndCounted();
    idle.setDrawing(drawing.size > 0);
  };
  const grid = new GridController(onDrawing("grid"));
  const sliceViews = new SlicesController(onDrawing("slices"), (onSides) => new LazyCompareSync(onSides));
  // Counts that arrive while nothing is drawn cause no drawing that would trigger this.
  const unsubscribeCounts = useStore.subscribe(
    (s) => s.regionVoxels,
    (counts) => {
      if (counts && drawing.size === 0) drawnAndCounted();
    },
  );
  let caseSync: GpuCaseSync | null = null;

  const session = new GpuSession(
    (gpu) => {
      grid.setGpu(gpu);
      sliceViews.setGpu(gpu);
      caseSync = new GpuCaseSync(gpu, (targets, image) => {
        grid.setCase(targets, image);
        sliceViews.setCase(targets, image);
      });
      warmUp(gpu);
    },
    () => {
      caseSync?.dispose();
      caseSync = null;
      grid.setGpu(null);
      sliceViews.setGpu(null);
    },
  );
  const idle = new IdleSignal(() => session.cameToRest());
  const cpuCounting = new LazyPart(
    async () => new (await import("../features/case/cpu-counting.ts")).CpuCounting(),
  );
  const unsubscribeCpuCounting = watch(
    (s) => [s.gpu.status],
    () => {
      if (useStore.getState().gpu.status === "unavailable") cpuCounting.with(() => undefined);
    },
  );
  // A measurement does not apply to another case, so it is cancelled.
  const unsubscribe = useStore.subscribe(
    (s) => s.openCase,
    () => timing.ifWanted((runs) => runs.cancelAll()),
  );

  const commands: Commands = {
    openFiles: (files) => loader.openFiles(files),
    openFolder: (files) => loader.openFolder(files),
    openDrop: (transfer) => loader.openDrop(transfer),
    openSample: (id) => loader.openSample(id),
    openPhantom: (regions) => loader.openPhantom(regions),
    chooseCase: (name) => loader.chooseCase(name),
    cancelLoad: () => loader.cancel(),
    closeCase: () => loader.closeCase(),
    chooseReader: (reader) => loader.chooseReader(reader),
    answerUnsaved,
    answerLabelsOrImage,
    openLeftFile: () => loader.openLeftFile(),

    sliceViews: sliceViews.commands,
    view3d: sliceViews.view3d,
    attachGrid: (canvas) => grid.attach(canvas),
    setGridLayout: (layout) => grid.setLayout(layout),
    gridHit: (xPx, yPx) => grid.viewer?.hit(xPx, yPx) ?? null,
    moveCrosshairTo: (xPx, yPx) => {
      const hit = grid.viewer?.hit(xPx, yPx);
      if (hit) setVoxel(hit.voxel);
    },
    movePatchTo: (xPx, yPx) => {
      const hit = grid.viewer?.hit(xPx, yPx);
      if (hit) movePatchTo(hit.voxel);
    },
    centrePatch,
    panBy: (dxPx, dyPx) => {
      const { openCase, view } = useStore.getState();
      if (!openCase || !grid.layout) return;
      setView({ panMm: panBy(sourceGrid(openCase.source), grid.layout, view, dxPx, dyPx) });
    },
    zoomAt: (xPx, yPx, factor) => {
      const { openCase, view } = useStore.getState();
      if (!openCase || !grid.layout) return;
      setView(zoomAbout(sourceGrid(openCase.source), grid.layout, view, xPx, yPx, factor));
    },
    stepSlice: (slices) => stepSlice(slices),
    setPlane: (plane) => setPlane(plane),

    planBenchmark: (options, onPlan) => timing.with((runs) => onPlan(runs.planOf(session.gpu, options))),
    runBenchmark: (options) => timing.with((runs) => runs.runBenchmark(options)),
    cancelBenchmark: () => timing.ifWanted((runs) => runs.cancelBenchmark()),
    runSweep: () => timing.with((runs) => runs.runSweep()),
    cancelSweep: () => timing.ifWanted((runs) => runs.cancelSweep()),
    runSuite: () => suite.with((runs) => runs.run()),
    cancelSuite: () => suite.with((runs) => runs.cancel()),
    exportSuite: (format) => suite.with((runs) => runs.export(format)),
    runSurvival: () => survival.with((runs) => runs.run()),
    cancelSurvival: () => survival.ifWanted((runs) => runs.cancel()),
    stepVanishing: (by) => survival.with((runs) => runs.step(by)),
    stepComponent: (by) => survival.with((runs) => runs.stepComponent(by)),
    showComponent: (place) => survival.with((runs) => runs.show(place)),
    stepPlace: (by, filter) => places.with((steps) => steps.step(by, filter)),
    runComponentShares: () => survival.with((runs) => runs.runComponentShares()),
    cancelComponentShares: () => survival.ifWanted((runs) => runs.cancelComponentShares()),
    exportBenchmark: (format) => timing.with((runs) => runs.exportBenchmark(format)),
    editDefinition,
    repairOf,
    applyRepair,
    saveDefinition,
    saveMadeLabels,
    makeLabelMap: () => labelMaps.with((maps) => maps.make()),
    closeLabelMap: () => labelMaps.with((maps) => maps.close()),
    saveLabelMap: (what) =>
      labelMaps.with((maps) => (what === "labels" ? maps.saveLabels() : maps.saveDefinition())),
    openLabelMap: () => labelMaps.with((maps) => maps.open()),
    readDefinition,
    exportReport: () =>
      report(session, async (made) => {
        const { saveReport } = await import("../features/report/report.ts");
        saveReport(made);
      }),
    printReport: () =>
      report(session, async (made, signal) => {
        const { saveReportPage } = await import("../features/report/print-report.ts");
        await saveReportPage(made, signal);
      }),
    exportImage: (factor) =>
      busyWhile(async () => {
        const { exportImage } = await import("../features/share/export-image.ts");
        return exportImage(session.gpu, { grid: grid.drawn, sliceViews: sliceViews.drawn }, factor);
      }),
    saveView: () => busyWhile(async () => (await import("../features/share/view-file.ts")).saveView()),
    retryGpu: () => session.retry(),
  };
  const leaveFreely = askBeforeLeaving();
  const withdraw = offerAutomation({ loader, session, verification });
  // Without it, slice tracks stay empty, jumps use other data, and nothing is said of resampling or patches.
  const inBackground = busyWhile(async () =>
    (await import("./background-syncs.ts")).startBackgroundSyncs(),
  ).catch(() => null);
  const trainingGrids = startTrainingGrids(true);
  const coolDown = warmUpColors();
  session.start();
  prepareReader();

  return {
    commands,
    dispose() {
      withdraw();
      coolDown();
      leaveFreely();
      unsubscribe();
      unsubscribeCounts();
      inBackground.then((end) => end?.()).catch(() => undefined);
      trainingGrids.then((sync) => sync?.dispose()).catch(() => undefined);
      loader.cancel();
      timing.ifWanted((runs) => runs.cancelAll());
      suite.ifWanted((runs) => runs.cancel());
      labelMaps.ifWanted((maps) => maps.dispose());
      places.ifWanted((steps) => steps.dispose());
      unsubscribeSurvival();
      survival.ifWanted((runs) => runs.dispose());
      verification.dispose();
      unsubscribeCpuCounting();
      cpuCounting.ifWanted((counting) => counting.dispose());
      session.dispose();
      grid.dispose();
      sliceViews.dispose();
      idle.dispose();
    },
  };
}

async function report(
  session: GpuSession,
  save: (made: CaseReport, signal: AbortSignal) => void | Promise<void>,
): Promise<void> {
  const { signal } = new AbortController();
  try {
    await busyWhile(async () => {
      const { reportOnCase } = await import("../features/report/report.ts");
      const gpu = await session.settled();
      await save(await reportOnCase({ path: "auto" }, gpu !== null, signal), signal);
    });
  } catch (error) {
    showError(`The report failed: ${errorMessage(error)}`);
  }
}
