/** Exports the grid or slices as a PNG: the view itself, its legend, and a title that identifies it. */
import { busyWhile } from "../../app/busy.ts";
import type { ExportedImage, ImageScale } from "../../app/commands/commands.ts";
import type { SliceLayout } from "../../app/commands/slice-commands.ts";
import { fileStem } from "../../app/save-file.ts";
import type { ShownCase } from "../../app/viewer-host.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { AppState } from "../../state/app-state.ts";
import { showsSlices } from "../../state/slices/view-slice.ts";
import { useStore } from "../../state/store.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import { gridFrame, overGrid } from "./annotate-grid.ts";
import { overSlices, slicesFrame } from "./annotate-slices.ts";
import { COLORS, type Context, drawText } from "./draw-text.ts";
import type { Frame } from "./frame.ts";
import { renderGrid, renderSlices } from "./render-image.ts";

/** The contents of the page's canvases. */
interface OnPage {
  readonly grid: { readonly shown: ShownCase; readonly layout: GridLayout } | null;
  readonly sliceViews: { readonly shown: ShownCase; readonly layout: SliceLayout } | null;
}

interface Plan {
  readonly frame: Frame;
  readonly size: { readonly widthPx: number; readonly heightPx: number; readonly devicePixelRatio: number };
  render(): Promise<OffscreenCanvas>;
  /** Draws the text over and around the view, whose corner is at the origin. */
  annotate(to: Context): void;
}

/** Largest canvas side that browsers allow. */
const MAX_SIDE_PX = 16_384;

/** @throws Error with a sentence if there is nothing to draw or the image would be too large */
export async function exportImage(
  gpu: Gpu | null,
  onPage: OnPage,
  factor: ImageScale,
): Promise<ExportedImage> {
  const state = useStore.getState();
  const plan = gpu && planOf(gpu, state, onPage, factor);
  if (!gpu || !plan || !state.openCase) {
    throw new Error("There is nothing to save as an image. Open a case and show its grid or slices.");
  }
  refuseTooLarge(gpu, plan, factor);
  const { datasetName, name } = state.openCase;
  const blob = await busyWhile(() => compose(plan, datasetName, name));
  return { name: `${fileStem(name)}-${state.activeView}-${factor}x.png`, blob };
}

function planOf(gpu: Gpu, state: AppState, { grid, sliceViews }: OnPage, factor: ImageScale): Plan | null {
  if (showsSlices(state)) {
    if (!sliceViews?.shown.targets) return null;
    const layout = { ...sliceViews.layout, devicePixelRatio: sliceViews.layout.devicePixelRatio * factor };
    return {
      frame: slicesFrame(state, layout),
      size: layout,
      render: () => renderSlices(gpu, state, sliceViews.shown, layout),
      annotate: (to) => overSlices(to, state, layout),
    };
  }
  if (state.activeView !== "grid" || !grid?.shown.targets) return null;
  const layout = { ...grid.layout, devicePixelRatio: grid.layout.devicePixelRatio * factor };
  return {
    frame: gridFrame(state, layout),
    size: layout,
    render: () => renderGrid(gpu, state, grid.shown, layout),
    annotate: (to) => overGrid(to, state, layout),
  };
}

function refuseTooLarge(gpu: Gpu, { size, frame }: Plan, factor: ImageScale): void {
  const px = (length: number) => Math.round(length * size.devicePixelRatio);
  const view = [px(size.widthPx), px(size.heightPx)] as const;
  const whole = [px(size.widthPx + frame.left + frame.right), px(size.heightPx + frame.top)] as const;
  const most = gpu.device.limits.maxTextureDimension2D;
  if (Math.max(...view) <= most && Math.max(...whole) <= MAX_SIDE_PX) return;
  throw new Error(
    `At ${factor}× the image would have ${whole.join(" × ")} pixels, and this browser draws at most ${Math.min(most, MAX_SIDE_PX)} per side. Choose a lower resolution or make the window smaller.`,
  );
}

async function compose({ frame, size, render, annotate }: Plan, dataset: string | null, name: string) {
  const view = await render();
  const ratio = size.devicePixelRatio;
  const [left, top] = [Math.round(frame.left * ratio), Math.round(frame.top * ratio)];
  const canvas = new OffscreenCanvas(left + view.width + Math.round(frame.right * ratio), top + view.height);
  const to = canvas.getContext("2d");
  if (!to) throw new Error("The browser did not provide a canvas for the image.");
  to.fillStyle = COLORS.ground;
  to.fillRect(0, 0, canvas.width, canvas.height);
  to.drawImage(view, left, top);
  to.scale(ratio, ratio);
  const availablePx = canvas.width / ratio - 20;
  const title = dataset ? `${dataset} / ${name}` : name;
  const used = drawText(to, title, 10, 21, { px: 13, weight: 600 }, availablePx * 0.6);
  drawText(to, frame.title, used + 22, 21, { px: 12, color: COLORS.quiet }, availablePx - used - 12);
  to.translate(left / ratio, top / ratio);
  annotate(to);
  return canvas.convertToBlob({ type: "image/png" });
}
