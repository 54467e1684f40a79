import type { DatasetFolder } from "../domain/dataset-files.ts";
import { InputError } from "../domain/input-error.ts";
import { type DatasetCase, listCases } from "./cases.ts";
import { datasetFolder } from "./dataset-folder.ts";
import { baseName, folderOf, type InputFile, isClutter, type OpenOptions, stemOf } from "./inputs.ts";
import { plansAmong, plansNotice } from "./plans-files.ts";
import { byPath, roleByName } from "./roles.ts";

/** Which file is what, before any volume is looked into. */
export interface ChosenInputs {
  /** Certainly (one) or by name (any number) labels. */
  readonly labels: readonly InputFile[];
  readonly images: readonly InputFile[];
  /** Volumes that only their content can tell. */
  readonly unknown: readonly InputFile[];
  /** JSON whose content tells what it is. */
  readonly json: readonly InputFile[];
  readonly dataset: InputFile | null;
  readonly plans: InputFile | null;
  /** The image was named, so that a bad one is an error, not a notice. */
  readonly imageRequired: boolean;
  /** JSON of another kind is passed over, as folders hold much of it. */
  readonly lenient: boolean;
  readonly caseName: string | null;
  readonly datasetFolder: string | null;
  /** What the names of the case's folder say; null for files that were chosen one by one. */
  readonly folder: DatasetFolder | null;
  /** All files, among which a header finds its separate voxels. */
  readonly all: readonly InputFile[];
  readonly notices: readonly string[];
}

const VOLUME_NAME = /\.((nii|hdr)(\.gz)?|nrrd)$/i;
const VOXELS_NAME = /\.img(\.gz)?$/i;

/** @throws InputError where a file or case that was named is not there */
export async function chooseInputs(files: readonly InputFile[], options: OpenOptions): Promise<ChosenInputs> {
  const explicit = options.labels !== undefined && options.labels.length > 0;
  const cases = explicit ? [] : listCases(files);
  const chosen =
    options.caseName === undefined ? cases[0] : cases.find(({ name }) => name === options.caseName);
  if (options.caseName !== undefined && !chosen) {
    throw new InputError(options.caseName, "the folder has no such case", "Choose one of its cases");
  }
  return chosen ? chooseCase(chosen, cases, files, options) : chooseLoose(files, options);
}

async function chooseCase(
  chosen: DatasetCase,
  cases: readonly DatasetCase[],
  files: readonly InputFile[],
  options: OpenOptions,
): Promise<ChosenInputs> {
  const at = (path: string) => find(files, path);
  const plans = options.plans === undefined ? await plansAmong(files, chosen.root) : [at(options.plans)];
  const notices = plansNotice(plans.map(({ path }) => path.slice(chosen.root.length)));
  if (options.caseName === undefined && cases.length > 1) {
    notices.push(`The folder has ${cases.length} cases; the first, ${chosen.name}, was opened.`);
  }
  return {
    labels: [at(chosen.labels)],
    images: options.image === undefined ? chosen.images.map(at) : [at(options.image)],
    unknown: [],
    json: [],
    dataset:
      options.dataset === undefined
        ? (files.find(({ path }) => path === `${chosen.root}dataset.json`) ?? null)
        : at(options.dataset),
    plans: plans[0] ?? null,
    imageRequired: options.image !== undefined,
    lenient: true,
    caseName: chosen.name,
    datasetFolder: baseName(chosen.root.slice(0, -1)) || null,
    folder: datasetFolder(chosen, cases),
    all: files,
    notices,
  };
}

async function chooseLoose(files: readonly InputFile[], options: OpenOptions): Promise<ChosenInputs> {
  const named = (path: string | undefined) => (path === undefined ? null : find(files, path));
  const dataset = named(options.dataset);
  const plans = named(options.plans);
  const image = named(options.image);
  const labels = (options.labels ?? []).map((path) => find(files, path));
  const taken = new Set([dataset, plans, image, ...labels]);
  const rest = files.filter((file) => !taken.has(file) && !isClutter(file.path));
  const lenient = rest.some(({ path }) => path.includes("/"));
  const { json, volumes } = await tellApart(lenient ? await readable(rest) : rest, files);
  const role = (wanted: string | null) => volumes.filter(({ path }) => roleByName(path) === wanted);
  const explicit = labels.filter(({ path }) => !VOXELS_NAME.test(path) || labels.length === 1);
  const found =
    explicit.length > 0
      ? { labels: explicit, images: image ? [image] : volumes, unknown: [] }
      : { labels: role("labels"), images: image ? [image] : role("image"), unknown: role(null) };
  return {
    ...found,
    json,
    dataset,
    plans,
    imageRequired: image !== null,
    lenient,
    caseName: null,
    datasetFolder: null,
    folder: null,
    all: files,
    notices: [],
  };
}

/** Of a folder's files, plans, and those that a reader may take by name; without any, some of the others. */
async function readable(files: readonly InputFile[]): Promise<readonly InputFile[]> {
  const plans = new Set(await plansAmong(files, ""));
  const named = files.filter(
    (file) => VOLUME_NAME.test(file.path) || baseName(file.path) === "dataset.json" || plans.has(file),
  );
  return named.length > 0 ? named : files.slice(0, 100);
}

/** JSON and volumes, told apart by content. The voxel files of .hdr/.img pairs stay out, unless alone. */
async function tellApart(
  files: readonly InputFile[],
  all: readonly InputFile[],
): Promise<{ json: readonly InputFile[]; volumes: readonly InputFile[] }> {
  const json: InputFile[] = [];
  const volumes: InputFile[] = [];
  const stem = (path: string) => folderOf(path) + stemOf(path);
  const headers = new Set(
    all.filter(({ path }) => /\.hdr(\.gz)?$/i.test(path)).map(({ path }) => stem(path)),
  );
  for (const file of [...files].sort(byPath)) {
    if (VOXELS_NAME.test(file.path) && headers.has(stem(file.path))) continue;
    ((await isJson(file)) ? json : volumes).push(file);
  }
  return { json, volumes };
}

async function isJson({ path, blob }: InputFile): Promise<boolean> {
  if (/\.json$/i.test(path)) return true;
  const start = await blob
    .slice(0, 256)
    .text()
    .catch(() => "");
  return /^\uFEFF?\s*[{[]/.test(start) && blob.size < 1 << 28;
}

function find(files: readonly InputFile[], path: string): InputFile {
  const file = files.find((candidate) => candidate.path === path);
  if (file) return file;
  throw new InputError(path, "it is not among the opened files", "Open it together with the others");
}
