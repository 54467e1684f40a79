/** Parses dataset.json. */
import { getNodeValue, type Node } from "jsonc-parser";
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { groupBy } from "../../base/group-by.ts";
import { channelsIn } from "../../domain/dataset/channel-names.ts";
import type {
  DatasetDefinition,
  ListedCase,
  RepeatedKey,
  WrittenChannels,
} from "../../domain/dataset/dataset-definition.ts";
import { misspelt } from "../../domain/dataset/dataset-keys.ts";
import { type JsonDocument, member, members, parseJson } from "../json/parse.ts";

/** Recognises an nnU-Net dataset.json, of version 1 (`{"0": "background"}`) or 2. */
export function isDataset({ root }: JsonDocument): boolean {
  return member(root, "labels")?.type === "object" && member(root, "configurations") === undefined;
}

/**
 * Reads a dataset.json as written: textual order, duplicates kept, nothing corrected.
 * @throws InputError for broken JSON (with line and column) and for JSON of another kind
 */
export function parseDataset(text: string, file: string): DatasetDefinition {
  const document = parseJson(text, file);
  if (!isDataset(document)) {
    throw (
      labelsProblem(document, file) ??
      new InputError(
        file,
        'it is JSON, but not an nnU-Net dataset.json (it has no object "labels")',
        "Choose the dataset.json of an nnU-Net dataset",
      )
    );
  }
  return datasetFrom(document, file);
}

/** Fields that only dataset.json has, in either version; files of other programs have `labels` too. */
const ITS_FIELDS = ["channel_names", "modality", "regions_class_order", "numTraining", "file_ending"];

const EXAMPLE = '"labels": {"background": 0, "liver": 1}';

/**
 * Returns the error for a file that is meant as a dataset.json but whose `labels` are unreadable; null for
 * JSON of another kind.
 */
export function labelsProblem({ root }: JsonDocument, file: string): InputError | null {
  const fingerprint = isFingerprint({ root }) ? fingerprintProblem(file) : null;
  if (fingerprint) return fingerprint;
  const isMeant = baseName(file) === "dataset.json" || ITS_FIELDS.some((name) => member(root, name));
  if (root.type !== "object" || member(root, "configurations") || !isMeant) return null;
  const labels = member(root, "labels");
  if (!labels) {
    const [alike] = misspelt({ keys: members(root).map(({ name }) => name) }).filter(
      ({ meant }) => meant === "labels",
    );
    if (alike) {
      return new InputError(
        file,
        `its field "labels" is missing, but it has "${alike.written}" instead`,
        `Rename "${alike.written}" to "labels"`,
      );
    }
    return new InputError(
      file,
      'its field "labels" is missing',
      `Add the names and their values, as in ${EXAMPLE}`,
    );
  }
  const kind = labels.type === "array" ? "a list" : labels.type === "null" ? "null" : `a ${labels.type}`;
  return new InputError(
    file,
    `its field "labels" is ${kind}, but it must be an object of names and their values`,
    `Write each name with its value, as in ${EXAMPLE}`,
  );
}

/** Recognises the output of nnU-Net's fingerprint extraction; it has no labels. */
function isFingerprint({ root }: Pick<JsonDocument, "root">): boolean {
  return ["shapes_after_crop", "foreground_intensity_properties_per_channel"].some((key) =>
    member(root, key),
  );
}

function fingerprintProblem(file: string): InputError {
  return new InputError(
    file,
    "it is nnU-Net's dataset_fingerprint.json (spacings, shapes and intensities of a dataset), which contains no labels",
    "Choose dataset.json from the dataset's folder in nnUNet_raw or nnUNet_preprocessed",
  );
}

/** Returns `numTraining` if it is a positive integer, else null. */
export function trainingCasesOf({ text, file }: DatasetDefinition): number | null {
  const node = member(parseJson(text, file).root, "numTraining");
  const cases = node?.type === "number" ? Number(node.value) : 0;
  return Number.isInteger(cases) && cases > 0 ? cases : null;
}

/** Does what `parseDataset` does, for a document that `isDataset` accepted. */
export function datasetFrom({ root, text }: JsonDocument, file: string): DatasetDefinition {
  const order = member(root, "regions_class_order");
  const channels = writtenChannels(root);
  const [cases, listed] = [member(root, "numTraining"), member(root, "dataset")];
  return {
    keys: members(root).map(({ name }) => name),
    labels: members(member(root, "labels")).map(({ name, value }) => ({
      name,
      value: getNodeValue(value) as unknown,
      text: text.slice(value.offset, value.offset + value.length),
    })),
    regionsClassOrder: order?.type === "array" ? (getNodeValue(order) as unknown[]) : null,
    ...(order && order.type !== "array" ? { orderNoList: getNodeValue(order) as unknown } : {}),
    ...repeatedKeys(root),
    channels,
    channelNames: channelNames(channels),
    name: stringOf(member(root, "name")),
    numTraining: cases && (getNodeValue(cases) as unknown),
    ...(cases ? { numTrainingText: text.slice(cases.offset, cases.offset + cases.length) } : {}),
    listedCases: listed?.type === "object" ? new Set(members(listed).map(({ name }) => name)).size : null,
    listed: listed?.type === "object" ? listedCases(listed) : [],
    fileEnding: stringOf(member(root, "file_ending")),
    readerWriter: stringOf(member(root, "overwrite_image_reader_writer")),
    text,
    file,
  };
}

/** If several cases have one name, JSON keeps the last. */
function listedCases(listed: Node): ListedCase[] {
  const cases = members(listed).map(({ name, value }): ListedCase => {
    const images = member(value, "images")?.children ?? [];
    return {
      name,
      images: images.flatMap((image) => stringOf(image) ?? []),
      label: stringOf(member(value, "label")),
    };
  });
  return [...new Map(cases.map((one) => [one.name, one])).values()];
}

function repeatedKeys(root: Node): Pick<DatasetDefinition, "repeatedKeys"> {
  const byName = groupBy(members(root), ({ name }) => name);
  const repeated = [...byName].flatMap(([name, all]): RepeatedKey[] => {
    const texts = new Set(all.map(({ value }) => JSON.stringify(getNodeValue(value))));
    return all.length > 1 ? [{ name, times: all.length, isSame: texts.size === 1 }] : [];
  });
  return repeated.length > 0 ? { repeatedKeys: repeated } : {};
}

/** Version 1 calls the channels `modality`. */
function writtenChannels(root: Node): WrittenChannels | null {
  for (const key of ["channel_names", "modality"] as const) {
    const node = member(root, key);
    if (!node) continue;
    const named = members(node).map(({ name, value }) => ({ name, value: getNodeValue(value) as unknown }));
    return { key, members: node.type === "object" ? named : null, value: getNodeValue(node) as unknown };
  }
  return null;
}

/** Keys are channel numbers as text. */
function channelNames(channels: WrittenChannels | null): string[] {
  const found = channels?.members ?? [];
  const known = channelsIn(found);
  if (known) return known.toSorted((a, b) => a.number - b.number).map(({ name }) => name);
  return found
    .toSorted((a, b) => Number(a.name) - Number(b.name))
    .map(({ value }) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")));
}

function stringOf(node: Node | undefined): string | null {
  return node?.type === "string" ? String(node.value) : null;
}
