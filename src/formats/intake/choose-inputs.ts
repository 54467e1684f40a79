/** Sorts opened files into labels, images, JSON and tables. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import type { DatasetFolder } from "../../domain/dataset/dataset-files.ts";
import { HEADER_ENDING, VOXELS_ENDING } from "../../domain/reader/volume-endings.ts";
import { TEXT_FILE } from "../bytes/foreign-formats.ts";
import {
  folderOf,
  type InputFile,
  isClutter,
  isHeaderOrWhole,
  isVolumeName,
  type OpenOptions,
  stemOf,
} from "../bytes/input-file.ts";
import { sideFile } from "../bytes/side-files.ts";
import { isCalledLabelTable, isLabelTable, noLabelTable, saysLabelTable } from "../volume/label-table.ts";
import { type DatasetCase, listCases } from "./cases.ts";
import { datasetFolder, definitionOf } from "./dataset-folder.ts";
import { noneOpened, uncompressedCopy } from "./omitted-files.ts";
import { filesOfPatient, type PatientFolder, patientFolders } from "./patient-folders.ts";
import { plansAmong, plansNotice } from "./plans-files.ts";
import { byPath, roleByName } from "./roles.ts";
import { notAVolume } from "./volume-formats.ts";

/** The role of each file, before any volume is read. */
export interface ChosenInputs {
  /** Labels: certain if there is one; any number by name. */
  readonly labels: readonly InputFile[];
  readonly images: readonly InputFile[];
  /** Volumes that only their content can classify. */
  readonly unknown: readonly InputFile[];
  /** JSON files, classified later by content. */
  readonly json: readonly InputFile[];
  readonly dataset: InputFile | null;
  readonly plans: InputFile | null;
  /** Tables of label names and colours. */
  readonly tables: readonly InputFile[];
  /** Errors for omitted files, which fit none of these roles. */
  readonly foreign: readonly InputError[];
  /** Files among `dataset`, `plans` and `tables` that the user named; a bad one is an error, not a notice. */
  readonly required: ReadonlySet<InputFile>;
  /**
   * The user named the image, so a bad one is an error, not a notice. `images` are its channels, in order.
   */
  readonly imageRequired: boolean;
  /** Ignore JSON of other kinds, which is common in folders. */
  readonly lenient: boolean;
  readonly caseName: string | null;
  readonly datasetFolder: string | null;
  /** Facts from file names about the case's dataset folder; null for individually chosen files. */
  readonly folder: DatasetFolder | null;
  /** That folder, with the final "/", also for cases that nnU-Net does not train on; null without one. */
  readonly root: string | null;
  /** All files, among which a header finds its separate voxels. */
  readonly all: readonly InputFile[];
  readonly notices: readonly string[];
}

/** @throws InputError if a named file or case does not exist */
export async function chooseInputs(files: readonly InputFile[], options: OpenOptions): Promise<ChosenInputs> {
  const explicit = options.labels !== undefined && options.labels.length > 0;
  const cases = explicit ? [] : listCases(files);
  const chosen =
    options.caseName === undefined ? cases[0] : cases.find(({ name }) => name === options.caseName);
  if (chosen) return chooseCase(chosen, cases, files, options);
  const patients = explicit || cases.length > 0 ? [] : patientFolders(files);
  const patient =
    options.caseName === undefined ? patients[0] : patients.find(({ name }) => name === options.caseName);
  if (patient) return choosePatient(patient, patients, files, options);
  if (options.caseName !== undefined) {
    throw new InputError(options.caseName, "the folder has no such case", "Choose one of its cases");
  }
  return chooseLoose(files, options);
}

async function choosePatient(
  patient: PatientFolder,
  patients: readonly PatientFolder[],
  files: readonly InputFile[],
  options: OpenOptions,
): Promise<ChosenInputs> {
  const chosen = await chooseLoose(filesOfPatient(files, patient), options);
  const notices = options.caseName === undefined ? [firstOpened(patients)] : [];
  return { ...chosen, caseName: patient.name, notices: [...notices, ...chosen.notices] };
}

function firstOpened(cases: readonly { readonly name: string }[]): string {
  return `The folder has ${cases.length} cases; the first, ${cases[0]?.name}, was opened.`;
}

async function chooseCase(
  chosen: DatasetCase,
  cases: readonly DatasetCase[],
  files: readonly InputFile[],
  options: OpenOptions,
): Promise<ChosenInputs> {
  const at = (path: string) => find(files, path);
  const named = namedFiles(files, options);
  const plans = named.plans ? [named.plans] : await plansAmong(files, chosen.root);
  const notices = plansNotice(plans.map(({ path }) => path.slice(chosen.root.length)));
  if (options.caseName === undefined && cases.length > 1) {
    notices.push(firstOpened(cases));
  }
  return {
    labels: [at(chosen.labels)],
    images: options.image === undefined ? chosen.images.map(at) : namedImages(files, options),
    unknown: [],
    json: [],
    dataset: named.dataset ?? definitionOf(chosen.root, files) ?? null,
    plans: plans[0] ?? null,
    tables: named.table ? [named.table] : [],
    foreign: [],
    required: named.all,
    imageRequired: options.image !== undefined,
    lenient: true,
    caseName: chosen.name,
    datasetFolder: baseName(chosen.root.slice(0, -1)) || null,
    folder: datasetFolder(chosen, cases, files),
    root: chosen.root,
    all: files,
    notices,
  };
}

async function chooseLoose(files: readonly InputFile[], options: OpenOptions): Promise<ChosenInputs> {
  const { dataset, plans, table, all: required } = namedFiles(files, options);
  const images = options.image === undefined ? null : namedImages(files, options);
  const labels = (options.labels ?? []).map((path) => find(files, path));
  const taken = new Set([...required, ...(images ?? []), ...labels]);
  const rest = files.filter((file) => !taken.has(file));
  const lenient = rest.some(({ path }) => path.includes("/"));
  const looked = lenient ? await ofFolder(rest.filter(({ path }) => !isClutter(path))) : rest;
  const { json, tables, volumes, foreign } = await classifyLoose(looked, files);
  const copies = new Set(uncompressedCopies(volumes));
  const role = (wanted: string | null) =>
    volumes.filter((file) => roleByName(file.path) === wanted && !copies.has(file));
  const explicit = labels.filter(({ path }) => !VOXELS_ENDING.test(path) || labels.length === 1);
  const found =
    explicit.length > 0
      ? { labels: explicit, images: images ?? volumes, unknown: [] }
      : { labels: role("labels"), images: images ?? role("image"), unknown: role(null) };
  const lost = foreign.filter(({ file }) => roleByName(file) === "labels" && !isClutter(file));
  // Without this error the image alone would be opened as labels.
  if (found.labels.length + found.unknown.length === 0) {
    const failure = noneOpened(lost);
    if (failure) throw failure;
  }
  return {
    ...found,
    json,
    dataset,
    plans,
    tables: table ? [table] : tables,
    foreign: [...foreign, ...[...copies].map(({ path }) => uncompressedCopy(path))],
    required,
    imageRequired: images !== null,
    lenient,
    caseName: null,
    datasetFolder: null,
    folder: null,
    root: null,
    all: files,
    notices: [],
  };
}

/**
 * Finds each `X.nii` beside an `X.nii.gz`, unless their names do not tell what they are: then one may be the
 * image of the other.
 */
function uncompressedCopies(volumes: readonly InputFile[]): InputFile[] {
  const paths = new Set(volumes.map(({ path }) => path));
  return volumes.filter(
    ({ path }) => path.endsWith(".nii") && paths.has(`${path}.gz`) && roleByName(path) !== null,
  );
}

/**
 * Selects a folder's plans and the files that a reader may accept by name; if there are none, some of the
 * others. Checks only files that are named like tables of label names, because folders contain much text.
 */
async function ofFolder(files: readonly InputFile[]): Promise<readonly InputFile[]> {
  const plans = new Set(await plansAmong(files, ""));
  const named = files.filter(
    (file) => isHeaderOrWhole(file.path) || baseName(file.path) === "dataset.json" || plans.has(file),
  );
  if (named.length === 0) return files.slice(0, 100);
  const tables: InputFile[] = [];
  for (const file of files) {
    if (!isCalledLabelTable(file)) continue;
    if ((await isLabelTable(file)) || (await saysLabelTable(file))) tables.push(file);
  }
  return [...named, ...tables];
}

interface ClassifiedByContent {
  readonly json: readonly InputFile[];
  readonly tables: readonly InputFile[];
  readonly volumes: readonly InputFile[];
  readonly foreign: readonly InputError[];
}

/**
 * Separates JSON, tables, volumes and everything else by content; a file with the name of a volume counts as
 * one. Drops the voxel files of pairs (.hdr/.img), unless they come without the header.
 */
async function classifyLoose(
  files: readonly InputFile[],
  all: readonly InputFile[],
): Promise<ClassifiedByContent> {
  const json: InputFile[] = [];
  const tables: InputFile[] = [];
  const volumes: InputFile[] = [];
  const foreign: InputError[] = [];
  const stem = (path: string) => folderOf(path) + stemOf(path);
  const headers = new Set(all.filter(({ path }) => HEADER_ENDING.test(path)).map(({ path }) => stem(path)));
  for (const file of [...files].sort(byPath)) {
    if (VOXELS_ENDING.test(file.path) && headers.has(stem(file.path))) continue;
    if (await isJson(file)) json.push(file);
    // Side files of macOS have the names of the volumes beside them.
    else if (isVolumeName(file.path) && !isClutter(file.path)) volumes.push(file);
    else if (await isLabelTable(file)) tables.push(file);
    else {
      const refusal = await notAVolume(file);
      if (!refusal) volumes.push(file);
      else foreign.push((await isMeantAsTable(file, refusal)) ? noLabelTable(file) : refusal);
    }
  }
  return { json, tables, volumes, foreign };
}

/** A JSON list begins with a value, whereas settings files have sections in brackets, "[.ShellClassInfo]". */
const JSON_START = /^\uFEFF?\s*(\{(?!\\rtf)|\[\s*(["[{\]\d-]|(true|false|null)\b|$))/;

async function isJson({ path, blob }: InputFile): Promise<boolean> {
  if (sideFile(path)) return false;
  if (/\.json$/i.test(path)) return true;
  const start = await blob
    .slice(0, 256)
    .text()
    .catch(() => "");
  return JSON_START.test(start) && blob.size < 1 << 28;
}

/**
 * Checks whether a text file is not a table of label names although its name, its ending or its header
 * comment says so.
 */
async function isMeantAsTable(file: InputFile, { problem }: InputError): Promise<boolean> {
  if (problem !== TEXT_FILE.problem) return false;
  return (await saysLabelTable(file)) || (isCalledLabelTable(file) && /\.txt$/i.test(file.path));
}

/** Returns the files besides volumes that were given by role. */
function namedFiles(files: readonly InputFile[], { dataset, plans, labelTable }: OpenOptions) {
  const named = (path: string | undefined) => (path === undefined ? null : find(files, path));
  const found = { dataset: named(dataset), plans: named(plans), table: named(labelTable) };
  return { ...found, all: new Set(Object.values(found).filter((file) => file !== null)) };
}

/** Returns the channels of the image that the user named. */
function namedImages(files: readonly InputFile[], { image, moreChannels = [] }: OpenOptions): InputFile[] {
  return [...(image === undefined ? [] : [image]), ...moreChannels].map((path) => find(files, path));
}

function find(files: readonly InputFile[], path: string): InputFile {
  const file = files.find((candidate) => candidate.path === path);
  if (file) return file;
  throw new InputError(path, "it is not among the opened files", "Open it together with the others");
}
