/** Finds what is wrong with the files of a dataset and its definition, as nnU-Net's integrity check does. */
import { baseName } from "../../../base/file-path.ts";
import { groupBy } from "../../../base/group-by.ts";
import { namedChannels } from "../../dataset/channel-names.ts";
import type { CaseImages, DatasetFiles, DatasetFolder } from "../../dataset/dataset-files.ts";
import { TRAINING_FOLDERS } from "../../dataset/dataset-files.ts";
import type { Finding } from "../../findings/finding.ts";
import { definitionFindings, listsItsFiles } from "../../findings/findings.ts";
import { incompleteCases } from "../../findings/training-cases.ts";
import { VOLUME_ENDING } from "../../reader/volume-endings.ts";
import type { ListedCase } from "../check-file.ts";
import { type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { type DatasetFinding, ofCases } from "../dataset-finding.ts";

/** The findings that the page shows for a folder, on the definition and the names of all files. */
export function fileFindings(facts: DatasetFacts): DatasetFinding[] {
  const { definition, check, isWhole } = facts;
  const files = isWhole ? datasetFiles(check.cases, check.dataset, definition?.fileEnding ?? null) : null;
  const ofDefinition = definition
    ? definitionFindings(definition, files, labelsPresent(facts)).map((found) =>
        ofCases(found, casesOf(found, facts)),
      )
    : [];
  const isListed = listsItsFiles(definition);
  const incomplete =
    files?.folder && !isListed
      ? incompleteCases(files.folder).map((found) => withIncomplete(found, facts))
      : [];
  return [...ofDefinition, ...incomplete];
}

function labelsPresent({ cases }: DatasetFacts): number[] {
  return [...new Set(cases.flatMap(({ labels }) => [...labels]))].sort((a, b) => a - b);
}

const withoutLabels = ({ cases }: DatasetFacts["check"]) => cases.filter(({ labels }) => labels === null);
const withoutImages = ({ cases }: DatasetFacts["check"]) => cases.filter(({ images }) => images.length === 0);

/** Only images without labels stop nnU-Net, which is the error of the two. */
function withIncomplete(found: Finding, { check }: DatasetFacts): DatasetFinding {
  const those = found.severity === "error" ? withoutLabels(check) : withoutImages(check);
  return ofCases(found, namesOf(those));
}

/** The cases whose names or number of files a finding on the definition is about. */
function casesOf({ code }: Finding, { definition, check }: DatasetFacts): string[] {
  if (!definition) return [];
  if (code === "case-channels") {
    const names = namedChannels(definition);
    const isWrong = ({ labels, images }: ListedCase) =>
      labels !== null && images.length > 0 && images.length !== names;
    return namesOf(check.cases.filter(isWrong));
  }
  if (code !== "file-ending") return [];
  const written = definition.fileEnding;
  return namesOf(
    check.cases.filter(({ labels, images }) =>
      [...(labels === null ? [] : [labels]), ...images].some((path) => endingOf(path) !== written),
    ),
  );
}

function endingOf(path: string): string {
  return VOLUME_ENDING.exec(path)?.[0] ?? /\.[^./]*$/.exec(path)?.[0] ?? "";
}

/** What the names of all files tell, with a case that stands for most of them as the open one. */
function datasetFiles(
  cases: readonly ListedCase[],
  name: string,
  written: string | null,
): DatasetFiles | null {
  const labels = cases.flatMap((one) => (one.labels === null ? [] : [one.labels]));
  const open = labels.find((path) => endingOf(path) === written) ?? labels[0];
  if (open === undefined) return null;
  const withImages = cases.filter(({ images }) => images.length > 0);
  const endings = cases.flatMap(({ labels: path, images }) =>
    [...(path === null ? [] : [path]), ...images].map(endingOf),
  );
  const folder: DatasetFolder = {
    name,
    folders: {
      labels: folderOf(open),
      images: folderOf(withImages[0]?.images[0] ?? TRAINING_FOLDERS.images),
    },
    trainingCases: withImages.length === labels.length ? labels.length : null,
    imageCases: Object.fromEntries(
      [...groupBy(withImages, ({ images: [first = ""] }) => endingOf(first))].map(([ending, those]) => [
        ending,
        those.length,
      ]),
    ),
    channels: withImages.filter((one) => one.labels !== null).map(imagesOf),
    unpaired:
      withImages.length === 0
        ? { withoutLabels: [], withoutImage: [] }
        : {
            withoutLabels: namesOf(cases.filter((one) => one.labels === null)),
            withoutImage: namesOf(cases.filter(({ images }) => images.length === 0)),
          },
    endings: [...new Set(endings)],
    misnamed: null,
  };
  return { labels: baseName(open), ending: endingOf(open), folder };
}

function imagesOf({ name, images }: ListedCase): CaseImages {
  return { name, images: images.length, ending: endingOf(images[0] ?? "") };
}

/** "labelsTr/a.nii.gz" → "labelsTr" */
function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : path;
}
