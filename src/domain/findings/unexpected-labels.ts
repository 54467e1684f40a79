/** Finds labels of a volume that no entry of the definition has, with the repair that fits them. */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, labelList, list, sum, voxelText } from "./text.ts";
import { type Counted, numberedFrom, type Rewrite, rewritesText, type ValueRepair } from "./value-repair.ts";

/** A volume's whole numbers from 0 up, ascending, compared with a definition. */
export interface LabelsFound {
  readonly present: readonly Counted[];
  /** Including ignore. */
  readonly known: ReadonlySet<number>;
  /** Without ignore and 0, ascending. */
  readonly defined: readonly number[];
  /** The ignore label; null without one. */
  readonly ignore: number | null;
  readonly onRegions: boolean;
  /** Gaps in the definition's numbers; null without gaps. */
  readonly gaps: Gaps | null;
  /** True if nnU-Net accepts everything after this repair; the value `apart` may remain. */
  readonly works: (repair: ValueRepair, apart?: number) => boolean;
  /** A value left out of `present` because it is judged separately. */
  readonly apart?: number;
}

export interface Gaps {
  /** Rewrites that make the definition's numbers 0, 1, 2, …; empty if they are uncertain. */
  readonly rewrites: readonly Rewrite[];
  /** True if the volume's labels are already numbered that way, and not all of them are defined. */
  readonly areClosedInFiles: boolean;
}

/** Usual values for "not annotated" in other programs, with the type in which each is also -1. */
const UNANNOTATED: ReadonlyMap<number, string> = new Map([
  [255, "uint8"],
  [65535, "uint16"],
]);

/**
 * @param scaledAdvice the repair of these values' cause, which another finding already gives; null without
 */
export function unexpectedLabels(found: LabelsFound, scaledAdvice: string | null): Finding[] {
  const wrong = found.present.filter(({ value }) => !found.known.has(value));
  if (wrong.length === 0) return [];
  const labels = wrong.map(({ value }) => value);
  const affects = (message: string, repair: ValueRepair | null) => [
    finding("error", "label-unexpected", titleOf(labels), message, { labels, repair }),
  ];
  if (scaledAdvice !== null) return affects(`${inNoRegion(wrong, found)} ${scaledAdvice}`, null);
  if (found.gaps?.areClosedInFiles) {
    return affects(`${inNoRegion(wrong, found)} ${closeGaps(found.gaps, wrong, found)}`, null);
  }
  const apart = besideMark(found, wrong);
  if (apart) return apart;
  const advice = adviceOn(found, wrong);
  if (advice) return affects(advice.message, advice.repair);
  const isMany = wrong.length > FEW_LABELS;
  const files = found.gaps && !isMany ? addAndClose(wrong, found) : correctFiles(found);
  return affects(`${inNoRegion(wrong, found)} ${files}${isMany ? ` ${OTHER_DEFINITION}` : ""}`, null);
}

interface Advice {
  readonly message: string;
  readonly repair: ValueRepair;
}

function adviceOn(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  for (const repairOf of [oneTooHigh, tooHigh, unannotated, misnumbered, missingInDefinition, gapsLeft]) {
    const advice = repairOf(found, wrong);
    if (advice && found.works(advice.repair)) return advice;
  }
  return null;
}

/**
 * Handles a value for "not annotated" next to other unexpected labels: each gets its own finding, the others
 * first.
 */
function besideMark(found: LabelsFound, wrong: readonly Counted[]): Finding[] | null {
  const mark = wrong.find(({ value }) => UNANNOTATED.has(value));
  const others = wrong.filter((label) => label !== mark);
  if (!mark || others.length === 0) return null;
  const { value } = mark;
  const first = adviceOn(
    {
      ...found,
      present: found.present.filter((label) => label !== mark),
      works: (repair) => found.works(repair, value),
      apart: value,
    },
    others,
  );
  // If several labels replace others by their order, one finding covers all of them.
  const isOrder = first?.repair.definition === undefined && others.length > 1 && !hasCommon(found);
  if (!first || isOrder) return null;
  const { rewrites, definition: change } = first.repair;
  const added = change?.kind === "add" ? change.labels : [];
  const label = found.ignore ?? Math.max(0, ...found.defined, ...added) + 1;
  if (found.ignore !== null && added.length > 0) return null;
  const both = [...rewrites, { from: value, to: label }];
  const repair: ValueRepair =
    found.ignore === null
      ? { rewrites: both, definition: { kind: "ignore", value: label } }
      : { rewrites: both };
  if (!change && !found.works(repair)) return null;
  const write =
    found.ignore === null
      ? `add “ignore”: ${label} to “labels” and write ${label} for ${value} in the label files`
      : `write ${label}, the ignore label, for ${value} in the label files`;
  const repaired = pluralForm(
    Math.max(others.length, rewrites.length),
    "the other label is repaired",
    "the other labels are repaired",
  );
  return [
    finding("error", "label-unexpected", titleOf(others.map((other) => other.value)), first.message, {
      labels: others.map((other) => other.value),
      repair: first.repair,
    }),
    finding(
      "error",
      "label-unexpected",
      titleOf([value]),
      `${inNoRegion([mark], found)} If it marks voxels to leave out of training, ${write} once ${repaired}; otherwise correct the label files.`,
      { labels: [value], repair: change ? null : repair },
    ),
  ];
}

/** True if any label other than background is one of the definition's. */
function hasCommon({ present, known }: LabelsFound): boolean {
  return present.some(({ value }) => value > 0 && known.has(value));
}

/** The volume's labels minus one are labels of the definition, from its first to its last. */
function oneTooHigh({ present, defined, apart }: LabelsFound): Advice | null {
  const labels = present.map(({ value }) => value);
  const hasZero = labels.includes(0);
  const high = labels.filter((label) => label > 0);
  const expected = hasZero ? defined : [0, ...defined];
  const set = new Set(expected);
  const fits =
    high.length > 0 &&
    high[0] === (expected[0] ?? 0) + 1 &&
    high.at(-1) === (expected.at(-1) ?? 0) + 1 &&
    high.every((label) => set.has(label - 1));
  if (!fits) return null;
  const which = hasZero ? "every label above 0" : "every label, including background,";
  return {
    message:
      `The volume contains ${labelList(high)}, but the definition has ${list(expected)}: ${which} seems to be one too high, so nnU-Net's integrity check ` +
      `rejects the case. Subtract 1 from ${everyVoxel(hasZero, apart)} in the label files.`,
    repair: { rewrites: high.map((from) => ({ from, to: from - 1 })) },
  };
}

function everyVoxel(hasZero: boolean, apart: number | undefined): string {
  const except = apart === undefined ? "" : ` except ${hasZero ? "" : "those of "}${apart}`;
  return `${hasZero ? "every label above 0" : "every voxel"}${except}`;
}

/**
 * True if the values are exactly the definition's labels, with or without ignore, moved by `by`.
 * @param present omits a correct background of 0; `from` is then 1
 */
export function exactlyShifted(
  present: readonly Counted[],
  by: number,
  { defined, ignore }: Pick<LabelsFound, "defined" | "ignore">,
  from: 0 | 1 = 0,
): boolean {
  const values = present.map(({ value }) => value - by).join();
  const labels = from === 0 ? [0, ...defined] : defined;
  return values === labels.join() || (ignore !== null && values === [...labels, ignore].join());
}

/**
 * Either all of the volume's labels, or all above 0, are the definition's labels moved up by one amount; or
 * the volume has no 0, and its lowest value is undefined and has the most voxels.
 */
function tooHigh(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  const { present, defined, ignore, known } = found;
  const [lowest] = present;
  if (!lowest) return null;
  const hasZero = lowest.value === 0;
  const high = hasZero ? present.slice(1) : present;
  const by = (high[0]?.value ?? 0) - (hasZero ? (defined[0] ?? 0) : 0);
  // A single misplaced label needs no arithmetic in its message.
  if (by < 1 || (hasZero && high.length < 2)) return null;
  const isMost = present.every(({ voxels }) => lowest.voxels >= voxels);
  const isBackground =
    !hasZero && isMost && !known.has(by) && high.every(({ value }) => known.has(value - by));
  if (!isBackground && !exactlyShifted(high, by, found, hasZero ? 1 : 0)) return null;
  const repair = { rewrites: high.map(({ value }) => ({ from: value, to: value - by })) };
  const labels = high.map(({ value }) => value);
  const expected = [...(hasZero ? [] : [0]), ...defined, ...(ignore === null ? [] : [ignore])];
  const which = hasZero ? "every label above 0" : "every label, including background,";
  const lacks = missingInDefinition(found, wrong);
  const n = wrong.length;
  const other =
    hasZero && lacks && found.works(lacks.repair)
      ? `; if ${list(wrong.map(({ value }) => value))} ${pluralForm(n, "is a structure", "are structures")} that the definition lacks, ` +
        `add ${pluralForm(n, "it", "them")} there instead`
      : "";
  return {
    message:
      `The volume contains ${labelList(labels)}, but the definition has ${list(expected)}: ${which} seems to be too high by ${by}, so nnU-Net's ` +
      `integrity check rejects the case. Subtract ${by} from ${everyVoxel(hasZero, found.apart)} in the label files${other}.`,
    repair,
  };
}

/** A single value that means "not annotated" elsewhere, like nnU-Net's ignore label. */
function unannotated(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  const [only, ...others] = wrong;
  if (!only || others.length > 0 || !UNANNOTATED.has(only.value)) return null;
  const { value } = only;
  const there = inNoRegion(wrong, found);
  const rest = found.present.filter((label) => label !== only);
  const isWrapped = exactlyShifted(rest, -1, { ...found, ignore: null }, 1);
  const wrapped = isWrapped
    ? `; if it is background and the others are one too low (${value} is -1 in ${UNANNOTATED.get(value)}), write 0 for it and add 1 to the others`
    : "";
  if (found.ignore !== null) {
    return {
      message:
        `${there} If it marks voxels to leave out of training, write ${found.ignore}, the ignore label, for ${value} in the label ` +
        `files${wrapped}.`,
      repair: { rewrites: [{ from: value, to: found.ignore }] },
    };
  }
  const next = (found.defined.at(-1) ?? 0) + 1;
  return {
    message:
      `${there} If it marks voxels to leave out of training, add “ignore”: ${next} to “labels” and write ${next} for ${value} in the label ` +
      `files${wrapped}; otherwise correct the label files.`,
    repair: { rewrites: [{ from: value, to: next }], definition: { kind: "ignore", value: next } },
  };
}

/** Handles equal numbers of unexpected and missing labels: each replaces one, in the same order. */
function misnumbered({ present, defined, ignore }: LabelsFound, wrong: readonly Counted[]): Advice | null {
  const values = new Set(present.map(({ value }) => value));
  const missing = defined.filter((label) => !values.has(label));
  const rewrites = placesFor(
    wrong.map(({ value }) => value),
    missing,
    defined.at(-1) ?? 0,
  );
  const [first, ...others] = rewrites;
  if (!first || !keepsOrder(present, rewrites)) return null;
  const repair = { rewrites };
  if (others.length === 0) {
    return {
      message:
        `The volume has label ${first.from} (${voxelText(sum(wrong))}) where the definition has ${first.to}, so nnU-Net's integrity check rejects the case. ` +
        `Write ${rewritesText(rewrites)} in the label files. ${noOtherWay(first, defined, ignore)}`.trimEnd(),
      repair,
    };
  }
  return {
    message:
      `The volume has ${labelList(rewrites.map(({ from }) => from))} (${voxelText(sum(wrong))}) where the definition has ` +
      `${list(rewrites.map(({ to }) => to))}, so nnU-Net's integrity check rejects the case: the label files use other numbers. ` +
      `Write ${rewritesText(rewrites)} in the label files, if the structures are in the same order.`,
    repair,
  };
}

/** A case need not have every label; then one just above the highest stands for the highest. */
function placesFor(wrong: readonly number[], missing: readonly number[], highest: number): Rewrite[] {
  if (wrong.length === missing.length) return wrong.map((from, i) => ({ from, to: missing[i] ?? from }));
  const isNext = wrong.length === 1 && wrong[0] === highest + 1 && missing.includes(highest);
  return isNext ? [{ from: highest + 1, to: highest }] : [];
}

function keepsOrder(present: readonly Counted[], rewrites: readonly Rewrite[]): boolean {
  const newValue = new Map(rewrites.map(({ from, to }) => [from, to]));
  const after = present.map(({ value }) => newValue.get(value) ?? value);
  return after.every((value, i) => i === 0 || (after[i - 1] ?? value) < value);
}

/** Says why adding the label to the definition does not help: nnU-Net requires 0, 1, 2, … */
function noOtherWay({ from, to }: Rewrite, defined: readonly number[], ignore: number | null): string {
  const before = defined.filter((label) => label !== to && label < from).at(-1) ?? 0;
  if (ignore !== null || before === from - 1) return "";
  return `Adding ${from} to the definition would leave ${to} without voxels, and replacing ${to} with ${from} is rejected because ${from} would follow ${before}.`;
}

/** A definition that lacks more labels than this is the wrong one: they are not added one by one. */
const FEW_LABELS = 16;
const OTHER_DEFINITION = "If the label files are right, open the dataset.json that belongs to them.";

/** The definition lacks the labels, and has no gap once they are added. */
function missingInDefinition(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  if (wrong.length > FEW_LABELS) return null;
  const labels = wrong.map(({ value }) => value);
  return {
    message: `${inNoRegion(wrong, found)} ${capital(addThem(labels.length, found.onRegions))}, or correct the label file.`,
    repair: { rewrites: [], definition: { kind: "add", labels } },
  };
}

/** Says where `n` labels that no entry has belong. @param what names them if the preceding text does not */
export function addThem(n: number, onRegions: boolean, what = pluralForm(n, "it", "them")): string {
  return onRegions
    ? `add ${what} to the regions that ${pluralForm(n, "it belongs", "they belong")} to`
    : `give ${n === 1 ? what : `each of ${what}`} its own entry in “labels”`;
}

/** The label files have no gaps but the definition does; matches the repair of `labels-not-consecutive`. */
function closeGaps({ rewrites }: Gaps, wrong: readonly Counted[], found: LabelsFound): string {
  return (
    `Labels must have no gaps: write ${rewritesText(rewrites)} in dataset.json if the label files use these numbers; ` +
    `otherwise ${addThem(wrong.length, found.onRegions, labelList(wrong.map(({ value }) => value)))}.`
  );
}

/** Gives no numbers, because renumbering will change those that the definition has now. */
function addAndClose(wrong: readonly Counted[], found: LabelsFound): string {
  const isMark =
    wrong.length === 1 && wrong.every(({ value }) => UNANNOTATED.has(value)) && found.ignore === null;
  const ignore = isMark ? "if it marks voxels to leave out of training, add it as “ignore”, otherwise " : "";
  return (
    `${capital(ignore + addThem(wrong.length, found.onRegions))}, or correct the label file; then renumber the labels without gaps, in dataset.json and in every ` +
    "label file, because nnU-Net rejects gaps."
  );
}

/** Like {@link missingInDefinition}, with numbers that leave no gap; requires other labels to match. */
function gapsLeft(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  if (!hasCommon(found) || wrong.length > FEW_LABELS) return null;
  const next = (found.defined.at(-1) ?? 0) + 1;
  const labels = wrong.map((_, i) => next + i);
  const rewrites = numberedFrom(
    next,
    wrong.map(({ value }) => value),
  );
  const n = labels.length;
  // Describes a row of labels by its ends.
  const isRow = n > 2;
  const numbers = isRow ? `${next} to ${labels.at(-1)}` : list(labels);
  const add = found.onRegions
    ? `add ${numbers} to the regions that ${pluralForm(n, "it belongs", "they belong")} to`
    : `give ${numbers} ${isRow ? "an entry each" : pluralForm(n, "an entry", "entries")} in “labels”`;
  const [from, to] = [wrong[0], wrong.at(-1)].map((label) => label?.value);
  const write = isRow
    ? `number these there in order, from ${next} for ${from} to ${labels.at(-1)} for ${to},`
    : `write ${rewritesText(rewrites)} there`;
  return {
    message: `${inNoRegion(wrong, found)} Correct the label files; or, because labels must be 0, 1, 2, …, ${write} and ${add}.`,
    repair: { rewrites, definition: { kind: "add", labels } },
  };
}

/** "Labels 12 and 13 are not in dataset.json" */
function titleOf(labels: readonly number[]): string {
  return `${capital(labelList(labels, 4))} ${pluralForm(labels.length, "is", "are")} not in dataset.json`;
}

function inNoRegion(wrong: readonly Counted[], { onRegions }: LabelsFound): string {
  const values = wrong.map(({ value }) => value);
  const n = values.length;
  return (
    `${capital(labelList(values))} (${voxelText(sum(wrong))}) ${pluralForm(n, "is", "are")} not defined in dataset.json. nnU-Net's ` +
    `integrity check rejects the case; without the check, ${withoutCheck(onRegions)}.`
  );
}

/**
 * Regions omit unlisted labels; the loss for plain labels has no class for them and stops, on a GPU with a
 * device-side assert.
 */
export function withoutCheck(onRegions: boolean): string {
  return onRegions ? "these voxels are trained as background" : "training stops";
}

function correctFiles({ defined, ignore, gaps }: LabelsFound): string {
  if (gaps) {
    return "Correct the label files, and number the structures 1, 2, 3, … there and in dataset.json, because nnU-Net rejects gaps.";
  }
  const [first, last = first] = [defined[0], defined.at(-1)];
  if (first === undefined || last === undefined)
    return "The definition has only background: add the structures to “labels”, or correct the label files.";
  const range = first === last ? `${first}` : `${first} to ${last}`;
  // Any other ignore label is rejected, which another finding reports.
  const also = ignore === last + 1 ? `, and ignore is ${ignore}` : "";
  return `Correct the label files: give each structure its number from the definition, ${range}${also}.`;
}
