/** Measured times and their ratios as the panel's cells show them. */
import { formatBound, formatMs, formatRatio } from "../../base/format-units.ts";
import type { Figure, Ratio } from "../../base/times.ts";

/**
 * The median with its quartiles in small, "< 1.30 µs" where it is only known to be at most that, "none"
 * without a stage.
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
