/** Finds the folds that nnU-Net trains and validates on, before it has made them. */
import { byCodePoint } from "../../base/by-code-point.ts";
import { NumpyRandom } from "../patches/numpy-random.ts";
import type { CheckSplits, Fold } from "./check-file.ts";

const FILE = "splits_final.json";
/** Folds that nnU-Net makes without a file, and that users train. */
const FOLDS = 5;
const SEED = 12345;
const TRAINED_SHARE = 0.8;

/**
 * The folds of `nnUNetTrainer.do_split` (nnU-Net 2.8.1): those of splits_final.json; without the file, the
 * five that `generate_crossval_split` makes; and fold "all", for which nnU-Net reads no file. Draws folds
 * 0 to 4 that the file lacks, as nnU-Net does.
 *
 * @param names all training cases of the dataset, in any order
 * @param text of splits_final.json in the preprocessed folder; null without the file
 */
export function checkSplits(names: readonly string[], text: string | null): CheckSplits {
  const found = identifiers(names);
  const all: Fold[] = found.length > 0 ? [{ name: "all", train: found, val: found }] : [];
  const none = (refused: string): CheckSplits => ({ from: "none", folds: all, refused });
  if (found.length === 0) return none("There are no training cases to split.");
  if (text !== null) {
    const entries = entriesOf(text);
    return typeof entries === "string" ? none(entries) : splitsOfFile(entries, names, found, all);
  }
  if (found.length < FOLDS) {
    const cases = found.length === 1 ? "1 case" : `${found.length} cases`;
    return none(
      `nnU-Net stops when it splits ${cases} into five folds: add cases, write ${FILE}, or train fold all.`,
    );
  }
  return { from: "default", folds: [...defaultFolds(found), ...all], refused: null };
}

/**
 * The cases that nnU-Net finds in its preprocessed folder, sorted. It takes a case whose name ends in "_seg"
 * for the labels of another (`nnUNetDatasetBlosc2.get_identifiers`), and trains on it only if the file
 * names it.
 */
function identifiers(names: readonly string[]): string[] {
  return names.filter((name) => !isTakenForLabels(name)).sort(byCodePoint);
}

export function isTakenForLabels(name: string): boolean {
  return name.endsWith("_seg");
}

/** scikit-learn's `KFold(5, shuffle=True, random_state=12345)` over sorted names, at least five. */
function defaultFolds(sorted: readonly string[]): Fold[] {
  const order = new NumpyRandom(SEED).permutation(sorted.length);
  const folds: Fold[] = [];
  let from = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const size = Math.floor(sorted.length / FOLDS) + (fold < sorted.length % FOLDS ? 1 : 0);
    const val = new Set(order.subarray(from, from + size));
    folds.push(foldOf(fold, sorted, (i) => val.has(i)));
    from += size;
  }
  return folds;
}

/** `RandomState(12345 + fold).choice(n, int(n * 0.8), replace=False)` over sorted names. */
function drawnFold(sorted: readonly string[], fold: number): Fold {
  const order = new NumpyRandom(SEED + fold).permutation(sorted.length);
  const train = new Set(order.subarray(0, Math.floor(sorted.length * TRAINED_SHARE)));
  return { ...foldOf(fold, sorted, (i) => !train.has(i)), drawn: true };
}

function foldOf(fold: number, sorted: readonly string[], validates: (i: number) => boolean): Fold {
  return {
    name: String(fold),
    train: sorted.filter((_, i) => !validates(i)),
    val: sorted.filter((_, i) => validates(i)),
  };
}

/** The list in the file, or what is wrong with it. */
function entriesOf(text: string): readonly unknown[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${FILE} is not JSON, and nnU-Net stops at it: correct it, or delete it for nnU-Net's own split.`;
  }
  if (Array.isArray(value)) return value;
  return `${FILE} is not a list of folds, each with "train" and "val": correct it, or delete it for nnU-Net's own split.`;
}

function splitsOfFile(
  entries: readonly unknown[],
  names: readonly string[],
  found: readonly string[],
  all: readonly Fold[],
): CheckSplits {
  const known = new Set(names);
  const folds: Fold[] = [];
  let refused: string | null = null;
  for (const [fold, entry] of entries.entries()) {
    const read = foldOfFile(fold, entry, known);
    if (typeof read !== "string") folds.push(read);
    else refused ??= `${FILE}, fold ${fold}: ${read}`;
  }
  for (let fold = entries.length; fold < FOLDS; fold++) {
    const drawn = drawnFold(found, fold);
    // Of a single case, nnU-Net draws none to train on.
    if (drawn.train.length > 0) folds.push(drawn);
  }
  return { from: folds.length > 0 ? FILE : "none", folds: [...folds, ...all], refused };
}

/**
 * A fold of the file, or what nnU-Net stops at. Names in both lists are allowed: nnU-Net only logs a warning.
 */
function foldOfFile(fold: number, entry: unknown, known: ReadonlySet<string>): Fold | string {
  const lists: Partial<Record<string, unknown>> =
    typeof entry === "object" && entry !== null && !Array.isArray(entry) ? { ...entry } : {};
  const read = { train: [] as readonly string[], val: [] as readonly string[] };
  for (const side of ["train", "val"] as const) {
    const list = lists[side];
    if (!isListOfNames(list)) return `"${side}" is not a list of case names; nnU-Net stops at this fold.`;
    if (list.length === 0) return `"${side}" is empty; nnU-Net stops at this fold.`;
    const unknown = list.find((name) => !known.has(name));
    if (unknown !== undefined) {
      return `"${unknown}" in "${side}" is not a training case; nnU-Net does not check it, and stops when it reads the case.`;
    }
    read[side] = [...new Set(list)].sort(byCodePoint);
  }
  return { name: String(fold), ...read };
}

function isListOfNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
