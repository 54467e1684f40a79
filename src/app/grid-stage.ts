/** The grid's canvas: a viewer on it while there is a device, fed from the store, drawn by its frame loop. */
import type { Gpu } from "../gpu/gpu.ts";
import type { ResidentTargets } from "../paths/resident-targets.ts";
import { frameDrawn } from "../state/frame-log.ts";
import { selectMarkedEntries } from "../state/marked-entries.ts";
import { selectDrawnRows } from "../state/row-selectors.ts";
import { useStore } from "../state/store.ts";
import type { GridLayout } from "../viewers/grid-layout.ts";
import { GridViewer } from "../viewers/grid-viewer.ts";
import type { ResidentImage } from "../viewers/resident-image.ts";
import { type Drawable, FrameLoop } from "./frame-loop.ts";
import { markFrame } from "./frame-marks.ts";

export class GridStage {
  #gpu: Gpu | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #layout: GridLayout | null = null;
  #case: readonly [ResidentTargets | null, ResidentImage | null] = [null, null];
  #viewer: GridViewer | null = null;
  #loop: FrameLoop | null = null;
  /** Counts attachments, so that a viewer that comes too late is thrown away. */
  #generation = 0;
  #building: Promise<void> = Promise.resolve();
  readonly #unsubscribe: () => void;

  constructor(readonly onDrawing: (drawing: boolean) => void) {
    this.#unsubscribe = useStore.subscribe(
      (s) => [s.view, selectDrawnRows(s), selectMarkedEntries(s)],
      () => this.#feed(),
      { equalityFn: (a, b) => a.every((value, i) => value === b[i]) },
    );
  }

  get viewer(): GridViewer | null {
    return this.#viewer;
  }
  get layout(): GridLayout | null {
    return this.#layout;
  }

  attach(canvas: HTMLCanvasElement): () => void {
    this.#canvas = canvas;
    this.#build();
    return () => {
      if (this.#canvas !== canvas) return;
      this.#canvas = null;
      this.#tearDown();
    };
  }

  setGpu(gpu: Gpu | null): void {
    this.#gpu = gpu;
    if (!gpu) this.#case = [null, null];
    this.#build();
  }

  setCase(targets: ResidentTargets | null, image: ResidentImage | null): void {
    this.#case = [targets, image];
    this.#viewer?.setCase(targets, image);
    this.#loop?.invalidate();
  }

  setLayout(layout: GridLayout): void {
    // Told again after every change of rows: the same layout needs no frame of its own.
    if (this.#layout && sameLayout(layout, this.#layout)) return;
    this.#layout = layout;
    this.#viewer?.set({ layout });
    this.#loop?.invalidate();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#tearDown();
  }

  #build(): void {
    this.#tearDown();
    const [gpu, canvas] = [this.#gpu, this.#canvas];
    if (!gpu || !canvas) return;
    const generation = this.#generation;
    const current = () => generation === this.#generation;
    useStore.getState().workStarted();
    // One after the other: a viewer that comes too late must let go of the canvas before the next one takes it.
    this.#building = this.#building
      .then(async () => {
        if (!current()) return;
        const viewer = await GridViewer.create(gpu, canvas);
        if (current()) this.#takeOver(gpu, viewer);
        else viewer.dispose();
      })
      .catch((error: unknown) => {
        if (current()) cannotDraw(error);
      })
      .finally(() => useStore.getState().workEnded());
  }

  #takeOver(gpu: Gpu, viewer: GridViewer): void {
    this.#viewer = viewer;
    const drawable: Drawable = {
      get dirty() {
        return viewer.dirty;
      },
      encode: (encoder) => ({ draws: viewer.encode(encoder), hasImage: this.#case[1] !== null }),
    };
    this.#loop = new FrameLoop(gpu, drawable, {
      onDrawing: this.onDrawing,
      onError: cannotDraw,
      onFrame: (cost, drawn) => {
        frameDrawn(cost);
        markFrame(drawn);
      },
    });
    viewer.setCase(...this.#case);
    if (this.#layout) viewer.set({ layout: this.#layout });
    this.#feed();
  }

  #feed(): void {
    const state = useStore.getState();
    const marks = selectMarkedEntries(state);
    this.#viewer?.set({ rows: selectDrawnRows(state), view: state.view, marks });
    this.#loop?.invalidate();
  }

  #tearDown(): void {
    this.#generation++;
    this.#loop?.stop();
    this.#viewer?.dispose();
    this.#loop = null;
    this.#viewer = null;
  }
}

function cannotDraw(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  useStore.getState().problemRaised(`The grid cannot be drawn: ${why}`);
}

function sameLayout(a: GridLayout, b: GridLayout): boolean {
  return (
    a.widthPx === b.widthPx &&
    a.heightPx === b.heightPx &&
    a.devicePixelRatio === b.devicePixelRatio &&
    a.columnWidthPx === b.columnWidthPx &&
    a.rowHeightPx === b.rowHeightPx &&
    a.gapPx === b.gapPx &&
    a.scrollTopPx === b.scrollTopPx
  );
}
