/** Formats the table of `npm run bench:viewer` in Markdown. */
import { formatMs } from "../src/base/format-units.ts";
import type { PageTime } from "../src/benchmark/suite.ts";
import type { ScriptSize } from "./initial-scripts.ts";

export interface Row extends PageTime {
  /** Upper bound for the median, where one applies. */
  readonly boundMs?: number;
  /** Redraws only: the median until the animation frame after the redraw, when it is on the screen. */
  readonly shownMs?: number;
}

interface ViewerResult {
  readonly browser: string;
  readonly openings: number;
  readonly redraws: number;
  readonly rows: readonly Row[];
  readonly scripts: readonly ScriptSize[];
  readonly scriptBound: number;
}

export function viewerTable({
  browser,
  openings,
  redraws,
  rows,
  scripts,
  scriptBound,
}: ViewerResult): string {
  const bytes = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const kb = (n: number) => `${(n / 1000).toFixed(0)} kB`;
  return [
    `${browser}. ${openings} openings, ${redraws} redraws each, ms. The page shows one plane at a time: the three planes are redrawn one after the other and added up. A redraw is from the event until the GPU is done with its frame; *on the screen* is its median until the animation frame after that.`,
    "",
    line(["what", "median", "least", "most", "on the screen", "bound", ""]),
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows.map(({ what, median, least, most, shownMs, boundMs }) =>
      line([
        what,
        ...[median, least, most].map(formatMs),
        shownMs === undefined ? "" : formatMs(shownMs),
        boundMs === undefined ? "" : formatMs(boundMs),
        boundMs === undefined ? "" : verdict(median <= boundMs, least <= boundMs),
      ]),
    ),
    line([
      `scripts that the page starts with, gzip (${scripts.length} files)`,
      kb(bytes),
      "",
      "",
      "",
      kb(scriptBound),
      verdict(bytes <= scriptBound, false),
    ]),
    "",
  ].join("\n");
}

/** Says whether a bound is met. Other work on the machine raises a median, but hardly ever the least time. */
export function verdict(median: boolean, least: boolean): string {
  return median ? "within" : least ? "the least is within" : "beyond";
}

const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
