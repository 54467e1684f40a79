/**
 * Draws text, letters, scale bars, rulers and swatches on an exported image, in CSS px; the context is scaled
 * to image pixels.
 */
import type { Rect } from "../../base/rect.ts";
import type { PlaneAxes } from "../../domain/geometry/grid.ts";
import { textCentre } from "../../domain/geometry/ruler.ts";
import { scaleBarOf } from "../../domain/geometry/scale-bar.ts";
import type { RegionDrawing } from "../../domain/view/view-values.ts";
import { type PlacedRuler, RULER_DOT_PX } from "../ruler/ruler-geometry.ts";

export type Context = OffscreenCanvasRenderingContext2D;

const FAMILY = "system-ui, sans-serif";
/** Fonts whose I has serifs, unlike a bare bar. */
const LETTER_FAMILY = "ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace";
const BAR_MAX_PX = 120;

export const COLORS = { ground: "#0b0e12", text: "#ffffff", quiet: "#a9b6c6" } as const;

interface TextStyle {
  readonly px: number;
  readonly family?: string;
  readonly weight?: 400 | 600;
  readonly color?: string;
  readonly align?: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
  /** Adds a dark rim, for text over an image. */
  readonly rim?: boolean;
}

/**
 * @param mostPx text wider than this is cut and ends in an ellipsis
 * @returns the width drawn, in px
 */
export function drawText(
  to: Context,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  mostPx = Number.POSITIVE_INFINITY,
): number {
  const { px, weight = 400, color = COLORS.text, align = "left", baseline = "alphabetic", rim } = style;
  to.font = `${weight} ${px}px ${style.family ?? FAMILY}`;
  to.textAlign = align;
  to.textBaseline = baseline;
  const shown = ellipsised(to, text, mostPx);
  if (rim) {
    to.lineWidth = 3;
    to.lineJoin = "round";
    to.strokeStyle = "rgb(0 0 0 / 70%)";
    to.strokeText(shown, x, y);
  }
  to.fillStyle = color;
  to.fillText(shown, x, y);
  return to.measureText(shown).width;
}

function ellipsised(to: Context, text: string, mostPx: number): string {
  if (to.measureText(text).width <= mostPx) return text;
  let length = text.length;
  while (length > 1 && to.measureText(`${text.slice(0, length)}…`).width > mostPx) length--;
  return `${text.slice(0, length)}…`;
}

/** Draws one letter at the middle of each edge. */
export function drawLetters(
  to: Context,
  { x, y, width, height }: Rect,
  letters: PlaneAxes["letters"],
  px = 13,
) {
  const style = {
    ...({ px, family: LETTER_FAMILY, weight: 600 } as const),
    ...({ align: "center", baseline: "middle", rim: true } as const),
  };
  const inset = px * 0.75;
  drawText(to, letters.top, x + width / 2, y + inset + 2, style);
  drawText(to, letters.bottom, x + width / 2, y + height - inset, style);
  drawText(to, letters.left, x + inset, y + height / 2, style);
  drawText(to, letters.right, x + width - inset, y + height / 2, style);
}

/**
 * Draws a bar of a round length, with its left end at a point.
 * @returns its width in px
 */
export function drawScaleBar(
  to: Context,
  x: number,
  bottom: number,
  pxPerMm: number,
  availablePx: number,
): number {
  const bar = scaleBarOf(pxPerMm, Math.min(BAR_MAX_PX, availablePx));
  if (!bar) return 0;
  const path = new Path2D();
  path.moveTo(x + 0.75, bottom - 5);
  path.lineTo(x + 0.75, bottom - 0.75);
  path.lineTo(x + bar.px - 0.75, bottom - 0.75);
  path.lineTo(x + bar.px - 0.75, bottom - 5);
  to.strokeStyle = "rgb(0 0 0 / 70%)";
  to.lineWidth = 3.5;
  to.stroke(path);
  to.strokeStyle = COLORS.text;
  to.lineWidth = 1.5;
  to.stroke(path);
  drawText(to, bar.text, x, bottom - 9, { px: 11, rim: true });
  return bar.px;
}

const RULER_LABEL = { px: 11, weight: 600, align: "center", baseline: "middle", rim: true } as const;

/** Draws the rulers over an image as on the page. */
export function drawRulers(to: Context, { x, y, width, height }: Rect, rulers: readonly PlacedRuler[]): void {
  to.save();
  const box = new Path2D();
  box.rect(x, y, width, height);
  to.clip(box);
  to.translate(x, y);
  for (const { from, to: end, text } of rulers) {
    const line = new Path2D();
    line.moveTo(...from);
    line.lineTo(...end);
    to.strokeStyle = "rgb(0 0 0 / 70%)";
    to.lineWidth = 4;
    to.stroke(line);
    to.strokeStyle = COLORS.text;
    to.lineWidth = 1.5;
    to.stroke(line);
    for (const [cx, cy] of [from, end]) {
      const dot = new Path2D();
      dot.arc(cx, cy, RULER_DOT_PX, 0, 2 * Math.PI);
      to.fillStyle = COLORS.text;
      to.fill(dot);
      to.strokeStyle = "rgb(0 0 0 / 70%)";
      to.stroke(dot);
    }
    to.font = `${RULER_LABEL.weight} ${RULER_LABEL.px}px ${FAMILY}`;
    const label = [to.measureText(text).width, RULER_LABEL.px + 4] as const;
    const middle = textCentre(from, end, label, [width, height]);
    if (middle) drawText(to, text, ...middle, RULER_LABEL);
  }
  to.restore();
}

/** Draws a swatch that looks like the region does over the image. */
export function drawSwatch(
  to: Context,
  x: number,
  y: number,
  px: number,
  hex: string,
  drawing: RegionDrawing,
) {
  to.save();
  const box = new Path2D();
  box.rect(x, y, px, px);
  to.clip(box);
  to.fillStyle = hex;
  to.strokeStyle = hex;
  if (drawing === "both" || drawing === "fill") {
    to.globalAlpha = drawing === "both" ? 0.55 : 0.8;
    to.fillRect(x, y, px, px);
  }
  to.globalAlpha = 1;
  if (drawing === "hatch") {
    to.lineWidth = 1.5;
    for (let at = -px; at < px; at += 4) {
      to.beginPath();
      to.moveTo(x + at, y + px);
      to.lineTo(x + at + px, y);
      to.stroke();
    }
  }
  if (drawing !== "fill") {
    to.lineWidth = drawing === "hatch" ? 2 : 4;
    to.strokeRect(x, y, px, px);
  }
  to.restore();
}
