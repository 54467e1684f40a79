/** The canvas of the layouts that show whole slices: its viewer, fed from the store. The viewer's script comes when one is first shown. */
import { planeAxes } from "../domain/grid.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { ResidentTargets } from "../paths/resident-targets.ts";
import type { AppState } from "../state/app-state.ts";
import { selectLayers } from "../state/layer-selectors.ts";
import { useStore } from "../state/store.ts";
import type { PanesScene, SlicePane } from "../viewers/panes/pane.ts";
import type { PaneViewer } from "../viewers/panes/pane-viewer.ts";
import type { ResidentImage } from "../viewers/resident-image.ts";
import { panBy, zoomAbout } from "../viewers/view-geometry.ts";
import type { PanesCommands, PanesLayout, WantedPane } from "./panes-commands.ts";
import { ViewerStage } from "./viewer-stage.ts";

export class PanesStage {
  #layout: PanesLayout | null = null;
  readonly #stage: ViewerStage<PaneViewer>;
  readonly #unsubscribe: () => void;

  constructor(onDrawing: (drawing: boolean) => void) {
    this.#stage = new ViewerStage({
      what: "The slices",
      create: async (gpu, canvas) => {
        const { PaneViewer } = await import("../viewers/panes/pane-viewer.ts");
        return PaneViewer.create(gpu, canvas);
      },
      feed: (viewer) => {
        if (this.#layout) viewer.setScene(sceneOf(useStore.getState(), this.#layout));
      },
      onDrawing,
    });
    this.#unsubscribe = useStore.subscribe(
      (s) => [s.view, s.planes, s.outlinePx, selectLayers(s)],
      () => this.#stage.feed(),
      { equalityFn: (a, b) => a.every((value, i) => value === b[i]) },
    );
  }

  readonly commands: PanesCommands = {
    attach: (canvas) => this.#stage.attach(canvas),
    setLayout: (layout) => {
      this.#layout = layout;
      this.#stage.feed();
    },
    hit: (xPx, yPx) => this.#stage.viewer?.hit(xPx, yPx) ?? null,
    moveCrosshairTo: (xPx, yPx) => {
      const hit = this.#stage.viewer?.hit(xPx, yPx);
      if (hit?.voxel) useStore.getState().setVoxel(hit.voxel);
    },
    panBy: (pane, dxPx, dyPx) => {
      const at = this.#placeOf(pane);
      if (!at) return;
      const { planes, setPlanes } = useStore.getState();
      const panMm = panBy(at.grid, at.layout, at.view, dxPx, dyPx);
      setPlanes({ pans: { ...planes.pans, [at.plane]: panMm } });
    },
    zoomAt: (xPx, yPx, factor) => this.#zoomAt(xPx, yPx, factor),
    stepSlice: (pane, slices) => {
      const at = this.#placeOf(pane);
      if (!at) return;
      const { view, setVoxel } = useStore.getState();
      const { axis, direction } = planeAxes(at.grid, at.plane).slice;
      const voxel: [number, number, number] = [...view.voxel];
      voxel[axis] += slices * direction;
      setVoxel(voxel);
    },
  };

  setGpu(gpu: Gpu | null): void {
    this.#stage.setGpu(gpu);
  }

  setCase(targets: ResidentTargets | null, image: ResidentImage | null): void {
    this.#stage.setCase(targets, image);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#stage.dispose();
  }

  /** Zooms all planes: the one under the pointer about it, others about the middle of their panes. */
  #zoomAt(xPx: number, yPx: number, factor: number): void {
    const hit = this.#stage.viewer?.hit(xPx, yPx);
    const at = hit ? this.#placeOf(hit.pane) : null;
    if (!at) return;
    const { planes, setPlanes } = useStore.getState();
    const { zoom, panMm } = zoomAbout(at.grid, at.layout, at.view, xPx - at.rect.x, yPx - at.rect.y, factor);
    const pans = zoom === 1 ? ({ axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] } as const) : planes.pans;
    setPlanes({ zoom, pans: { ...pans, [at.plane]: panMm } });
  }

  #placeOf(index: number) {
    const pane = this.#layout?.panes[index];
    const grid = this.#stage.case.targets?.resident.grid;
    if (!pane || !grid || !this.#layout) return null;
    const { view, planes } = useStore.getState();
    const { rect, plane } = pane;
    const layout = {
      widthPx: rect.width,
      heightPx: rect.height,
      devicePixelRatio: this.#layout.devicePixelRatio,
      columnWidthPx: rect.width,
      rowHeightPx: rect.height,
      gapPx: 0,
      scrollTopPx: 0,
    };
    const place = {
      plane,
      convention: view.convention,
      voxel: view.voxel,
      zoom: planes.zoom,
      panMm: planes.pans[plane],
    };
    return { grid, layout, plane, rect, view: place };
  }
}

function sceneOf(state: AppState, layout: PanesLayout): PanesScene {
  const { view, planes, outlinePx } = state;
  const { convention, voxel, crosshair, window } = view;
  const { widthPx, heightPx, devicePixelRatio } = layout;
  const paneOf = (pane: WantedPane): SlicePane => ({
    ...pane,
    zoom: planes.zoom,
    panMm: planes.pans[pane.plane],
  });
  return {
    ...{ widthPx, heightPx, devicePixelRatio },
    panes: layout.panes.map(paneOf),
    layers: selectLayers(state),
    view: { convention, voxel, crosshair, window, outlinePx },
  };
}
