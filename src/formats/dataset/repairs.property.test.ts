/**
 * Tests every offered repair on random definitions and label files: nnU-Net has fewer objections and no new
 * ones.
 */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { labelsIn } from "../../domain/dataset/label-entries.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { caseFindings, definitionFindings, labelsPresent } from "../../domain/findings/findings.ts";
import { redefined, rewritten, type ValueRepair } from "../../domain/findings/value-repair.ts";
import { asRead } from "../../domain/volume/float32.ts";
import type { ScaledValues } from "../../domain/volume/palette-builder.ts";
import { objections } from "../testing/nnunet-objections.ts";
import { parseDataset } from "./dataset.ts";
import { CANDIDATES } from "./repair-candidates.ts";
import { repairFor } from "./repairs.ts";

type Random = () => number;
interface LabelFile {
  readonly values: readonly number[];
  readonly scaled: ScaledValues | null;
}

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const chance = (random: Random, share: number) => random() < share;

/** JSON text of `labels` and `regions_class_order`, mostly correct. */
function randomDataset(random: Random): string {
  const count = 1 + Math.floor(random() * 6);
  let number = 0;
  const step = chance(random, 0.25) ? pick(random, [2, 3, 60]) : 1;
  const numbers = Array.from({ length: count }, () => {
    number += chance(random, 0.5) ? 1 : step;
    return number;
  });
  const onRegions = count > 1 && chance(random, 0.55);
  const regions = onRegions ? randomRegions(random, numbers) : numbers.map((label) => [label]);
  const entries = regions.map((labels, i): [string, string] => [
    `s${i + 1}`,
    randomValue(random, labels, onRegions),
  ]);
  const before: [string, string][] = [["background", "0"]];
  if (chance(random, 0.12)) before[0] = ["background", pick(random, ["1", "[0]", "7", "null"])];
  if (chance(random, 0.06)) before[0] = ["Background", "0"];
  if (!onRegions && chance(random, 0.05)) {
    before[0] = ["background", `${numbers[0]}`];
    entries[0] = ["s1", "0"];
  }
  if (!onRegions && chance(random, 0.06)) entries.push(["below", "-1"]);
  if (chance(random, 0.06)) before.length = 0;
  const after = chance(random, 0.3) ? randomIgnore(random, number) : [];
  const all = [...before, ...entries, ...after];
  const [, last] = entries;
  if (last && chance(random, 0.06)) all.push(last);
  if (last && chance(random, 0.06)) all.push(["again", last[1]]);
  if (chance(random, 0.04)) {
    const names = ["background", ...numbers.map((label) => `s${label}`)];
    return `{"labels": {${names.map((name, i) => `"${i}": "${name}"`).join(", ")}}}`;
  }
  const labels = all.map(([name, value]) => `"${name}": ${value}`).join(", ");
  const order = randomOrder(random, regions, onRegions);
  return `{"labels": {${labels}}${order === null ? "" : `, "regions_class_order": ${order}`}}`;
}

/** Changes the text so that values and names are present but not as they should be. */
function writtenOddly(random: Random, text: string): string {
  const [, order = ""] = /"regions_class_order": \[([\d, ]+)\]/.exec(text) ?? [];
  const named = order.split(", ").map((value, i) => `"s${i + 1}": ${value}`);
  const ofOrder = [`{${named.join(", ")}}`, `"${order.replaceAll(", ", ",")}"`, "3", "true", "null", "{}"];
  const changes: ((before: string) => string)[] = [
    (before) => before.replaceAll('"ignore"', '"Ignore"'),
    (before) => before.replace("regions_class_order", "region_class_order"),
    (before) =>
      before.replace(`"regions_class_order": [${order}]`, `"regions_class_order": ${pick(random, ofOrder)}`),
    (before) => before.replace(/order": \[1\b/, 'order": [true'),
    (before) => before.replaceAll(/("s\d": \[?)1\b/g, "$1true"),
    (before) => before.replace('"background": 0', '"background": false'),
    (before) =>
      before.replace(
        /("s1": )(\[[\d, ]*\]|\d+)/,
        `$1${pick(random, ['"1-3"', '"2,3"', '{"labels": [1, 2]}', "null"])}`,
      ),
    (before) => before.replace('"labels"', '"labels": {"background": 0, "a": 1}, "labels"'),
  ];
  return changes.reduce((written, change) => (chance(random, 0.25) ? change(written) : written), text);
}

/** Nested as a chain, or random sets that together have all labels. */
function randomRegions(random: Random, numbers: readonly number[]): number[][] {
  const chain = numbers.map((_, i) => numbers.slice(i));
  if (chance(random, 0.6)) return chance(random, 0.3) ? chain.toReversed() : chain;
  const sets = numbers.map((label) => [
    label,
    ...numbers.filter((other) => other !== label && chance(random, 0.3)),
  ]);
  return [numbers.slice(), ...sets];
}

function randomValue(random: Random, labels: readonly number[], onRegions: boolean): string {
  const list = `[${labels.join(", ")}]`;
  if (chance(random, 0.04))
    return labels.length > 1 ? `[${labels[0]}, [${labels.slice(1).join(", ")}]]` : `"${labels[0]}"`;
  if (labels.length > 1) return list;
  return onRegions && chance(random, 0.5) ? list : chance(random, 0.04) ? list : `${labels[0]}`;
}

function randomIgnore(random: Random, highest: number): [string, string][] {
  const value = chance(random, 0.5) ? highest + 1 : pick(random, [highest, highest + 3, 255]);
  if (chance(random, 0.15)) return [["ignore", `[${value}]`]];
  if (chance(random, 0.1)) return [["ignore", `[${value}, ${value + 1}]`]];
  if (chance(random, 0.15))
    return [value, value + 1].map((label): [string, string] => ["ignore", `${label}`]);
  return [["ignore", chance(random, 0.1) ? `"${value}"` : `${value}`]];
}

function randomOrder(
  random: Random,
  regions: readonly (readonly number[])[],
  onRegions: boolean,
): string | null {
  if (!onRegions) return chance(random, 0.1) ? "[1]" : null;
  if (chance(random, 0.1)) return null;
  const order = regions.map((labels) => labels[0] ?? 0);
  if (chance(random, 0.3)) order.sort(() => random() - 0.5);
  if (chance(random, 0.1)) order.pop();
  if (chance(random, 0.1)) order.push(1);
  const texts = order.map((label) => (chance(random, 0.03) ? `[${label}]` : `${label}`));
  return `[${texts.join(", ")}]`;
}

/** Values of a label file for a definition, correct or wrong in one of the typical ways. */
function randomFile(random: Random, definition: DatasetDefinition): LabelFile {
  const set = regionSetFromDefinition(definition);
  const known = [...new Set(set.regions.flatMap(({ labels }) => labels))]
    .filter((label) => Number.isInteger(label) && label > 0)
    .sort((a, b) => a - b);
  const labels = [0, ...known.filter(() => chance(random, 0.85))];
  const highest = known.at(-1) ?? 0;
  const plain = (values: readonly number[]) => ({
    values: [...new Set(values.map(asRead))].sort((a, b) => a - b),
    scaled: null,
  });
  const kinds: (() => LabelFile)[] = [
    () => plain(labels),
    () => plain([0]),
    () => plain(labels.map((label) => (label > 0 ? label + 1 : 0))),
    () => plain(labels.map((label) => label + 1)),
    () => plain(labels.map((label) => (label === highest ? label + 1 + Math.floor(random() * 3) : label))),
    () => plain([...labels, highest + 1]),
    () => plain([...labels, highest + 2, highest + 7]),
    () => plain([...labels, pick(random, [255, 65535])]),
    () => plain([...labels.map((label) => (label === highest ? label + 1 : label)), 255]),
    () => plain([...labels.map((label) => label + 1), 255]),
    () => plain([...labels, highest + 1 + Math.floor(random() * 3), 255]),
    () => plain([0, ...known].map((label) => label * 50 + (label > 0 ? 5 : 0))),
    () => plain([-1, ...labels]),
    () => plain(labels.map((label) => label - 1)),
    () => plain([0, ...known].map((label) => label - 5)),
    () => plain([0, ...known].map((label) => label + 4)),
    () => plain([0, ...known.map((label) => label + 2)]),
    () => plain(labels.map((label) => label - 1024)),
    () => plain(labels.map((label) => -label)),
    () => plain([-200, ...labels]),
    () => plain([...labels, pick(random, [40000, 614454277])]),
    () => plain([...labels, 2 ** 24, 2 ** 24 + 1]),
    () => plain([0, pick(random, [255, 1000])]),
    () => plain([0, 127, 255]),
    () =>
      plain(
        Array.from({ length: 2 + Math.floor(random() * 30) }, () => Math.floor(random() * 255)).concat(
          0,
          255,
        ),
      ),
    () => plain(labels.map((label) => label + (random() - 0.5) * 0.05)),
    () => plain([...labels, 0.5]),
    () => scaledFile(labels, pick(random, [1 / 255, 0.5, 2.5]), pick(random, [0, -1024]), null),
    () => scaledFile(labels, 1, -1024, [-32768, 32767]),
    () =>
      scaledFile(
        [...labels, highest + pick(random, [1, 3, 200])],
        pick(random, [0.1, 0.5, 2, 3]),
        pick(random, [0, -1]),
        [-32768, 32767],
      ),
    () => squeezedFile(labels, pick(random, [255, 65535])),
    () => dividedFile(labels, 0.99),
  ];
  return pick(random, kinds)();
}

function scaledFile(
  stored: readonly number[],
  slope: number,
  intercept: number,
  range: ScaledValues["range"],
): LabelFile {
  const single = Math.fround(slope);
  const values = stored.map((number) => asRead(number * single + intercept));
  return {
    values: [...new Set(values)].sort((a, b) => a - b),
    scaled: { slope: single, intercept, stored, range },
  };
}

/** Simulates a writer that scales integer labels to fill the range of an unsigned type. */
function squeezedFile(labels: readonly number[], most: number): LabelFile {
  const slope = Math.fround((labels.at(-1) ?? 1) / most) || 1;
  return scaledFile(dividedBy(labels, slope), slope, 0, [0, most]);
}

function dividedFile(labels: readonly number[], slope: number): LabelFile {
  return scaledFile(dividedBy(labels, Math.fround(slope)), slope, 0, [-32768, 32767]);
}

const dividedBy = (labels: readonly number[], slope: number) => [
  ...new Set(labels.map((label) => Math.round(label / slope))),
];

const counted = (values: readonly number[]) => values.map((value) => ({ value, voxels: 10 }));

function findingsOf(definition: DatasetDefinition, { values, scaled }: LabelFile): Finding[] {
  const ofCase = caseFindings(regionSetFromDefinition(definition), definition, {
    labels: counted(values),
    scales: [],
    stridesFrom: "plans",
    configuration: null,
    regionVoxels: null,
    grids: null,
    scaled,
  });
  return [...definitionFindings(definition, null, labelsPresent(counted(values), null)), ...ofCase];
}

/** @returns what is wrong with the repair; null if nothing is */
function judged(
  { severity }: Finding,
  definition: DatasetDefinition,
  file: LabelFile,
  after: DatasetDefinition,
  { rewrites, definition: change }: ValueRepair,
): string | null {
  const newValue = new Map(rewrites.map(({ from, to }) => [from, to]));
  const isRenumbered = after !== definition && rewrites.length > 0;
  // A label in the definition keeps its number unless the repair changes that number.
  const stays = new Set(
    change?.kind === "renumber" ? [] : definition.labels.flatMap((e) => labelsIn(e.value)),
  );
  const nameOf = (label: number) =>
    isRenumbered && !stays.has(label) ? (newValue.get(label) ?? label) : label;
  const values = rewritten(counted(file.values), rewrites).map(({ value }) => value);
  const before = objections(definition, file.values, nameOf);
  const left = objections(after, values);
  // If nnU-Net does not get as far as the labels, the definition needs the repair.
  if (before.has("unread") && left.has("unread")) return null;
  // Several labels may become one ignore label.
  const ignored = definition.labels.filter(({ name }) => name === "ignore").flatMap((e) => labelsIn(e.value));
  const merged = mergedBy(rewrites, file.values).filter((label) => !ignored.includes(label));
  if (isRenumbered && merged.length > 0) return `one label of several: ${merged.join(", ")}`;
  const added = [...left].filter((key) => !before.has(key));
  if (added.length > 0) return `new: ${added.join(", ")}`;
  return severity === "error" && left.size >= before.size ? `as many: ${[...left].join(", ")}` : null;
}

/** Returns the nonzero numbers that voxels get although other voxels have and keep them. */
function mergedBy(
  rewrites: readonly { readonly from: number; readonly to: number }[],
  values: readonly number[],
): number[] {
  const gone = new Set(rewrites.map(({ from }) => from));
  return rewrites.map(({ to }) => to).filter((to) => to !== 0 && values.includes(to) && !gone.has(to));
}

/** Sentences of findings that have several repairs. */
const ADVICE = [
  /one too high/,
  /add “ignore”: /,
  /the ignore label, for /,
  /once the other labels? (is|are) repaired/,
  /where the definition has \d+, so .* Write/,
  /use other numbers/,
  /(Add (?:it|them) to|Give it|Give them) /,
  /because labels must be 0, 1, 2/,
  /looks like a mask exported as an image/,
  /or more and 0 elsewhere/,
  /spread out for display/,
  /The stored numbers are the labels/,
  /The stored numbers fit better/,
  /Nothing was interpolated/,
  /spread them over its whole range/,
  /so nothing was interpolated: round/,
  /Write 0 for -1/,
  /seems to be one too low/,
  /write the ignore label \d+/,
  /outside the scan/,
  /seems to be too high by/,
  /All values are too low/,
  /their signs flipped/,
  /renumber all labels/,
];

describe("every repair on offer", () => {
  const offered = new Map<string, number>();
  const messages = new Map<string, number>();
  const advice = new Map<string, number>();
  const count = (map: Map<string, number>, code: string) => map.set(code, (map.get(code) ?? 0) + 1);

  it.each([
    ["", 3000, false],
    [", also in files with odd values", 1200, true],
  ])(
    "leaves nnU-Net fewer objections and no new ones%s",
    (_, seeds, isOdd) => {
      for (let seed = 0; seed < seeds; seed++) {
        const random = randomFrom(seed);
        const usual = randomDataset(random);
        const text = isOdd ? writtenOddly(randomFrom(seed + 0.5 * 2 ** 31), usual) : usual;
        const definition = parseDataset(text, "dataset.json");
        const file = randomFile(random, definition);
        for (const finding of findingsOf(definition, file)) {
          const where = `seed ${seed}, ${text}, file ${file.values}: ${finding.code}: ${finding.message}`;
          const { repair } = finding;
          if (repair) {
            count(messages, finding.code);
            for (const kind of ADVICE) if (kind.test(finding.message)) count(advice, String(kind));
            const after = redefined(definition, repair);
            expect(judged(finding, definition, file, after, repair), where).toBeNull();
          }
          const button = repairFor(finding, definition);
          if (button) {
            count(offered, finding.code);
            const after = button.apply(definition);
            // For such a finding a button does only the half of the repair that is in dataset.json, and names
            // the other half.
            const half = finding.code === "label-unexpected" && repair ? repair : { rewrites: [] };
            expect(judged(finding, definition, file, after, half), `${where} ${button.action}`).toBeNull();
          }
        }
      }
    },
    180_000,
  );

  it("was tested at least five times", () => {
    const unmet = (codes: readonly string[], met: ReadonlyMap<string, number>) =>
      codes.filter((code) => (met.get(code) ?? 0) < 5);
    // An empty definition has its own test, and so have keys and channels (`repairs-of-keys.test.ts`).
    expect(unmet(Object.keys(CANDIDATES), offered)).toEqual([
      "keys-missing",
      "channel-names",
      "file-ending",
      "labels-empty",
      "training-cases",
    ]);
    const inFiles = [
      "background-not-zero",
      "header-scales-labels",
      "ignore-list",
      "ignore-not-highest",
      "ignore-not-integer",
      "ignore-twice",
      "label-defined-negative",
      "label-unexpected",
      "labels-not-consecutive",
      "negative-label",
      "values-not-integer",
      "values-scaled-mask",
    ];
    expect(unmet(inFiles, messages)).toEqual([]);
    expect(unmet(ADVICE.map(String), advice)).toEqual([]);
    expect([...messages.keys()].filter((code) => !inFiles.includes(code))).toEqual([]);
  });
});
