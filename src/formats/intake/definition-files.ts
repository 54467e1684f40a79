/** Reads dataset.json, plans and saved views. */
import { InputError } from "../../base/errors.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { SavedView } from "../../domain/view/saved-view.ts";
import type { InputFile } from "../bytes/input-file.ts";
import { datasetFrom, isDataset, labelsProblem, parseDataset } from "../dataset/dataset.ts";
import { isPlans, parsePlans, plansFrom } from "../dataset/plans.ts";
import { type JsonDocument, parseJson, readJsonText } from "../json/parse.ts";
import type { ChosenInputs } from "./choose-inputs.ts";
import { byUse, plansNotice } from "./plans-files.ts";
import { isViewFile, viewFrom } from "./view-file.ts";

interface DefinitionFiles {
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  /** Path of plans that could not be used; null if there are none. */
  readonly plansRefused: string | null;
  /** A saved view, with the file it comes from. */
  readonly view: OpenedView | null;
  readonly notices: readonly string[];
  /** Errors for omitted files. */
  readonly refused: readonly InputError[];
}

export interface OpenedView {
  readonly file: string;
  readonly saved: SavedView;
}

type Definition =
  | { readonly kind: "view"; readonly view: OpenedView }
  | { readonly kind: "plans"; readonly plans: PlansDocument }
  | { readonly kind: "dataset"; readonly dataset: DatasetDefinition };

interface PlansDocument {
  readonly path: string;
  readonly document: JsonDocument;
}

/**
 * Reads dataset.json, plans and a saved view, classified by content. Of several plans, uses those that the
 * user named, else nnU-Net's default, else the first by name. Omits unreadable files unless the user named
 * them.
 *
 * @param configuration that the plans must have
 * @throws InputError for named files that are unreadable
 */
export async function readDefinitions(
  chosen: ChosenInputs,
  configuration: string | undefined,
): Promise<DefinitionFiles> {
  const refused: InputError[] = [];
  const unless = async <T>(required: boolean, read: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      if (required || !(error instanceof InputError)) throw error;
      refused.push(error);
      return null;
    }
  };
  const { dataset: given, plans: givenPlans, required } = chosen;
  const read = [
    given && (await unless(required.has(given), () => readDataset(given))),
    givenPlans && (await unless(required.has(givenPlans), () => readPlans(givenPlans))),
  ];
  for (const file of chosen.json) read.push(await unless(false, () => readByContent(file, chosen.lenient)));

  const datasets = read.flatMap((one) => (one?.kind === "dataset" ? [one.dataset] : []));
  const isNamed = read[1]?.kind === "plans";
  const plansFiles = read.flatMap((one) => (one?.kind === "plans" ? [one.plans] : []));
  // Named plans stay first.
  plansFiles.push(...plansFiles.splice(isNamed ? 1 : 0).sort(byUse("")));
  const views = read.flatMap((one) => (one?.kind === "view" ? [one.view] : []));
  const [dataset = null] = datasets;
  const [first] = plansFiles;
  const [view = null, ...otherViews] = views;
  const notices = otherViews.map(
    ({ file }) => `${file} was skipped: only one saved view can be opened at a time.`,
  );
  if (dataset && datasets.length > 1)
    notices.push(`${dataset.file} was used, one of ${datasets.length} dataset.json files.`);
  notices.push(...plansNotice(plansFiles.map(({ path }) => path)));
  if (!first && configuration !== undefined) {
    throw new InputError(
      `Configuration ${configuration}`,
      "configurations come from a plans file, and none was opened",
      "Open nnUNetPlans.json too",
    );
  }
  const isNeeded = configuration !== undefined || (givenPlans !== null && required.has(givenPlans));
  const reading =
    first && (await unless(isNeeded, () => plansFrom(first.document, first.path, configuration)));
  notices.push(...(reading?.notices ?? []));
  const unread = read[1] ? null : (givenPlans?.path ?? null);
  const plansRefused = reading ? null : (first?.path ?? unread);
  return { definition: dataset, plans: reading?.plans ?? null, plansRefused, view, notices, refused };
}

async function readDataset({ path, blob }: InputFile): Promise<Definition> {
  return { kind: "dataset", dataset: parseDataset(await readJsonText(blob, path), path) };
}

async function readPlans({ path, blob }: InputFile): Promise<Definition> {
  const document = parseJson(await readJsonText(blob, path), path);
  // `parsePlans` throws for JSON of another kind.
  if (!isPlans(document)) parsePlans(document.text, path);
  return { kind: "plans", plans: { path, document } };
}

/** @returns null for JSON of another kind if `lenient` */
async function readByContent({ path, blob }: InputFile, lenient: boolean): Promise<Definition | null> {
  const document = parseJson(await readJsonText(blob, path), path);
  if (isViewFile(document)) return { kind: "view", view: { file: path, saved: viewFrom(document, path) } };
  if (isPlans(document)) return { kind: "plans", plans: { path, document } };
  if (isDataset(document)) return { kind: "dataset", dataset: datasetFrom(document, path) };
  if (lenient) return null;
  throw labelsProblem(document, path) ?? ofAnotherKind(path);
}

function ofAnotherKind(file: string): InputError {
  return new InputError(
    file,
    "it is JSON, but neither an nnU-Net dataset.json nor an nnU-Net plans file",
    "Choose dataset.json or nnUNetPlans.json",
  );
}
