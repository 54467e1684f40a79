/** Controller of the grid's canvas: feeds its viewer from the store. */
import { type ShownCase, ViewerHost } from "../../app/viewer-host.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { selectHatchBits } from "../../state/regions/hatched-labels.ts";
import { shownEntryColors } from "../../state/regions/label-colors.ts";
import { selectDrawnRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { GridViewer } from "../../viewers/grid/grid-viewer.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import type { ResidentImage } from "../../viewers/shared/resident-image.ts";

export class GridController {
  #layout: GridLayout | null = null;
  readonly #host: ViewerHost<GridViewer>;
  readonly #unsubscribe: () => void;

  constructor(onDrawing: (drawing: boolean) => void) {
    this.#host = new ViewerHost({
      what: "The grid",
      create: (gpu, canvas) => GridViewer.create(gpu, canvas),
      feed: (viewer) => {
        const state = useStore.getState();
        viewer.set({
          rows: selectDrawnRows(state),
          view: state.view,
          hatchBits: selectHatchBits(state),
          labels: shownEntryColors(state),
          ...(this.#layout ? { layout: this.#layout } : {}),
        });
      },
      onDrawing,
    });
    this.#unsubscribe = watch(
      (s) => [s.view, selectDrawnRows(s), selectHatchBits(s), shownEntryColors(s)],
      () => this.#host.feed(),
    );
  }

  get viewer(): GridViewer | null {
    return this.#host.viewer;
  }
  get layout(): GridLayout | null {
    return this.#layout;
  }

  /** The canvas's contents, for exporting an image; null while it shows nothing. */
  get drawn(): { readonly shown: ShownCase; readonly layout: GridLayout } | null {
    return this.viewer && this.#layout ? { shown: this.#host.case, layout: this.#layout } : null;
  }

  attach(canvas: HTMLCanvasElement): () => void {
    return this.#host.attach(canvas);
  }

  setGpu(gpu: Gpu | null): void {
    this.#host.setGpu(gpu);
  }

  setCase(targets: ResidentTargets | null, image: ResidentImage | null): void {
    this.#host.setCase(targets, image);
  }

  setLayout(layout: GridLayout): void {
    // The layout is set again after every change of rows; an equal layout needs no new frame.
    if (this.#layout && sameLayout(layout, this.#layout)) return;
    this.#layout = layout;
    this.#host.feed();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#host.dispose();
  }
}

function sameLayout(a: GridLayout, b: GridLayout): boolean {
  return (
    a.widthPx === b.widthPx &&
    a.heightPx === b.heightPx &&
    a.devicePixelRatio === b.devicePixelRatio &&
    a.columnWidthPx === b.columnWidthPx &&
    a.rowHeightPx === b.rowHeightPx &&
    a.gapPx === b.gapPx &&
    a.captionPx === b.captionPx &&
    a.scrollTopPx === b.scrollTopPx
  );
}
