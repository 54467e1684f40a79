/**
 * Models nnU-Net's objections, independently of the findings and based on its own code: `LabelManager`'s
 * checks, `verify_labels`, the number types of the preprocessor, and the labels that a perfect prediction
 * gives back.
 */
import type { DatasetDefinition, LabelEntry } from "../../domain/dataset/dataset-definition.ts";

/**
 * Returns each objection as a key, "value 7". nnU-Net stops at the first objection. Checks that it does not
 * reach count as objections too, so that a repair which only lets it reach the next check does not seem to
 * make things worse.
 *
 * @param values distinct values of a label file
 * @param nameOf number of a label in another numbering, to compare definitions of two numberings
 */
export function objections(
  definition: DatasetDefinition,
  values: readonly number[],
  nameOf: (label: number) => number = (label) => label,
): Set<string> {
  // A JSON parser keeps the first position and the last value of a key.
  const entries = [...new Map(definition.labels.map((entry) => [entry.name, entry])).values()];
  const found = new Set<string>();
  // These are not objections, but nnU-Net silently loses what the file says of them.
  for (const { name, text } of definition.labels) {
    if (entries.some((kept) => kept.name === name && kept.text !== text)) found.add(`overwritten ${name}`);
  }
  for (const { name } of entries) if (name === "Ignore") found.add(`learned ${name}`);
  const background = entries.find(({ name }) => name === "background");
  // `_sanity_check`
  if (!background || Array.isArray(background.value) || pythonInt(background.value) !== 0)
    found.add("background");
  // `_get_all_labels`
  const named = entries.filter(({ name }) => name !== "ignore");
  const numbers = named.map(({ name, value }) => ({ name, labels: [value].flat(1).map(pythonInt) }));
  for (const { name, labels } of numbers) if (labels.includes(null)) found.add(`int ${name}`);
  // `RemoveLabelTansform(-1, 0)` in training; other entries that are 0 are background too.
  for (const { name, labels } of numbers) {
    if (name !== "background" && labels.some((label) => label !== null && label < 0))
      found.add(`negative ${name}`);
    if (name !== "background" && labels.length > 0 && labels.every((label) => label === 0))
      found.add(`zero ${name}`);
  }
  const all = numbers.flatMap(({ labels }) => labels).filter((label) => label !== null);
  const isRead = !numbers.some(({ labels }) => labels.includes(null));
  if (!isRead) found.add("unread");
  // `_determine_ignore_label`
  const ignore = entries.find(({ name, value }) => name === "ignore" && value !== null) ?? null;
  const ignoreLabel = ignore && isPythonInt(ignore) ? Number(ignore.value) : null;
  if (ignore && ignoreLabel === null) {
    found.add("ignore type");
    for (const label of numbersIn(ignore.value)) found.add(`value ${nameOf(label)}`);
  }
  const highest = Math.max(0, ...all);
  if (ignore && (!isRead || ignoreLabel !== highest + 1)) found.add("ignore highest");
  // `verify_dataset_integrity`; voxels outside all labels are 0, with or without an entry.
  const expected = new Set([...all, ...(ignoreLabel === null ? [] : [ignoreLabel])]);
  const sorted = [...new Set([0, ...expected])].sort((a, b) => a - b);
  if (!isRead || sorted.some((label, i) => i > 0 && label - (sorted[i - 1] ?? 0) !== 1))
    found.add("consecutive");
  for (const value of values) if (!expected.has(Math.fround(value))) found.add(`value ${nameOf(value)}`);
  if (found.has("background")) found.add("value 0");
  for (const key of changedByTypes(values, expected)) found.add(key);
  const trained = isRead ? definition.regionsClassOrder : null;
  const written = named.flatMap(({ value }) => numbersIn(value));
  const ignored = numbersIn(ignore?.value);
  const lost = [...written, ...values.filter((value) => Number.isInteger(value) && !ignored.includes(value))];
  for (const key of predictions(trained, entries, lost, nameOf)) found.add(key);
  return found;
}

/** Python's `int()`; null where it raises. */
function pythonInt(value: unknown): number | null {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : null;
}

function numbersIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  const number = pythonInt(value);
  return number === null ? [] : [number];
}

function isPythonInt({ value, text }: LabelEntry): boolean {
  return typeof value === "boolean" || (typeof value === "number" && /^-?\d+$/.test(text.trim()));
}

/**
 * Casts as in preprocessing: label file → float32 → int8 or int16. Values that are not labels have an
 * objection of their own.
 */
function changedByTypes(values: readonly number[], expected: ReadonlySet<number>): string[] {
  const whole = values.filter(Number.isInteger);
  const int16 = Math.max(...values) > 127;
  const cast = (value: number) => {
    const cell = int16 ? new Int16Array(1) : new Int8Array(1);
    cell[0] = Math.abs(Math.fround(value)) < 2 ** 31 ? Math.fround(value) : 0;
    return cell[0];
  };
  const singles = whole.map(Math.fround);
  return whole.flatMap((value, i) => [
    ...(cast(value) === value || !expected.has(value) ? [] : [`cast ${value}`]),
    ...(singles.indexOf(Math.fround(value)) === i ? [] : [`merged ${value}`]),
  ]);
}

/** `_get_regions`, `ConvertSegmentationToRegionsTransform` and `convert_probabilities_to_segmentation`. */
function predictions(
  order: readonly unknown[] | null,
  entries: readonly LabelEntry[],
  labels: readonly number[],
  nameOf: (label: number) => number,
): string[] {
  // nnU-Net fails on a list of ignore labels before it reaches regions.
  const isList = ({ name, value }: LabelEntry) =>
    name !== "ignore" && Array.isArray(value) && value.length > 1;
  if (!entries.some(isList)) return [];
  const regions = entries.filter(({ name, value }) => name !== "ignore" && !isZero(value));
  const lost = [
    ...labels.filter((label) => label > 0).map((label) => `back ${nameOf(label)}`),
    ...regions.map(({ name }) => `hidden ${name}`),
  ];
  const text = regions
    .filter(({ value }) =>
      [value].flat().some((label) => typeof label !== "number" && typeof label !== "boolean"),
    )
    .map(({ name }) => `text ${name}`);
  if (!order) return [...text, ...lost, "order missing", "order length", "order entries"];
  if (order.length !== regions.length) return [...text, ...lost, "order length", "order entries"];
  if (!order.every((value) => Number.isInteger(value) || typeof value === "boolean"))
    return [...text, ...lost, "order entries"];
  const holds = regions.map(({ value }) => numbersIn(value));
  const lastWriter = (label: number) => holds.findLastIndex((held) => held.includes(label));
  const back = (label: number) => Number(order[lastWriter(label)] ?? 0);
  const wrong = labels.filter((label) => label > 0 && back(label) !== label);
  // Parts of a region may replace it; anything larger than a part hides it.
  const isPart = (part: readonly number[], held: readonly number[]) =>
    part.every((label) => held.includes(label));
  const hidden = regions.filter((_, i) => {
    const held = holds[i] ?? [];
    const isSeen = held.some((label) => back(label) === Number(order[i]));
    return !isSeen && !held.every((label) => isPart(holds[lastWriter(label)] ?? [], held));
  });
  return [
    ...text,
    ...wrong.map((label) => `back ${nameOf(label)}`),
    ...hidden.map(({ name }) => `hidden ${name}`),
  ];
}

const isZero = (value: unknown) =>
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length > 0 && value.every((label) => label === 0 || label === false));
