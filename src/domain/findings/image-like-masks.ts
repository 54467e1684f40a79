/** Finds label volumes saved as pictures: 0 and 255 instead of 0 and 1, or shades of grey. */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";
import { withoutCheck } from "./unexpected-labels.ts";
import type { Counted, ValueRepair } from "./value-repair.ts";

/**
 * Largest values of common integer types, and other usual ways to write "yes". With one of them a volume
 * counts as a mask even without a definition.
 */
const MASK_VALUES = new Set([100, 127, 128, 255, 1000, 4095, 32767, 65535]);

/** More unknown values than this, up to a value of {@link MASK_VALUES}, make a greyscale picture. */
const FEW_SHADES = 8;
/** {@link FEW_SHADES} for a definition with a single label, where the values can be nothing else. */
const FEW_SHADES_OF_ONE = 1;

/** The labels of the definition. */
interface DefinedLabels {
  /** Including ignore. */
  readonly known: ReadonlySet<number>;
  /** Without ignore and 0, ascending. */
  readonly labels: readonly number[];
  readonly onRegions: boolean;
}

interface Advice {
  readonly message: string;
  readonly repair: ValueRepair | null;
}

/** `defined` is null without a definition. */
export function pictureOfMask(present: readonly Counted[], defined: DefinedLabels | null): Finding[] {
  const values = present.map((l) => l.value).sort((a, b) => a - b);
  const [zero, ...above] = values;
  const top = above.at(-1);
  if (zero !== 0 || top === undefined || top <= 1) return [];
  const advice =
    above.length === 1
      ? twoValues(top, defined)
      : defined && MASK_VALUES.has(top)
        ? (shades(above, top, defined) ?? stretched(above, top, defined))
        : null;
  if (advice === null) return [];
  return [
    finding(
      defined ? "error" : "warning",
      "values-scaled-mask",
      above.length === 1
        ? `The mask is written as 0 and ${top}`
        : `The labels are written as shades up to ${top}`,
      advice.message,
      {
        labels: above.length === 1 ? [top] : above.filter((v) => !defined?.known.has(v)),
        repair: advice.repair,
      },
    ),
  ];
}

const rejected = ({ onRegions }: DefinedLabels) =>
  `nnU-Net's integrity check rejects the case; without the check, ${withoutCheck(onRegions)}`;

/** Handles 0 and 255, or the like. `label-unexpected` handles a value that is one too high. */
function twoValues(top: number, defined: DefinedLabels | null): Advice | null {
  if (!defined) {
    if (!MASK_VALUES.has(top)) return null;
    return {
      message:
        `The volume contains only 0 and ${top}: it looks like a mask exported as an image, not a label map, and nnU-Net rejects it where label 1 is expected. ` +
        `Divide it by ${top}, so that the mask is 1.`,
      repair: { rewrites: [{ from: top, to: 1 }] },
    };
  }
  const { known, labels } = defined;
  if (known.has(top) || (labels.length === 1 && labels[0] === top - 1)) return null;
  const [label = 1] = labels;
  const rewrites = [{ from: top, to: label }];
  const divided = label === 1 ? `Divide it by ${top}, so that the mask is 1` : `Write ${label} for ${top}`;
  const rest =
    labels.length === 0
      ? ", and give 1 an entry in “labels”"
      : labels.length > 1
        ? ", or give it the number of its label"
        : "";
  return {
    message: `The volume contains only 0 and ${top}: it looks like a mask exported as an image, not a label map, and no region contains ${top}. ${rejected(defined)}. ${divided}${rest}.`,
    repair: labels.length > 0 ? { rewrites } : { rewrites, definition: { kind: "add", labels: [1] } },
  };
}

/** Handles a mask that was smoothed, resized or compressed, so that its edges have values in between. */
function shades(above: readonly number[], top: number, defined: DefinedLabels): Advice | null {
  const { known, labels } = defined;
  const [label, ...others] = labels;
  const few = others.length === 0 ? FEW_SHADES_OF_ONE : FEW_SHADES;
  if (label === undefined || above.filter((value) => !known.has(value)).length <= few) return null;
  const what = `The volume contains ${above.length + 1} different values from 0 to ${top}: it looks like a mask exported as a greyscale image, with soft or compressed edges. ${rejected(defined)}.`;
  if (others.length > 0) {
    return {
      message: `${what} Export it again without smoothing or JPEG compression, with the label (${list(labels, 3)}) instead of ${top}.`,
      repair: null,
    };
  }
  const half = Math.ceil(top / 2);
  return {
    message: `${what} Write ${label} where it is ${half} or more and 0 elsewhere, or export it again without smoothing or JPEG compression.`,
    repair: { rewrites: above.map((from) => ({ from, to: from >= half ? label : 0 })) },
  };
}

/** Handles labels spread evenly up to 255 to be visible: 0, 127, 255. */
function stretched(above: readonly number[], top: number, defined: DefinedLabels): Advice | null {
  const { known, labels } = defined;
  const even = above.every((value, i) => Math.abs(value - (top * (i + 1)) / above.length) <= 1);
  if (!even || above.length > labels.length || above.some((value) => known.has(value))) return null;
  return {
    message:
      `The volume contains ${list([0, ...above])}: its labels are spread out for display, as in an image, and no region contains ${pluralForm(above.length, "it", "them")}. ` +
      `${rejected(defined)}. Map them back to ${list([0, ...labels.slice(0, above.length)])}.`,
    repair: { rewrites: above.map((from, i) => ({ from, to: labels[i] ?? from })) },
  };
}
