/** Builds the small pieces of English that the messages share. */
import { plural, pluralForm } from "../../base/format-numbers.ts";
import { joinNames } from "../../base/join-names.ts";
import type { Triple } from "../geometry/grid.ts";
import type { GridDifference } from "../geometry/grid-difference.ts";
import { valueText } from "../volume/float32.ts";

/** {@link joinNames} that also accepts numbers, formatted as label values. */
export function list(items: readonly (string | number)[], most?: number): string {
  return joinNames(
    items.map((item) => (typeof item === "number" ? valueText(item) : item)),
    most,
  );
}

/** "label 3", "labels 1 and 2". */
export function labelList(labels: readonly number[], most?: number): string {
  return `${labels.length === 1 ? "label" : "labels"} ${list(labels, most)}`;
}

/** Region names, quoted because they may contain spaces. */
export function regionList(names: readonly string[], most?: number): string {
  return list(
    names.map((n) => `“${n}”`),
    most,
  );
}

/** "1 voxel", "12,345 voxels". */
export function voxelText(count: number): string {
  return plural(count, "voxel");
}

/** Total number of voxels over all given values. */
export function sum(labels: readonly { readonly voxels: number }[]): number {
  return labels.reduce((total, { voxels }) => total + voxels, 0);
}

const LITTLE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 1 });

/**
 * "13 %"; below 1 % one significant digit, as in "0.4 %", so that a small share does not read as none. 100 %
 * means exactly all.
 */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 99 && percent < 100) return ">99 %";
  return `${percent < 1 ? LITTLE.format(percent) : Math.round(percent)} %`;
}

/** A JSON value as it appears in the file, cut after `most` characters. */
export function jsonText(value: unknown, most = 60): string {
  // Only line breaks that JSON.stringify inserted can match: those inside strings are written as \\n.
  const text = (JSON.stringify(value, null, 1) ?? "nothing")
    .replace(/([[{])\n\s*/g, "$1")
    .replace(/\n\s*([\]}])/g, "$1")
    .replace(/\n\s*/g, " ");
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** `regions_class_order` as it would appear in the file, cut after 16 entries. */
export function orderText(order: readonly unknown[]): string {
  return order.length > 16 ? `[${order.slice(0, 16).join(", ")}, …]` : `[${order.join(", ")}]`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Two lengths, each with just enough digits to tell them apart. */
function apart(a: number, b: number): [string, string] {
  for (let digits = 3; digits < 9; digits++) {
    const [x, y] = [a, b].map((mm) => String(Number(mm.toPrecision(digits))));
    if (x !== undefined && y !== undefined && x !== y) return [x, y];
  }
  return [String(a), String(b)];
}

/** Formats a difference: two significant digits below 100, whole numbers above. */
export function amount(value: number): string {
  return String(value < 100 ? Number(value.toPrecision(2)) : Math.round(value));
}

/** Voxel lengths of two grids along the given axes, as distinguishable pairs; equal pairs appear once. */
export function lengthsApart(axes: readonly (0 | 1 | 2)[], a: Triple, b: Triple): [string, string][] {
  const all = axes.map((axis) => apart(a[axis], b[axis]));
  return new Set(all.map(String)).size === 1 ? all.slice(0, 1) : all;
}

const ORDINALS = ["first", "second", "third"] as const;

/** "first axis", "second and third axes" */
export function axesText(axes: readonly (0 | 1 | 2)[]): string {
  return `${list(axes.map((axis) => ORDINALS[axis]))} ${pluralForm(axes.length, "axis", "axes")}`;
}

/** Describes how far two grids are shifted and rotated against each other, leaving out what is negligible. */
export function movedText({ originMm, degrees }: GridDifference): string[] {
  return [
    ...(originMm > 1e-3 ? [`the first voxels are ${amount(originMm)} mm apart`] : []),
    ...(degrees > 1e-3 ? [`the axes differ by ${amount(degrees)}°`] : []),
  ];
}
