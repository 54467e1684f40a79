/**
 * Repairs to try for each kind of finding, the most likely first. Findings without an entry need a person:
 * gaps in the numbering and a misplaced ignore label (label files must change too), two different values
 * under one name, empty regions, regions with background, shared labels (the file does not tell what was
 * meant). `Finding.repair` has the changes to label files.
 */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import {
  hasModality,
  missingEnding,
  missingKeys,
  misspelt,
  rightEnding,
} from "../../domain/dataset/dataset-keys.ts";
import { effectiveEntries, knownLabels, labelsIn } from "../../domain/dataset/label-entries.ts";
import { entryIndex } from "../../domain/dataset/label-entry-order.ts";
import { type RegionSet, regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { repairedOrder, suggestedOrder, suggestedSequence } from "../../domain/dataset/suggested-order.ts";
import { withMeant } from "../../domain/findings/class-order.ts";
import { misnamedSentence } from "../../domain/findings/file-names.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { regionList } from "../../domain/findings/text.ts";
import { numberChannels, renameKey, renameModality, setKey } from "./edit-keys.ts";
import {
  addBackground,
  arrangeEntries,
  plainLabels,
  removeEntry,
  renameEntry,
  setIgnore,
} from "./edit-labels.ts";
import { removeOrder, setOrder } from "./edit-order.ts";
import { EditError, invertVersion1 } from "./edit-text.ts";
import type { Repair } from "./repair.ts";

type Candidates = (finding: Finding, definition: DatasetDefinition, files: DatasetFiles | null) => Repair[];

export const CANDIDATES: Readonly<Partial<Record<string, Candidates>>> = {
  "key-misspelt": (_, definition) =>
    misspelt(definition).map(({ written, meant }) => ({
      action: `Rename “${written}” to “${meant}”`,
      apply: (given) => renameKey(given, written, meant),
    })),
  "keys-missing": (_, definition, files) => addKeys(definition, files),
  "channel-names": (_, definition) => writeChannels(definition),
  "file-ending": writeEnding,
  "labels-inverted": () => [{ action: "Swap name and number in every entry", apply: invertVersion1 }],
  "labels-empty": nameBackground,
  "background-missing": nameBackground,
  "background-not-zero": zeroBackground,
  "label-duplicate-key": removeRepetition,
  "label-not-integer": writeNumbers,
  "ignore-not-integer": writeIgnore,
  "ignore-misspelt": renameIgnore,
  "training-cases": writeCases,
  "order-missing": (_, definition) => [
    ...writeOrder(definition, suggestedOrder),
    ...parentsFirst(definition),
  ],
  "order-not-list": (_, definition) => [
    ...writeOrder(definition, (set) => repairedOrder(withMeant(set, definition.orderNoList))),
    ...parentsFirst(definition),
  ],
  "order-length": (_, definition) => [...writeOrder(definition, suggestedOrder), ...parentsFirst(definition)],
  "order-not-integer": (finding, definition) => [
    ...splitEntries(finding, definition),
    ...writeOrder(definition, repairedOrder),
    ...parentsFirst(definition),
  ],
  "order-ignored": () => [{ action: "Remove regions_class_order, which is not used", apply: removeOrder }],
  "parent-after-child": (_, definition) => parentsFirst(definition),
  "round-trip-wrong": (_, definition) => [
    ...writeOrder(definition, repairedOrder),
    ...parentsFirst(definition),
  ],
  "round-trip-merge": (_, definition) => [
    ...writeOrder(definition, repairedOrder),
    ...parentsFirst(definition),
  ],
  "region-duplicate": dropDuplicate,
  "label-unexpected": addIgnore,
};

/** Offered only if all missing values are known; the number of cases comes from the cases' folder. */
function addKeys(definition: DatasetDefinition, files: DatasetFiles | null): Repair[] {
  const missing = missingKeys(definition);
  const renamed = hasModality(definition);
  const added = missing.filter((key) => !(renamed && key === "channel_names"));
  const values = added.map((key) => {
    if (key === "numTraining") return { key, value: files?.folder?.trainingCases ?? null } as const;
    if (key === "file_ending") return { key, value: missingEnding(definition, files) } as const;
    return null;
  });
  const known = values.flatMap((entry) =>
    entry === null || entry.value === null ? [] : [{ key: entry.key, value: entry.value }],
  );
  if (known.length < added.length) return [];
  const shown = known.map(
    ({ key, value }) => `“${key}”: ${typeof value === "number" ? value : `“${value}”`}`,
  );
  const action = [
    ...(renamed ? ["rename modality to channel_names"] : []),
    ...(shown.length > 0 ? [`add ${shown.join(" and ")}`] : []),
  ].join(", ");
  return [
    {
      action: action.charAt(0).toUpperCase() + action.slice(1),
      apply: (given) =>
        known.reduce(
          (edited, { key, value }) => setKey(edited, key, value),
          renamed ? renameModality(given) : given,
        ),
    },
  ];
}

/** Offered only if the file names the channels, in whatever form. */
function writeChannels(definition: DatasetDefinition): Repair[] {
  try {
    const names = numberChannels(definition).channelNames;
    const shown = names.slice(0, 4).map((name, i) => `“${i}”: “${name}”`);
    const more = names.length > 4 ? ", …" : "";
    return [{ action: `Write the channels as ${shown.join(", ")}${more}`, apply: numberChannels }];
  } catch (error) {
    if (error instanceof EditError) return [];
    throw error;
  }
}

/** Not offered for files that need a new name whatever “file_ending” is. */
function writeEnding(
  { message }: Finding,
  definition: DatasetDefinition,
  files: DatasetFiles | null,
): Repair[] {
  const ending = rightEnding(definition, files);
  const misnamed = files?.folder?.misnamed;
  if (ending === null || (misnamed && message === misnamedSentence(misnamed))) return [];
  return [
    {
      action: `Write “file_ending”: “${ending}”`,
      apply: (given) => setKey(given, "file_ending", ending),
    },
  ];
}

function nameBackground({ regions }: Finding): Repair[] {
  const [name] = regions;
  if (name === undefined) return [{ action: "Add “background”: 0 as the first entry", apply: addBackground }];
  return [
    {
      action: `Rename “${name}” to “background”`,
      apply: (definition) => renameEntry(definition, entryIndex(definition, name), "background"),
    },
  ];
}

/** Offered only if that discards no other number. */
function zeroBackground({ labels }: Finding): Repair[] {
  if (labels.some((label) => label !== 0)) return [];
  return [{ action: "Write “background”: 0", apply: addBackground }];
}

/** Handles two entries that agree; nnU-Net keeps one, in the first place. */
function removeRepetition({ regions: [name], severity }: Finding): Repair[] {
  if (severity === "error" || name === undefined) return [];
  return [
    {
      action: `Remove the repeated “${name}”`,
      apply(definition) {
        const places = definition.labels.flatMap((entry, i) => (entry.name === name ? [i] : []));
        return places.slice(1).reduceRight((left, i) => removeEntry(left, i), definition);
      },
    },
  ];
}

/**
 * Handles numbers in quotation marks, nested lists and decimal points; the meaning of a fraction is unknown.
 */
function writeNumbers({ regions: [name] }: Finding, definition: DatasetDefinition): Repair[] {
  if (name === undefined) return [];
  const value = definition.labels[entryIndex(definition, name)]?.value;
  const labels = labelsIn(value);
  const parts: unknown[] = [value].flat(Number.POSITIVE_INFINITY);
  if (labels.length === 0 || labels.length < parts.length || !labels.every(Number.isInteger)) return [];
  const isList = Array.isArray(value);
  return [
    {
      action: `Write “${name}”: ${isList ? `[${labels.join(", ")}]` : labels.join()}`,
      apply: (given) => plainLabels(given, entryIndex(given, name)),
    },
  ];
}

/** Offered only for a whole number in odd notation: `[3]`, `"3"`, `3.0`. */
function writeIgnore({ labels }: Finding, definition: DatasetDefinition): Repair[] {
  const next = (knownLabels(effectiveEntries(definition), false).at(-1) ?? 0) + 1;
  if (labels.length !== 1 || labels[0] !== next) return [];
  return [{ action: `Write “ignore”: ${next}`, apply: (given) => setIgnore(given, next) }];
}

/** Handles a value that means "not annotated": the half of the repair that is in dataset.json. */
function addIgnore({ repair }: Finding): Repair[] {
  const change = repair?.definition;
  if (change?.kind !== "ignore") return [];
  const { value } = change;
  // Other labels in the files must be repaired first, because one of them may be this number.
  if (repair?.rewrites.some(({ to }) => to !== value)) return [];
  return [
    {
      action: `Add “ignore”: ${value}, to replace ${repair?.rewrites.map(({ from }) => from).join(", ")} in the label files`,
      apply: (given) => setIgnore(given, value),
    },
  ];
}

/** If two entries have that name, it is uncertain which one is meant. */
function renameIgnore({ regions: [name = ""] }: Finding, { labels }: DatasetDefinition): Repair[] {
  if (labels.filter((entry) => entry.name === name).length !== 1) return [];
  return [
    {
      action: `Rename “${name}” to “ignore”`,
      apply: (definition) => renameEntry(definition, entryIndex(definition, name), "ignore"),
    },
  ];
}

/** Handles a number in quotation marks or with a decimal point, unless the folder gives another number. */
function writeCases({ message }: Finding, { numTraining }: DatasetDefinition): Repair[] {
  if (typeof numTraining !== "string" && typeof numTraining !== "number") return [];
  const value = Number(numTraining);
  if (!message.endsWith(`Write “numTraining”: ${value}.`)) return [];
  return [{ action: `Write “numTraining”: ${value}`, apply: (given) => setKey(given, "numTraining", value) }];
}

function orderAction(definition: DatasetDefinition, order: readonly number[]): string {
  const verb = definition.regionsClassOrder ? "Set" : "Add";
  const text = order.length > 12 ? `${order.slice(0, 12).join(", ")}, …` : order.join(", ");
  return definition.regionsClassOrder
    ? `${verb} regions_class_order to [${text}]`
    : `${verb} regions_class_order [${text}]`;
}

function writeOrder(
  definition: DatasetDefinition,
  orderOf: (set: RegionSet) => readonly number[] | null,
): Repair[] {
  const order = orderOf(regionSetFromDefinition(definition));
  if (!order) return [];
  return [{ action: orderAction(definition, order), apply: (given) => setOrder(given, order) }];
}

/**
 * Replaces only entries that are not integers: with the one integer in a list or in quotation marks, else
 * with a label of the region.
 */
function splitEntries({ regions }: Finding, definition: DatasetDefinition): Repair[] {
  const { regionsClassOrder: order } = definition;
  const set = regionSetFromDefinition(definition);
  const suggested = suggestedOrder(set);
  if (!order || !suggested || order.length !== suggested.length) return [];
  const next = order.map((value, i) => {
    if (typeof value === "number" && Number.isInteger(value)) return value;
    const [only, ...more] = labelsIn(value);
    const own = only !== undefined && more.length === 0 && Number.isInteger(only);
    return own ? only : (suggested[i] ?? 0);
  });
  const changes = next
    .map((value, i) => ({ name: set.regions[i]?.name ?? "", value }))
    .filter(({ name }) => regions.includes(name));
  const shown = changes.slice(0, 4).map(({ name, value }) => `${value} for “${name}”`);
  const more = changes.length > 4 ? `, and ${changes.length - 4} more` : "";
  return [
    {
      action: `Write one label per region in regions_class_order: ${shown.join(", ")}${more}`,
      apply: (given) => setOrder(given, next),
    },
  ];
}

/**
 * Puts larger regions before those inside them; the entries of regions_class_order move along, and wrong ones
 * are corrected.
 */
function parentsFirst(definition: DatasetDefinition): Repair[] {
  const set = regionSetFromDefinition(definition);
  const sequence = suggestedSequence(set);
  if (!sequence) return [];
  const wanted = new Map(sequence.names.map((name, i) => [name, i]));
  const added = definition.regionsClassOrder ? "" : ", and add regions_class_order";
  const names = set.regions.map(({ name }) => name);
  return [
    {
      action: `${movesText(names, sequence.names)}${added}`,
      apply: (given) => setOrder(arrangeEntries(given, arrangement(given, wanted)), sequence.order),
    },
  ];
}

/**
 * Permutes the regions among their places, in the wanted sequence; background, ignore and the like keep
 * theirs.
 */
function arrangement(definition: DatasetDefinition, wanted: ReadonlyMap<string, number>): number[] {
  const isMoved = (i: number) => wanted.has(definition.labels[i]?.name ?? "");
  const places = definition.labels.flatMap((_, i) => (isMoved(i) ? [i] : []));
  const rank = (i: number) => wanted.get(definition.labels[i]?.name ?? "") ?? 0;
  const sorted = places.toSorted((a, b) => rank(a) - rank(b));
  return definition.labels.map((_, i) => (isMoved(i) ? (sorted[places.indexOf(i)] ?? i) : i));
}

/** "Write “a” and “b” before “c”"; if others move too, the regions from the first to the last that moves. */
function movesText(names: readonly string[], wanted: readonly string[]): string {
  const places = new Map(names.map((name, i) => [name, i]));
  const place = (name: string) => places.get(name) ?? 0;
  /** By region, those that come before it in future and not now; each under the first such region. */
  const moves = new Map<string, string[]>();
  const open: string[] = [];
  for (const name of wanted) {
    for (let last = open.at(-1); last !== undefined && place(last) > place(name); last = open.at(-1)) {
      moves.set(name, [last, ...(moves.get(name) ?? [])]);
      open.pop();
    }
    open.push(name);
  }
  const [only, ...others] = moves;
  if (only && others.length === 0) return `Write ${regionList(only[1], 3)} before “${only[0]}”`;
  const isMoved = (name: string, i: number) => place(name) !== i;
  const first = Math.max(0, wanted.findIndex(isMoved));
  return `Write parents first: ${shortList(wanted.slice(first, wanted.findLastIndex(isMoved) + 1 || undefined))}`;
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `“${name}”`);
  return shown.join(", ") + (names.length > 5 ? ", …" : "");
}

/**
 * Removes the later entries if predictions stay correct without them, else the earlier ones. Removes none if
 * the finding concerns labels of the volume that no entry has, because one of the names may be theirs.
 */
function dropDuplicate({ regions, labels }: Finding, definition: DatasetDefinition): Repair[] {
  const [first, ...later] = regions;
  const known = new Set(effectiveEntries(definition).flatMap(({ value }) => labelsIn(value)));
  if (first === undefined || !labels.every((label) => known.has(label))) return [];
  return [
    { going: later, staying: first },
    { going: regions.slice(0, -1), staying: regions.at(-1) ?? first },
  ].map(({ going, staying }) => ({
    action: `Remove ${shortList(going)} and keep “${staying}”`,
    apply: (definition) =>
      going.reduce((left, name) => {
        const places = left.labels.flatMap((entry, i) => (entry.name === name ? [i] : []));
        return places.reduceRight((rest, i) => removeEntry(rest, i), left);
      }, definition),
  }));
}
