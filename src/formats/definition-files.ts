import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import { InputError } from "../domain/input-error.ts";
import type { Plans } from "../domain/plans.ts";
import type { SavedView } from "../domain/saved-view.ts";
import type { ChosenInputs } from "./choose-inputs.ts";
import { datasetFrom, isDataset, labelsProblem, parseDataset } from "./dataset.ts";
import type { InputFile } from "./inputs.ts";
import { type JsonDocument, parseJson, readJsonText } from "./json-text.ts";
import { isPlans, parsePlans, plansFrom } from "./plans.ts";
import { byUse, plansNotice } from "./plans-files.ts";
import { isViewFile, viewFrom } from "./view-file.ts";

export interface DefinitionFiles {
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  /** How the case was looked at, with the file it comes from. */
  readonly view: OpenedView | null;
  readonly notices: readonly string[];
}

export interface OpenedView {
  readonly file: string;
  readonly saved: SavedView;
}

/**
 * Reads dataset.json, plans and a saved view, told apart by content. Of several plans those that were named
 * are used, else nnU-Net's default, else the first by name.
 *
 * @param configuration one that the plans must have
 * @throws InputError for broken JSON and, among files that were chosen one by one, for JSON of another kind
 */
export async function readDefinitions(
  chosen: ChosenInputs,
  configuration: string | undefined,
): Promise<DefinitionFiles> {
  const datasets: (() => DatasetDefinition)[] = [];
  const found: PlansDocument[] = [];
  const notices: string[] = [];
  let view: OpenedView | null = null;
  if (chosen.dataset) {
    const { path } = chosen.dataset;
    const text = await readJsonText(chosen.dataset.blob, path);
    datasets.push(() => parseDataset(text, path));
  }
  for (const { path, blob } of chosen.json) {
    const document = parseJson(await readJsonText(blob, path), path);
    if (isViewFile(document)) {
      if (view) notices.push(`${path} was left out: one view can be opened at a time.`);
      view ??= { file: path, saved: viewFrom(document, path) };
    } else if (isPlans(document)) found.push({ path, document });
    else if (isDataset(document)) datasets.push(() => datasetFrom(document, path));
    else if (!chosen.lenient) {
      throw (
        labelsProblem(document, path) ??
        new InputError(
          path,
          "it is JSON of another kind, neither an nnU-Net dataset.json nor an nnU-Net plans file",
          "Choose dataset.json or nnUNetPlans.json",
        )
      );
    }
  }
  const [dataset] = datasets.map((read) => read());
  const named = chosen.plans ? [await plansDocument(chosen.plans)] : [];
  const planFiles = [...named, ...found.sort(byUse(""))];
  const [first] = planFiles;
  if (dataset && datasets.length > 1)
    notices.push(`Of ${datasets.length} dataset files ${dataset.file} was used.`);
  notices.push(...plansNotice(planFiles.map(({ path }) => path)));
  if (!first) {
    if (configuration === undefined) return { definition: dataset ?? null, plans: null, view, notices };
    throw new InputError(
      configuration,
      "no plans file was opened that could have this configuration",
      "Open nnUNetPlans.json too",
    );
  }
  const { plans, notices: left } = plansFrom(first.document, first.path, configuration);
  return { definition: dataset ?? null, plans, view, notices: [...notices, ...left] };
}

interface PlansDocument {
  readonly path: string;
  readonly document: JsonDocument;
}

async function plansDocument({ path, blob }: InputFile): Promise<PlansDocument> {
  const document = parseJson(await readJsonText(blob, path), path);
  // Throws where it is of another kind.
  if (!isPlans(document)) parsePlans(document.text, path);
  return { path, document };
}
