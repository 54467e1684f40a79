/**
 * Controller of the canvas for layouts of whole slices: feeds its viewer from the store. The viewer's script
 * loads when such a layout is first shown.
 */
import { fetchedOnce, workInBackground } from "../../app/busy.ts";
import type {
  SliceCommands,
  SliceLayout,
  SliceSpec,
  View3dCommands,
} from "../../app/commands/slice-commands.ts";
import { type ShownCase, ViewerHost } from "../../app/viewer-host.ts";
import { memo } from "../../base/memo.ts";
import type { Rect } from "../../base/rect.ts";
import {
  type Camera,
  firstView,
  fittedToAll,
  orbit,
  pan,
  viewFrom,
  zoomAt,
} from "../../domain/geometry/camera.ts";
import { type Grid, type Plane, planeAxes } from "../../domain/geometry/grid.ts";
import { WHOLE_PLANES } from "../../domain/view/view-values.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { setPlanes } from "../../state/actions/slices-actions.ts";
import { setVoxel } from "../../state/actions/view-actions.ts";
import { setCamera, setView3dOnlyOpaque, setView3dStage } from "../../state/actions/view3d-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectDrawnTable } from "../../state/case/case-selectors.ts";
import { colorsByLabel } from "../../state/regions/color-source.ts";
import { entryStyles, selectEntryColors, shownEntryColors } from "../../state/regions/label-colors.ts";
import { type RegionLayer, selectComparedLayers, selectLayers } from "../../state/regions/layer-selectors.ts";
import { inPlaneAt } from "../../state/regions/slice-selectors.ts";
import { shownBoxes } from "../../state/regions/visible-boxes.ts";
import type { View3dStage } from "../../state/slices/view3d-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { GAP_COLOR } from "../../viewers/shared/grid-colors.ts";
import type { ResidentImage } from "../../viewers/shared/resident-image.ts";
import type { MultiplanarViewer, SurfaceScene } from "../../viewers/slices/multiplanar-viewer.ts";
import type { SlicePane, SliceScene } from "../../viewers/slices/slice-scene.ts";

const viewerScript = fetchedOnce(() => import("../../viewers/slices/multiplanar-viewer.ts"));

/** Targets to draw in place of the case, and beside it; null for neither. */
interface ComparedSides {
  readonly own: ResidentTargets | null;
  readonly other: ResidentTargets | null;
}

/** GPU sides of a comparison of the open case. */
interface Comparison {
  readonly sides: ComparedSides | null;
  /** Sets the drawn case; null before its GPU data is released. */
  setCase(shown: ResidentTargets | null): void;
  dispose(): void;
}

/** @param onSides called when the sides become available to draw, or go away */
type CompareCase = (onSides: (sides: ComparedSides) => void) => Comparison;

export class SlicesController {
  #layout: SliceLayout | null = null;
  readonly #host: ViewerHost<MultiplanarViewer>;
  readonly #compare: Comparison;
  #targets: ResidentTargets | null = null;
  readonly #unsubscribe: () => void;

  constructor(onDrawing: (drawing: boolean) => void, compareCase: CompareCase) {
    this.#compare = compareCase((sides) => this.#draw(this.#host.case.image, sides));
    this.#host = new ViewerHost({
      what: "The slices",
      create: async (gpu, canvas) => {
        setView3dStage("building");
        const { MultiplanarViewer } = await viewerScript();
        return MultiplanarViewer.create(
          gpu,
          canvas,
          (building) => this.#follow(building),
          () => setView3dStage("shown"),
        );
      },
      feed: (viewer) => {
        const [state, layout] = [useStore.getState(), this.#layout];
        if (!layout) return;
        viewer.setScene(sceneOf(state, layout));
        const grid = this.#host.case.targets?.resident.grid;
        if (grid)
          viewer.setSurface(surfaceSceneOf(state, layout, grid), layout.view3d, layout.devicePixelRatio);
      },
      onDrawing: (drawing) => {
        if (!drawing) setView3dOnlyOpaque(this.#host.viewer?.onlyOpaque ?? false);
        onDrawing(drawing);
      },
    });
    this.#unsubscribe = watch(
      (s) => [
        s.view,
        s.planes,
        s.outlinePx,
        s.sliceScale,
        selectComparedLayers(s),
        s.camera,
        s.clipMode,
        s.interacting,
        ...(colorsByLabel(s) ? [selectDrawnTable(s), selectEntryColors(s)] : [null, null]),
      ],
      () => this.#host.feed(),
    );
  }

  readonly commands: SliceCommands = {
    attach: (canvas) => this.#host.attach(canvas),
    setLayout: (layout) => {
      this.#layout = layout;
      this.#host.feed();
    },
    hit: (xPx, yPx) => this.#host.viewer?.slices.hit(xPx, yPx) ?? null,
    moveCrosshairTo: (xPx, yPx) => {
      const hit = this.#host.viewer?.slices.hit(xPx, yPx);
      if (hit?.voxel) setVoxel(hit.voxel);
    },
    panBy: (pane, dxPx, dyPx) => {
      const plane = this.#layout?.panes[pane]?.plane;
      const panMm = this.#host.viewer?.slices.pannedBy(pane, [dxPx, dyPx]);
      if (!plane || !panMm) return;
      const { planes } = useStore.getState();
      setPlanes({ pans: { ...planes.pans, [plane]: panMm } });
    },
    // Zooms all planes: the one under the pointer about it, the others about the centres of their panes.
    zoomAt: (xPx, yPx, factor) => {
      const to = this.#host.viewer?.slices.zoomedAbout([xPx, yPx], factor);
      if (!to) return;
      const { planes } = useStore.getState();
      const { pans } = to.zoom === 1 ? WHOLE_PLANES : planes;
      setPlanes({ zoom: to.zoom, pans: { ...pans, [to.plane]: to.panMm } });
    },
    stepSlice: (pane, slices) => {
      const plane = this.#layout?.panes[pane]?.plane;
      const grid = this.#host.case.targets?.resident.grid;
      if (!plane || !grid) return;
      const { view } = useStore.getState();
      const { axis, direction } = planeAxes(grid, plane).slice;
      setVoxel(inPlaneAt(view.voxel, axis, view.voxel[axis] + slices * direction));
    },
  };

  readonly view3d: View3dCommands = {
    turnBy: (dxPx, dyPx) => this.#moveCamera((camera, size) => orbit(camera, dxPx, dyPx, size)),
    panBy: (dxPx, dyPx) => this.#moveCamera((camera, size) => pan(camera, dxPx, dyPx, size)),
    zoomAt: (xPx, yPx, factor) =>
      this.#moveCamera((camera, size, { x, y }) => zoomAt(camera, factor, [xPx - x, yPx - y], size)),
    lookFrom: (side) => this.#moveCamera((_, size, __, grid) => viewFrom(side, grid, wholeOf(grid), size)),
    fitShown: () =>
      this.#moveCamera((camera, size, _, grid) => {
        return fittedToAll(camera.rotation, grid, shownBoxes(useStore.getState()), size) ?? camera;
      }),
    pick: async (xPx, yPx) => {
      const voxel = await this.#host.viewer?.pick(xPx, yPx);
      if (voxel) setVoxel(voxel);
      return voxel ?? null;
    },
  };

  /** The canvas's contents, for exporting an image; null while it shows nothing. */
  get drawn(): { readonly shown: ShownCase; readonly layout: SliceLayout } | null {
    return this.#host.viewer && this.#layout ? { shown: this.#host.case, layout: this.#layout } : null;
  }

  setGpu(gpu: Gpu | null): void {
    this.#targets = null;
    this.#compare.setCase(null);
    this.#host.setGpu(gpu);
  }

  setCase(targets: ResidentTargets | null, image: ResidentImage | null): void {
    // The comparison first, because it may use buffers of the same device.
    this.#targets = targets;
    this.#compare.setCase(targets);
    this.#draw(image, this.#compare.sides);
    // The 3D view is placed in the grid of the targets, which may come after the view that goes with it.
    this.#host.feed();
  }

  #draw(image: ResidentImage | null, sides: ComparedSides | null): void {
    this.#host.setCase(sides?.own ?? this.#targets, image, sides?.other ?? null);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#compare.dispose();
    this.#host.dispose();
  }

  #moveCamera(
    move: (camera: Camera, size: readonly [number, number], rect: Rect, grid: Grid) => Camera,
  ): void {
    const [layout, grid] = [this.#layout, this.#host.case.targets?.resident.grid];
    if (!layout?.view3d || !grid) return;
    const size = [layout.view3d.width, layout.view3d.height] as const;
    const { camera } = useStore.getState();
    setCamera(move(camera ?? firstView(grid, wholeOf(grid), size), size, layout.view3d, grid));
  }

  /** Redraws the 3D view once it is built and keeps the page busy until then. */
  #follow(building: Promise<void>): void {
    // A picture may have come while another pipeline was being built.
    const nextStage = (stage: View3dStage) => {
      if (useStore.getState().view3dStage !== "shown") setView3dStage(stage);
    };
    const work = async () => {
      try {
        await building;
      } catch (error) {
        nextStage("failed");
        throw error;
      }
      nextStage("drawing");
      this.#host.feed();
    };
    workInBackground(work, {
      sentence: (why) => `The 3D view cannot be drawn: ${why}`,
    });
  }
}

export function sceneOf(state: AppState, layout: SliceLayout): SliceScene {
  const { view, planes, outlinePx } = state;
  const { convention, voxel, crosshair, window, interpolated } = view;
  const { widthPx, heightPx, devicePixelRatio } = layout;
  const paneOf = (pane: SliceSpec): SlicePane => ({
    ...pane,
    zoom: planes.zoom,
    panMm: planes.pans[pane.plane],
  });
  const layers = layersOf(state, layout);
  const stylesByEntry = entryStyles(state, layers);
  return {
    widthPx,
    heightPx,
    devicePixelRatio,
    panes: layout.panes.map(paneOf),
    layers: stylesByEntry ? inOneColor(layers) : layers,
    stylesByEntry,
    view: { convention, voxel, crosshair, window, interpolated, outlinePx },
  };
}

/** Memoised, because viewers write layers to the GPU whenever the list is another object. */
const listOf = memo(
  (layer: RegionLayer) => [layer],
  (layer): readonly RegionLayer[] => [layer],
);

export function layersOf(state: AppState, { only }: SliceLayout): readonly RegionLayer[] {
  const all = selectComparedLayers(state);
  const one = all.find(({ name }) => name === only);
  return one ? listOf(one) : all;
}

/** Outline colour when colouring by label, where a region's colour could be mistaken for a label's. */
const OUTLINES: RegionLayer["color"] = [0.93, 0.95, 0.97];

const inOneColor = memo(
  (layers: readonly RegionLayer[]) => [layers],
  (layers) => layers.map((layer): RegionLayer => ({ ...layer, color: OUTLINES })),
);

/** Fills and outlines have no meaning in 3D, only a region's own opacity. */
const surfaceLayers = memo(
  (layers: readonly RegionLayer[]) => [layers],
  (layers) =>
    layers
      .filter(({ style }) => style.opacity > 0)
      .map(({ channel, color, style }) => ({ channel, color, opacity: style.opacity })),
);

const wholeOf = ({ shape }: Grid) => ({ first: [0, 0, 0], shape }) as const;

export function surfaceSceneOf(state: AppState, layout: SliceLayout, grid: Grid): SurfaceScene {
  const { view, sliceScale, camera, clipMode, interacting } = state;
  const { width, height } = layout.view3d ?? { width: 1, height: 1 };
  const clipPlanes: readonly Plane[] =
    clipMode === "octant" ? ["axial", "coronal", "sagittal"] : clipMode === "none" ? [] : [clipMode];
  const clipAxes = clipPlanes.map((plane) => planeAxes(grid, plane).slice.axis);
  const side = (axis: 0 | 1 | 2) => (clipAxes.includes(axis) ? "facing" : "none");
  return {
    layers: surfaceLayers(selectLayers(state)),
    entryColors: shownEntryColors(state),
    scale: sliceScale,
    camera: camera ?? firstView(grid, wholeOf(grid), [width, height]),
    clip: [side(0), side(1), side(2)],
    voxel: view.voxel,
    background: GAP_COLOR,
    interacting: interacting,
  };
}
