/** Plot of the median time by number of channels, one curve per path. */
import { useCallback } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type Crossing, type SweepPart, type SweepPoint, sweepMs } from "../../benchmark/sweep.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import { useTheme } from "../../ui/theme/theme.ts";

const HEIGHT_PX = 168;
/** The page's smallest font size. */
const FONT_PX = 12;
/** Room for the name of a path at the end of its curve. */
const NAMES_PX = 80;

/** Line styles tell the paths apart without colour. */
const LINES: Readonly<Record<PathName, { token: string; dash: number[] }>> = {
  "per-channel": { token: "--path-per-channel", dash: [] },
  "bit-packed": { token: "--path-bit-packed", dash: [7, 3] },
  "label-first": { token: "--path-label-first", dash: [2, 3] },
};

interface Props {
  readonly points: readonly SweepPoint[];
  readonly paths: readonly PathName[];
  readonly part: SweepPart;
  readonly logarithmic: boolean;
  readonly crossings: readonly Crossing[];
}

/** Marks the points where one path overtakes another. */
export function SweepPlot({ points, paths, part, logarithmic, crossings }: Props) {
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme draws the same with other colours
  const attach = useCallback(
    (element: HTMLDivElement) => {
      const data: uPlot.AlignedData = [
        points.map((point) => point.channels),
        ...paths.map((path) => points.map((point) => sweepMs(point, path, part) ?? null)),
      ];
      const plot = new uPlot(options(element, paths, logarithmic, crossings), data, element);
      const resized = new ResizeObserver(() =>
        plot.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
      );
      resized.observe(element);
      return () => {
        resized.disconnect();
        plot.destroy();
      };
    },
    [points, paths, part, logarithmic, crossings, theme],
  );
  return <div className="timing-plot" ref={attach} role="img" aria-label="Time by number of channels" />;
}

function options(
  element: HTMLElement,
  paths: readonly PathName[],
  logarithmic: boolean,
  crossings: readonly Crossing[],
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (token: string) => style.getPropertyValue(token).trim();
  const muted = color("--muted");
  const border = color("--border");
  const font = `${FONT_PX}px system-ui, sans-serif`;
  const axis: uPlot.Axis = {
    stroke: muted,
    font,
    labelFont: font,
    grid: { stroke: border, width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    padding: [10, NAMES_PX, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [1, 96] },
      y: logarithmic ? { distr: 3, log: 10 } : { range: (_, _min, max) => [0, max * 1.05] },
    },
    axes: [
      { ...axis, label: "channels", labelSize: 14, size: 20, splits: () => [1, 16, 32, 48, 64, 80, 96] },
      {
        ...axis,
        label: "ms",
        labelSize: 14,
        size: 40,
        ...(logarithmic ? { splits: (_, __, min, max) => powersOfTen(min, max) } : {}),
        values: (_, splits) => splits.map(String),
      },
    ],
    series: [
      {},
      ...paths.map((path) => ({
        label: path,
        stroke: color(LINES[path].token),
        width: 1.5,
        dash: LINES[path].dash,
        points: { show: true, size: 3 },
        spanGaps: true,
      })),
    ],
    hooks: {
      draw: [
        (plot) => {
          for (const crossing of crossings) drawCrossing(plot, crossing, color("--text"));
          drawNames(plot, paths, (path) => color(LINES[path].token));
        },
      ],
    },
  };
}

/** Ticks of a logarithmic axis, which has room for whole decades only. */
function powersOfTen(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

function drawCrossing(plot: uPlot, { channels, ms }: Crossing, stroke: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(channels, "x", true);
  const y = plot.valToPos(ms, "y", true);
  const px = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = px;
  ctx.setLineDash([2 * px, 3 * px]);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, 4 * px, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
}

/** Writes each curve's name at its right end, moved apart if ends meet. */
function drawNames(plot: uPlot, paths: readonly PathName[], colorOf: (path: PathName) => string): void {
  const { ctx, bbox } = plot;
  const px = uPlot.pxRatio;
  const lineHeight = 1.2 * FONT_PX * px;
  const ends = paths
    .flatMap((path, i) => {
      const ms = Array.from(plot.data[i + 1] ?? []).findLast((value) => typeof value === "number");
      return typeof ms === "number" ? [{ path, y: plot.valToPos(ms, "y", true) }] : [];
    })
    .sort((a, b) => b.y - a.y);
  ctx.save();
  ctx.font = `${FONT_PX * px}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  let below = bbox.top + bbox.height + lineHeight / 2;
  for (const { path, y } of ends) {
    below = Math.min(y, below - lineHeight);
    ctx.fillStyle = colorOf(path);
    ctx.fillText(path, bbox.left + bbox.width + 5 * px, below);
  }
  ctx.restore();
}
