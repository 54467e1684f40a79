/** Label volumes that were saved as pictures: 0 and 255 instead of 0 and 1, or shades of grey. */
import { type Finding, finding } from "./finding.ts";
import { list, plural } from "./words.ts";

export interface Counted {
  readonly value: number;
  readonly voxels: number;
}

export const sum = (labels: readonly Counted[]) => labels.reduce((total, l) => total + l.voxels, 0);

/** Largest values of common integer types, and other usual ways to write "yes": a mask even without a definition. */
const MASK_VALUES = new Set([100, 127, 128, 255, 1000, 4095, 32767, 65535]);

/** With more unknown values than this, up to a value of {@link MASK_VALUES}, it is a picture in shades of grey. */
const FEW_SHADES = 8;

/** `known` is what the definition knows; null without one. */
export function pictureOfMask(present: readonly Counted[], known: ReadonlySet<number> | null): Finding[] {
  const values = present.map((l) => l.value).sort((a, b) => a - b);
  const [zero, ...above] = values;
  const top = above.at(-1);
  if (zero !== 0 || top === undefined || top <= 1) return [];
  const message =
    above.length === 1
      ? twoValues(top, known)
      : known && MASK_VALUES.has(top)
        ? (shades(above, top, known) ?? stretched(above, top, known))
        : null;
  if (message === null) return [];
  return [
    finding(known ? "error" : "warning", "values-scaled-mask", message, {
      labels: above.length === 1 ? [top] : above.filter((v) => !known?.has(v)),
    }),
  ];
}

const REFUSED =
  "nnU-Net's integrity check refuses the case, and without the check these voxels are trained as background";

function foreground(known: ReadonlySet<number>): number[] {
  return [...known].filter((label) => label > 0).sort((a, b) => a - b);
}

/** 0 and 255, or the like. A value that is one too high is left to `label-unexpected`. */
function twoValues(top: number, known: ReadonlySet<number> | null): string | null {
  if (!known) {
    return MASK_VALUES.has(top)
      ? `The volume holds only 0 and ${top}: it is a mask saved as a picture, not a label map, and nnU-Net refuses it where label 1 is expected. ` +
          `Divide it by ${top}, so that the mask is 1.`
      : null;
  }
  const labels = foreground(known);
  if (known.has(top) || (labels.length === 1 && labels[0] === top - 1)) return null;
  return (
    `The volume holds only 0 and ${top}: it is a mask saved as a picture, and no region holds ${top}, so ${REFUSED}. ` +
    `Divide it by ${top}, so that the mask is 1${labels.length > 1 ? ", or give it the number of its label" : ""}.`
  );
}

/** A mask that was smoothed, resized or compressed on the way: its edges have all values in between. */
function shades(above: readonly number[], top: number, known: ReadonlySet<number>): string | null {
  if (above.filter((value) => !known.has(value)).length <= FEW_SHADES) return null;
  return (
    `The volume holds ${above.length + 1} different values from 0 to ${top}: it is a mask saved as a grey picture, with soft or compressed edges, so ${REFUSED}. ` +
    `Save it anew without smoothing or JPEG, with the label (${list(foreground(known), 3)}) in place of ${top}.`
  );
}

/** Several labels spread evenly up to 255, to be told apart by eye: 0, 127, 255. */
function stretched(above: readonly number[], top: number, known: ReadonlySet<number>): string | null {
  const labels = foreground(known);
  const even = above.every((value, i) => Math.abs(value - (top * (i + 1)) / above.length) <= 1);
  if (!even || above.length > labels.length || above.some((value) => known.has(value))) return null;
  return (
    `The volume holds ${list([0, ...above])}: its labels are spread out for display, as in a picture, and no region holds ${plural(above.length, "it", "them")}, ` +
    `so ${REFUSED}. Map them back to ${list([0, ...labels.slice(0, above.length)])}.`
  );
}
