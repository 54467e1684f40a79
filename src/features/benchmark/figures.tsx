/** Cells of measured times and their ratios. */
import { formatBound, formatMs, formatRatio } from "../../base/format-units.ts";
import type { Figure, Ratio } from "../../base/times.ts";

/**
 * The median with its quartiles in small print, "< 1.30 µs" if only an upper bound is known, or "none"
 * without the stage.
 */
export function FigureValue({ ms }: { readonly ms: Figure }) {
  if (ms.median === 0) return <span className="timing-none">none</span>;
  return (
    <>
      <data value={ms.median}>{formatBound(ms)}</data>
      {ms.atMost ? null : (
        <small>
          {formatMs(ms.p25)}–{formatMs(ms.p75)}
        </small>
      )}
    </>
  );
}

export function RatioValue({ ratio }: { readonly ratio: Ratio }) {
  if (ratio.kind === "unknown") return <span>{formatRatio(ratio)}</span>;
  return <data value={ratio.times}>{formatRatio(ratio)}</data>;
}
