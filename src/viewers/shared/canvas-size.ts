/** The size of canvases. */
import type { Gpu } from "../../gpu/gpu.ts";

/** Size in CSS px. */
interface CanvasSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
}

/**
 * Sets a canvas to a layout's size in device px, or to 1 x 1 without a layout. Call it only when drawing,
 * because it also clears the canvas.
 * @returns width and height in device px
 */
export function fitCanvas(
  gpu: Gpu,
  canvas: HTMLCanvasElement,
  size: CanvasSize | null,
): readonly [number, number] {
  const { widthPx, heightPx, devicePixelRatio } = size ?? { widthPx: 1, heightPx: 1, devicePixelRatio: 1 };
  const most = gpu.device.limits.maxTextureDimension2D;
  const side = (px: number) => Math.min(most, Math.max(1, Math.round(px * devicePixelRatio)));
  const [width, height] = [side(widthPx), side(heightPx)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return [width, height];
}
