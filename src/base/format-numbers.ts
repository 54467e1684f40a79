/** Formats numbers as the page writes them. */

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 60,703 */
export function formatCount(n: number): string {
  return WHOLE.format(n);
}

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** Three significant digits, for tight spaces: 927 · 60.7K · 1.05M */
export function formatCountShort(n: number): string {
  return COMPACT.format(n);
}

/** Millilitres: 1,639 · 9.7 · 0.24 · 0.003 */
export function formatMl(ml: number): string {
  if (ml >= 100 || ml === 0) return WHOLE.format(ml);
  return ml.toFixed(ml >= 10 ? 1 : ml >= 0.1 ? 2 : 3);
}

const FRACTIONS: Readonly<Record<number, string>> = {
  1: "1",
  2: "½",
  3: "⅓",
  4: "¼",
  5: "⅕",
  6: "⅙",
  8: "⅛",
};

/** ½×½×½; a factor without a Unicode fraction becomes ¹⁄₁₆. */
export function formatFactors(factors: readonly number[]): string {
  return factors.map(formatFactor).join("×");
}

/** {@link formatFactors} for tight spaces: a single ½ if all axes shrink equally. */
export function formatFactorsShort(factors: readonly [number, number, number]): string {
  const [z, y, x] = factors;
  return z === y && y === x ? formatFactor(z) : formatFactors(factors);
}

function formatFactor(factor: number): string {
  return FRACTIONS[factor] ?? `¹⁄${subscript(factor)}`;
}

function subscript(n: number): string {
  return String(n).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));
}

/** 112×101×122 */
export function formatShape(shape: readonly number[]): string {
  return shape.join("×");
}

/** .571, a share of the loss; 5e-7 if three digits would read 0. */
export function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return "undefined";
  return weight > 0 && weight < 5e-4 ? weight.toExponential(0) : weight.toFixed(3).replace(/^0/, "");
}

/** Up to four significant digits, without exponent at usual sizes: 284 · 0.0123 · 1043. */
export function formatValue(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** In a window narrower than 10, grey values have decimals to a hundredth of its width; others are whole. */
export function formatGrey(value: number, windowWidth: number): string {
  const decimals = windowWidth < 10 ? Math.min(8, 2 - Math.floor(Math.log10(windowWidth))) : 0;
  return String(Number(value.toFixed(decimals)));
}

export function formatMm(mm: number): string {
  return mm.toFixed(1);
}

/** Four decimals, the precision at which coordinates are compared: a tenth of a micrometre. */
export function formatExactMm(mm: number): string {
  return mm.toFixed(4).replace(/^-(?=0\.0+$)/, "");
}

/** A 32-bit word as eight hexadecimal digits. */
export function formatWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** "1 voxel", "5 voxels" */
export function plural(n: number, unit: string): string {
  return `${formatCount(n)} ${pluralForm(n, unit, `${unit}s`)}`;
}

/** One of two forms of a noun or verb, by the number that goes with it: `pluralForm(n, "comes", "come")`. */
export function pluralForm(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}
