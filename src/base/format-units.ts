/** Formats times, ratios, bytes and shares with their units. */
import type { Figure, Quartiles, Ratio } from "./times.ts";

/**
 * Milliseconds to three significant digits, without a unit: 0.142, 3.14, 418, 12,300. Below 0.1 ms it
 * switches to microseconds with their unit: "42.0 µs".
 */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return "–";
  if (ms !== 0 && Math.abs(ms) < 0.1) return formatTime(ms);
  return significant(ms);
}

/** {@link formatMs} that always has a unit: "3.14 ms", "42.0 µs", "64.0 ns". */
export function formatTime(ms: number): string {
  if (!Number.isFinite(ms)) return "–";
  const size = Math.abs(ms);
  if (ms === 0 || size >= 0.1) return `${significant(ms)} ms`;
  return size >= 0.001 ? `${significant(ms * 1e3)} µs` : `${significant(ms * 1e6)} ns`;
}

/** "3.14 (3.02–3.40)": the median and both quartiles. */
export function formatQuartiles(ms: Quartiles): string {
  return `${formatMs(ms.median)} (${formatMs(ms.p25)}–${formatMs(ms.p75)})`;
}

/** The median alone: "3.14"; "< 1.30 µs" if it is only an upper bound; "none" if nothing was timed. */
export function formatBound(figure: Figure): string {
  if (figure.median === 0) return "none";
  return figure.atMost ? `< ${formatMs(figure.median)}` : formatMs(figure.median);
}

/** {@link formatQuartiles}, or "< 1.30 µs" if the time is only an upper bound. */
export function formatFigure(figure: Figure): string {
  return figure.atMost || figure.median === 0 ? formatBound(figure) : formatQuartiles(figure);
}

/** "18.2×", "96×". */
export function formatTimes(times: number): string {
  return Number.isFinite(times) ? `${significant(times)}×` : "–";
}

/** "18.2×", "more than 12.0×", "less than 0.50×", "not known". */
export function formatRatio(ratio: Ratio): string {
  if (ratio.kind === "unknown") return "not known";
  const times = formatTimes(ratio.times);
  return ratio.kind === "exact" ? times : `${ratio.kind} than ${times}`;
}

/** About three digits: no decimals from 100, one from 10, three below 1. */
function significant(value: number): string {
  const size = Math.abs(value);
  return grouped(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** Mebibytes with a unit: "62.0 MiB"; below 0.1 MiB kibibytes: "33.6 KiB". */
export function formatMiB(bytes: number): string {
  const mib = bytes / 2 ** 20;
  if (bytes !== 0 && mib < 0.1) return `${grouped(bytes / 1024, 1)} KiB`;
  return `${grouped(mib, mib >= 100 || mib === 0 ? 0 : mib >= 1 ? 1 : 2)} MiB`;
}

/** {@link formatMiB}, with gibibytes from 1 GiB: "1.83 GiB". */
export function formatBytes(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return gib >= 1 ? `${grouped(gib, gib >= 10 ? 1 : 2)} GiB` : formatMiB(bytes);
}

/** "80.4 s"; "< 80.4 s" if it is only an upper bound. */
export function formatSeconds(seconds: number, atMost = false): string {
  return `${atMost ? "< " : ""}${grouped(seconds, seconds >= 100 ? 0 : 1)} s`;
}

/** A share of 0..1 in whole percent; "< 25 %" if it is only an upper bound. */
export function formatShare(share: number, atMost = false): string {
  return `${atMost ? "< " : ""}${Math.round(share * 100)} %`;
}

/** Formatters by number of decimals. Creating one takes longer than all the formatting that follows. */
const formats = new Map<number, Intl.NumberFormat>();

function grouped(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(value);
}
