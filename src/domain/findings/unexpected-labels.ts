/** Labels of a volume that no entry of the definition has, with the repair that fits them. */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, labelList, list, sum, voxelText } from "./text.ts";
import { type Counted, numberedFrom, type Rewrite, rewritesText, type ValueRepair } from "./value-repair.ts";

/** A volume's whole numbers from 0 on, ascending, against what a definition knows. */
export interface LabelsFound {
  readonly present: readonly Counted[];
  /** With ignore. */
  readonly known: ReadonlySet<number>;
  /** Without ignore and 0, ascending. */
  readonly defined: readonly number[];
  /** The ignore label; null without one. */
  readonly ignore: number | null;
  readonly onRegions: boolean;
  /** Where the definition's numbers have gaps; null where they have none. */
  readonly gaps: Gaps | null;
  /** Whether nothing is refused once this was done; the value `apart` may be left. */
  readonly works: (repair: ValueRepair, apart?: number) => boolean;
  /** A value that was left out of the volume's, as it is judged by itself. */
  readonly apart?: number;
}

export interface Gaps {
  /** What makes the definition's numbers 0, 1, 2, …; empty where that cannot be told. */
  readonly rewrites: readonly Rewrite[];
  /** Whether the volume's labels are such numbers, and not all of the definition. */
  readonly areClosedInFiles: boolean;
}

/**
 * Usual values for "not annotated", as other programs write them, and the types in which they are also -1.
 */
const UNANNOTATED: ReadonlyMap<number, string> = new Map([
  [255, "uint8"],
  [65535, "uint16"],
]);

/** @param told the repair of what these values come from, which is told of already; null without */
export function unexpectedLabels(found: LabelsFound, told: string | null): Finding[] {
  const wrong = found.present.filter(({ value }) => !found.known.has(value));
  if (wrong.length === 0) return [];
  const labels = wrong.map(({ value }) => value);
  const concern = (message: string, repair: ValueRepair | null) => [
    finding("error", "label-unexpected", message, { labels, repair }),
  ];
  if (told !== null) return concern(`${inNoRegion(wrong, found)} ${told}`, null);
  if (found.gaps?.areClosedInFiles) {
    return concern(`${inNoRegion(wrong, found)} ${closeGaps(found.gaps, wrong, found)}`, null);
  }
  const apart = besideMark(found, wrong);
  if (apart) return apart;
  const advice = adviceOn(found, wrong);
  if (advice) return concern(advice.message, advice.repair);
  const isMany = wrong.length > FEW_LABELS;
  const files = found.gaps && !isMany ? addAndClose(wrong, found) : correctFiles(found);
  return concern(`${inNoRegion(wrong, found)} ${files}${isMany ? ` ${OTHER_DEFINITION}` : ""}`, null);
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
 * A value for "not annotated" and other labels that are unexpected: each is told of by itself, the others
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
  // That several labels stand for others by their order is said of all.
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
      ? `add “ignore”: ${label} to labels and write ${label} for ${value} in the label files`
      : `write ${label}, the ignore label, for ${value} in the label files`;
  const repaired = pluralForm(
    Math.max(others.length, rewrites.length),
    "the other label is repaired",
    "the other labels are repaired",
  );
  return [
    finding("error", "label-unexpected", first.message, {
      labels: others.map((other) => other.value),
      repair: first.repair,
    }),
    finding(
      "error",
      "label-unexpected",
      `${inNoRegion([mark], found)} If it marks voxels to leave out of training, ${write} once ${repaired}; else correct the label files.`,
      { labels: [value], repair: change ? null : repair },
    ),
  ];
}

/** Whether some labels other than background are those of the definition. */
function hasCommon({ present, known }: LabelsFound): boolean {
  return present.some(({ value }) => value > 0 && known.has(value));
}

/** The volume's labels, each less one, are labels of the definition and reach from its first to its last. */
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
  const which = hasZero ? `every label above 0` : "every label, background included,";
  return {
    message:
      `The volume holds ${labelList(high)} where the definition has ${list(expected)}: ${which} seems to be one too high, so nnU-Net's integrity check ` +
      `refuses the case. Subtract 1 from ${everyVoxel(hasZero, apart)} in the label files.`,
    repair: { rewrites: high.map((from) => ({ from, to: from - 1 })) },
  };
}

function everyVoxel(hasZero: boolean, apart: number | undefined): string {
  const but = apart === undefined ? "" : ` but ${hasZero ? "" : "those of "}${apart}`;
  return `${hasZero ? "every label above 0" : "every voxel"}${but}`;
}

/**
 * Whether the values are all that the definition has, with or without ignore, moved by `by`.
 * @param present without 0 where that is background as it should be; then `from` is 1
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
 * The volume's labels, all or those above 0, are all that the definition has, each too high by as much; or
 * all are without 0, and the lowest is no label and has the most voxels.
 */
function tooHigh(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  const { present, defined, ignore, known } = found;
  const [lowest] = present;
  if (!lowest) return null;
  const hasZero = lowest.value === 0;
  const high = hasZero ? present.slice(1) : present;
  const by = (high[0]?.value ?? 0) - (hasZero ? (defined[0] ?? 0) : 0);
  // One label in the place of another is said without a sum.
  if (by < 1 || (hasZero && high.length < 2)) return null;
  const isMost = present.every(({ voxels }) => lowest.voxels >= voxels);
  const isBackground =
    !hasZero && isMost && !known.has(by) && high.every(({ value }) => known.has(value - by));
  if (!isBackground && !exactlyShifted(high, by, found, hasZero ? 1 : 0)) return null;
  const repair = { rewrites: high.map(({ value }) => ({ from: value, to: value - by })) };
  const labels = high.map(({ value }) => value);
  const expected = [...(hasZero ? [] : [0]), ...defined, ...(ignore === null ? [] : [ignore])];
  const which = hasZero ? "every label above 0" : "every label, background included,";
  const lacks = missingInDefinition(found, wrong);
  const n = wrong.length;
  const other =
    hasZero && lacks && found.works(lacks.repair)
      ? `; if ${list(wrong.map(({ value }) => value))} ${pluralForm(n, "is a structure", "are structures")} that the definition lacks, ` +
        `add ${pluralForm(n, "it", "them")} there instead`
      : "";
  return {
    message:
      `The volume holds ${labelList(labels)} where the definition has ${list(expected)}: ${which} seems to be too high by ${by}, so nnU-Net's ` +
      `integrity check refuses the case. Subtract ${by} from ${everyVoxel(hasZero, found.apart)} in the label files${other}.`,
    repair,
  };
}

/** One value beside the labels that means "not annotated" elsewhere, as nnU-Net's ignore label does. */
function unannotated(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  const [only, ...others] = wrong;
  if (!only || others.length > 0 || !UNANNOTATED.has(only.value)) return null;
  const { value } = only;
  const there = inNoRegion(wrong, found);
  const rest = found.present.filter((label) => label !== only);
  const isWrapped = exactlyShifted(rest, -1, { ...found, ignore: null }, 1);
  const wrapped = isWrapped
    ? `; if it is background and the others one too low (${value} is -1 in ${UNANNOTATED.get(value)}), write 0 for it and add 1 to the others`
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
      `${there} If it marks voxels to leave out of training, add “ignore”: ${next} to labels and write ${next} for ${value} in the label ` +
      `files${wrapped}; else correct the label files.`,
    repair: { rewrites: [{ from: value, to: next }], definition: { kind: "ignore", value: next } },
  };
}

/** As many labels are unexpected as are missing, so that each takes the place of one, in the same order. */
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
        `Label ${first.from} is in the volume (${voxelText(sum(wrong))}) where the definition has ${first.to}, so nnU-Net's integrity check refuses the case. ` +
        `Write ${rewritesText(rewrites)} in the label files. ${noOtherWay(first, defined, ignore)}`.trimEnd(),
      repair,
    };
  }
  return {
    message:
      `${capital(labelList(rewrites.map(({ from }) => from)))} are in the volume (${voxelText(sum(wrong))}) where the definition has ` +
      `${list(rewrites.map(({ to }) => to))}, so nnU-Net's integrity check refuses the case: the label files are numbered otherwise. ` +
      `Write ${rewritesText(rewrites)} in the label files, if the structures come in the order of their numbers.`,
    repair,
  };
}

/** A case need not have every label: then one that follows the highest is taken for the highest. */
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

/** Why it does not help to write the label into the definition: nnU-Net wants 0, 1, 2, … */
function noOtherWay({ from, to }: Rewrite, defined: readonly number[], ignore: number | null): string {
  const before = defined.filter((label) => label !== to && label < from).at(-1) ?? 0;
  if (ignore !== null || before === from - 1) return "";
  return `Adding ${from} to the definition would leave ${to} without a voxel, and ${from} in place of ${to} is refused because it follows ${before}.`;
}

/** More labels than these are not added one by one. */
const FEW_LABELS = 16;
const OTHER_DEFINITION = "If the label files are right, open the dataset.json that belongs to them.";

/** The definition lacks them: with them it has no gap. */
function missingInDefinition(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  if (wrong.length > FEW_LABELS) return null;
  const labels = wrong.map(({ value }) => value);
  return {
    message: `${inNoRegion(wrong, found)} ${capital(addThem(labels.length, found.onRegions))}, or correct the label file.`,
    repair: { rewrites: [], definition: { kind: "add", labels } },
  };
}

/**
 * Where `n` labels belong that no entry has. @param what they are called, where it is not clear from what is
 * said before
 */
export function addThem(n: number, onRegions: boolean, what = pluralForm(n, "it", "them")): string {
  return onRegions
    ? `add ${what} to the regions that ${pluralForm(n, "it belongs", "they belong")} to`
    : `give ${what} ${pluralForm(n, "an", "each an")} entry of its own in labels`;
}

/** Label files without gaps beside a definition that has some: as `labels-not-consecutive` says it. */
function closeGaps({ rewrites }: Gaps, wrong: readonly Counted[], found: LabelsFound): string {
  return (
    `As labels must have no gaps, write ${rewritesText(rewrites)} in dataset.json if the label files number the structures so; ` +
    `else ${addThem(wrong.length, found.onRegions, labelList(wrong.map(({ value }) => value)))}.`
  );
}

/** A number that the definition has now will not be the one that it has in the end. */
function addAndClose(wrong: readonly Counted[], found: LabelsFound): string {
  const isMark =
    wrong.length === 1 && wrong.every(({ value }) => UNANNOTATED.has(value)) && found.ignore === null;
  const ignore = isMark ? "if it marks voxels to leave out of training, add it as “ignore”, else " : "";
  return (
    `${capital(ignore + addThem(wrong.length, found.onRegions))}, or correct the label file; then renumber the labels without gaps, in dataset.json and in every ` +
    "label file, as nnU-Net refuses gaps."
  );
}

/** As {@link missingInDefinition}, with numbers that leave no gap; if other labels are those defined. */
function gapsLeft(found: LabelsFound, wrong: readonly Counted[]): Advice | null {
  if (!hasCommon(found) || wrong.length > FEW_LABELS) return null;
  const next = (found.defined.at(-1) ?? 0) + 1;
  const labels = wrong.map((_, i) => next + i);
  const rewrites = numberedFrom(
    next,
    wrong.map(({ value }) => value),
  );
  const n = labels.length;
  // A row of them is told by its ends.
  const isRow = n > 2;
  const numbers = isRow ? `${next} to ${labels.at(-1)}` : list(labels);
  const add = found.onRegions
    ? `add ${numbers} to the regions that ${pluralForm(n, "it belongs", "they belong")} to`
    : `give ${numbers} ${isRow ? "an entry each" : pluralForm(n, "an entry", "entries")} in labels`;
  const [from, to] = [wrong[0], wrong.at(-1)].map((label) => label?.value);
  const write = isRow
    ? `number these there in turn, from ${next} for ${from} to ${labels.at(-1)} for ${to},`
    : `write ${rewritesText(rewrites)} there`;
  return {
    message: `${inNoRegion(wrong, found)} Correct the label files; or, as labels must be 0, 1, 2, …, ${write} and ${add}.`,
    repair: { rewrites, definition: { kind: "add", labels } },
  };
}

function inNoRegion(wrong: readonly Counted[], { onRegions }: LabelsFound): string {
  const values = wrong.map(({ value }) => value);
  const n = values.length;
  return (
    `${capital(labelList(values))} ${pluralForm(n, "is", "are")} in the volume (${voxelText(sum(wrong))}) but in no region of the definition, so nnU-Net's ` +
    `integrity check refuses the case, and without the check ${withoutCheck(onRegions)}.`
  );
}

/**
 * Regions leave out what they do not list; the loss of plain labels has no class for it and stops, on a GPU
 * with a device-side assert.
 */
export function withoutCheck(onRegions: boolean): string {
  return onRegions ? "these voxels are trained as background" : "training stops";
}

function correctFiles({ defined, ignore, gaps }: LabelsFound): string {
  if (gaps) {
    return "Correct the label files, and number the structures 1, 2, 3, … there and in dataset.json, as nnU-Net refuses gaps.";
  }
  const [first, last = first] = [defined[0], defined.at(-1)];
  if (first === undefined || last === undefined)
    return "The definition has background alone: add the structures to labels, or correct the label files.";
  const range = first === last ? `${first}` : `${first} to ${last}`;
  // Another ignore label is refused, which is told of already.
  const also = ignore === last + 1 ? `, and ignore is ${ignore}` : "";
  return `Correct the label files: give each structure the number there that it has in the definition, ${range}${also}.`;
}
