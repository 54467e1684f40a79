/** Renders the page's view again on a canvas off the page, at another resolution. */
import type { SliceLayout } from "../../app/commands/slice-commands.ts";
import type { ShownCase } from "../../app/viewer-host.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectHatchBits } from "../../state/regions/hatched-labels.ts";
import { shownEntryColors } from "../../state/regions/label-colors.ts";
import { selectDrawnRows } from "../../state/regions/region-rows.ts";
import { GridViewer } from "../../viewers/grid/grid-viewer.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import { MultiplanarViewer } from "../../viewers/slices/multiplanar-viewer.ts";
import { sceneOf, surfaceSceneOf } from "../slices/slices-controller.ts";

/** A pipeline still being built draws nothing, so drawing is tried this often, this far apart. */
const MAX_TRIES = 100;
const TRY_MS = 20;

interface Drawable {
  readonly dirty: boolean;
  encode(encoder: GPUCommandEncoder): number;
}

export async function renderSlices(
  gpu: Gpu,
  state: AppState,
  { targets, image, other }: ShownCase,
  layout: SliceLayout,
): Promise<OffscreenCanvas> {
  const canvas = document.createElement("canvas");
  const building: Promise<void>[] = [];
  const viewer = await MultiplanarViewer.create(gpu, canvas, (surface) => building.push(surface));
  try {
    const still: AppState = { ...state, interacting: false };
    viewer.setCase(targets, image, other);
    viewer.setScene(sceneOf(still, layout));
    if (targets) {
      const surface = surfaceSceneOf(still, layout, targets.resident.grid);
      viewer.setSurface(surface, layout.view3d, layout.devicePixelRatio);
    }
    for (;;) {
      const started = building.length;
      await Promise.all(building);
      const picture = await drawn(gpu, viewer, canvas);
      // Drawing may have asked for another pipeline, as for transparent regions in 3D.
      if (building.length === started) return picture;
    }
  } finally {
    viewer.dispose();
  }
}

export async function renderGrid(
  gpu: Gpu,
  state: AppState,
  { targets, image }: ShownCase,
  layout: GridLayout,
): Promise<OffscreenCanvas> {
  const canvas = document.createElement("canvas");
  const viewer = await GridViewer.create(gpu, canvas);
  try {
    viewer.setCase(targets, image);
    viewer.set({
      layout,
      view: state.view,
      rows: selectDrawnRows(state),
      hatchBits: selectHatchBits(state),
      labels: shownEntryColors(state),
    });
    return await drawn(gpu, viewer, canvas);
  } finally {
    viewer.dispose();
  }
}

/** Draws until the image is complete, then copies it: a canvas loses its image at the end of the task. */
async function drawn(gpu: Gpu, viewer: Drawable, canvas: HTMLCanvasElement): Promise<OffscreenCanvas> {
  for (let i = 0; i < MAX_TRIES; i++) {
    gpu.submit("picture", (encoder) => viewer.encode(encoder));
    if (!viewer.dirty) {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      copy.getContext("2d")?.drawImage(canvas, 0, 0);
      return copy;
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_MS));
  }
  throw new Error("The image could not be rendered. Wait until drawing has finished, then try again.");
}
