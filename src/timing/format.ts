import type { Quartiles } from "./comparison.ts";

/** Milliseconds to three significant digits, without a unit: 0.042, 3.14, 418, 12,300. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return "–";
  if (ms !== 0 && Math.abs(ms) < 0.01) return ms < 0 ? "> -0.01" : "< 0.01";
  const digits = ms >= 100 ? 0 : ms >= 10 ? 1 : 2;
  return grouped(ms, digits);
}

/** "3.14 (3.02–3.40)": the median and both quartiles. */
export function formatQuartiles(ms: Quartiles): string {
  return `${formatMs(ms.median)} (${formatMs(ms.p25)}–${formatMs(ms.p75)})`;
}

/** "18.2×", "96×". */
export function formatRatio(ratio: number): string {
  return Number.isFinite(ratio) ? `${grouped(ratio, ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2)}×` : "–";
}

/** Mebibytes with a unit: "62.0 MiB". */
export function formatMiB(bytes: number): string {
  const mib = bytes / 2 ** 20;
  return `${grouped(mib, mib >= 100 ? 0 : mib >= 1 ? 1 : 2)} MiB`;
}

/** As {@link formatMiB}, from a gibibyte on in gibibytes: "1.83 GiB". */
export function formatBytes(bytes: number): string {
  if (bytes === 0) return "0 MiB";
  const gib = bytes / 2 ** 30;
  return gib >= 1 ? `${grouped(gib, gib >= 10 ? 1 : 2)} GiB` : formatMiB(bytes);
}

export function formatSeconds(seconds: number): string {
  return `${grouped(seconds, seconds >= 100 ? 0 : 1)} s`;
}

/** 0..1 as whole percents. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** By digits after the point. Making one takes longer than all that it then writes. */
const formats = new Map<number, Intl.NumberFormat>();

function grouped(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(value);
}
