/**
 * Reads what `check` has to know of a dataset folder before its cases: names, definition, plans and splits.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, resolve } from "node:path";
import { InputError } from "../../src/base/errors.ts";
import { namedChannels } from "../../src/domain/dataset/channel-names.ts";
import type { DatasetDefinition } from "../../src/domain/dataset/dataset-definition.ts";
import type { CheckFile } from "../../src/domain/dataset-check/check-file.ts";
import { checkSplits } from "../../src/domain/dataset-check/splits.ts";
import { isClutter } from "../../src/formats/bytes/input-file.ts";
import { parseDataset } from "../../src/formats/dataset/dataset.ts";
import { isPlans, parsePlans, plansFrom } from "../../src/formats/dataset/plans.ts";
import { datasetCases, withPredictions } from "../../src/formats/intake/dataset-cases.ts";
import { folderRefusal } from "../../src/formats/intake/folder-refusal.ts";
import { parseJson, readJsonText } from "../../src/formats/json/parse.ts";
import type { CheckArguments } from "../arguments.ts";
import { Failure } from "../run.ts";

/** A dataset that cannot be read at all: one line. */
const UNREADABLE = 2;
const SPLITS = "splits_final.json";

export interface DatasetFolder {
  readonly check: CheckFile;
  /** Number of channels that dataset.json names; 0 if it does not. */
  readonly channels: number;
  /** Name of the plans file; null without plans. */
  readonly plansFile: string | null;
  /**
   * Absolute path of the image on which nnU-Net tries its readers, which may not be there; null without
   * images.
   */
  readonly firstImage: string | null;
}

/**
 * Reads the dataset that a command line names.
 * @param base absolute path of the folder for relative paths
 * @param version of the program
 * @throws Failure with exit code 2 if the dataset, its plans or its predictions cannot be read
 */
export async function readDatasetFolder(
  given: CheckArguments,
  base: string,
  version: string,
): Promise<DatasetFolder> {
  try {
    return await readFolder(given, base, version);
  } catch (error) {
    if (error instanceof InputError) throw new Failure(oneLine(error.message), UNREADABLE);
    throw error;
  }
}

async function readFolder(given: CheckArguments, base: string, version: string): Promise<DatasetFolder> {
  const folder = resolve(base, given.dataset);
  const paths = await filesIn(folder, given.dataset);
  const definition = paths.includes("dataset.json") ? await textOf(join(folder, "dataset.json")) : null;
  const dataset = definition === null ? null : parseDataset(definition, "dataset.json");
  const listing = datasetCases(paths, dataset, (path) => asNnunet(path));
  const all = listing.cases;
  if (all.every(({ labels }) => labels === null)) throw noCases(given.dataset, paths, dataset);
  const wanted = given.cases && new Set(given.cases);
  const missing = given.cases?.find((name) => !all.some((one) => one.name === name));
  if (missing !== undefined)
    throw new Failure(`--cases ${missing}: ${given.dataset} has no case of this name.`, UNREADABLE);
  const chosen = wanted ? all.filter(({ name }) => wanted.has(name)) : all;
  const plansFile = plansPath(given, base, folder, paths);
  if (given.configuration !== null && plansFile === null) {
    throw new Failure(
      `--configuration ${given.configuration} names a configuration of the plans: give them with --plans, or leave it out.`,
      UNREADABLE,
    );
  }
  const plans = plansFile === null ? null : await textOf(plansFile);
  if (plansFile !== null && plans !== null) assertPlans(plans, plansFile, given.configuration);
  const planned = plansFile === null || dirname(plansFile) === folder ? null : dirname(plansFile);
  const predictions = given.predictions === null ? null : await predictionsIn(given.predictions, base);
  const check: CheckFile = {
    schema: "regionscope.check/1",
    version,
    dataset: basename(folder),
    options: {
      configuration: given.configuration,
      trainer: given.trainer,
      reader: given.reader,
      mode: given.mode,
      grid: given.grid,
      cases: wanted ? chosen.map(({ name }) => name) : null,
      predictions: predictions !== null,
      toleranceMm: given.tolerance,
    },
    definition,
    plans,
    preprocessedDefinition: planned === null ? null : await textIfThere(join(planned, "dataset.json")),
    cases: withPredictions(chosen, predictions),
    testCases: listing.testCases,
    splits: checkSplits(listing.splitCases, await splitsText(planned, folder)),
  };
  return {
    check,
    channels: dataset === null ? 0 : namedChannels(dataset),
    plansFile: plansFile && basename(plansFile),
    firstImage: listing.firstImage && resolve(folder, listing.firstImage),
  };
}

/** Plans that the user names, else those in the dataset folder under nnU-Net's default name. */
function plansPath(given: CheckArguments, base: string, folder: string, paths: readonly string[]) {
  if (given.plans !== null) return resolve(base, given.plans);
  return paths.includes("nnUNetPlans.json") ? join(folder, "nnUNetPlans.json") : null;
}

/**
 * Text of the splits beside the plans, where nnU-Net looks, else of those in the dataset folder; null without
 * any.
 */
async function splitsText(planned: string | null, folder: string): Promise<string | null> {
  const beside = planned === null ? null : await textIfThere(join(planned, SPLITS));
  return beside ?? (await textIfThere(join(folder, SPLITS)));
}

/** @throws InputError unless the configuration of these plans can be used */
function assertPlans(text: string, file: string, configuration: string | null): void {
  const name = basename(file);
  const document = parseJson(text, name);
  if (isPlans(document)) plansFrom(document, name, configuration ?? undefined);
  else parsePlans(text, name);
}

/**
 * Paths of the files in the folder and in the folders in it, relative to it, sorted. No case of nnU-Net lies
 * deeper.
 */
async function filesIn(folder: string, given: string): Promise<string[]> {
  const top = await entriesOf(folder, given);
  const below = await Promise.all(
    top.folders.map(async (name) => {
      const { files } = await entriesOf(join(folder, name), join(given, name));
      return files.map((file) => `${name}/${file}`);
    }),
  );
  return [...top.files, ...below.flat()].sort();
}

/** Follows links, which are usual for large files. */
async function entriesOf(folder: string, given: string): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await orRefused(given, () => readdir(folder, { withFileTypes: true }))) {
    if (isClutter(entry.name)) continue;
    const found = entry.isSymbolicLink()
      ? await stat(join(folder, entry.name)).catch(() => undefined)
      : entry;
    // A link to nothing is a file that cannot be read.
    if (found?.isDirectory()) folders.push(entry.name);
    else files.push(entry.name);
  }
  return { files, folders };
}

/** Names of the files of a folder of predictions. */
async function predictionsIn(given: string, base: string): Promise<string[]> {
  return (await entriesOf(resolve(base, given), given)).files.sort();
}

function noCases(given: string, paths: readonly string[], dataset: DatasetDefinition | null): Failure {
  if (dataset?.keys.includes("dataset"))
    return new Failure(`${given}: "dataset" in its dataset.json lists no case with labels.`, UNREADABLE);
  const name = basename(resolve(given));
  const refused = folderRefusal(paths.map((path) => ({ path: `${name}/${path}`, blob: new Blob() })));
  return new Failure(
    refused
      ? oneLine(refused)
      : `${given}: it has no label files in labelsTr. Name the folder of one dataset, such as nnUNet_raw/Dataset001_Name.`,
    UNREADABLE,
  );
}

/** Text of a JSON file. @throws InputError or Failure */
async function textOf(path: string): Promise<string> {
  const bytes = await orRefused(path, () => readFile(path));
  return readJsonText(new Blob([new Uint8Array(bytes)]), basename(path));
}

async function textIfThere(path: string): Promise<string | null> {
  return (await stat(path).catch(() => undefined)) ? textOf(path) : null;
}

async function orRefused<T>(given: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Failure(`${given}: ${reasonOf(error)}`, UNREADABLE);
  }
}

/** Says in a sentence why a file could not be opened. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file or folder.";
  if (code === "ENOTDIR") return "this is not a folder.";
  if (code === "EISDIR") return "this is a folder, not a file.";
  if (code === "EACCES" || code === "EPERM") return "there is no permission to read it.";
  return `it cannot be read (${error instanceof Error ? error.message : String(error)}).`;
}

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, " ");

/**
 * A path that dataset.json lists, as nnU-Net 2.8.1 reads it (`get_filenames_of_train_images_and_targets`):
 * environment variables are replaced as `os.path.expandvars` does, and others stay. Relative to the dataset
 * folder unless it is absolute.
 */
function asNnunet(path: string): string {
  const full = path.replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (all, plain: string, braced: string) => {
    return process.env[plain ?? braced] ?? all;
  });
  return isAbsolute(full) ? full : posix.normalize(full);
}
