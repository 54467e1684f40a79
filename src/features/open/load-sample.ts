import type { SampleId } from "../../app/commands/commands.ts";
import { InputError } from "../../base/errors.ts";
import type { InputFile } from "../../formats/bytes/input-file.ts";

export type BundledSampleId = Exclude<SampleId, "synthetic">;

export interface SampleFile {
  /** Relative to `samples/`. */
  readonly url: string;
  /** Where the file lies in the dataset folder that is opened. */
  readonly path: string;
}

export interface Sample {
  readonly id: SampleId;
  readonly title: string;
  readonly description: string;
  /** None for the phantom, which is computed. */
  readonly files: readonly SampleFile[];
}

const ABDOMEN_IMAGE = "Dataset901_AbdomenRegions/imagesTr/abdomen_001_0000.nii.gz";

export const SAMPLES: readonly Sample[] = [
  {
    id: "abdomen-regions",
    title: "Abdomen, 25 nested regions",
    description: "CT at 3 mm: organ groups and the organs inside them, one word of bits",
    files: folder("Dataset901_AbdomenRegions", "abdomen_001"),
  },
  {
    id: "abdomen-organs",
    title: "Abdomen, 73 overlapping regions",
    description: "The same CT with 61 organs and 12 groups: three words of bits",
    files: folder("Dataset902_AbdomenOrgans", "abdomen_001", ABDOMEN_IMAGE),
  },
  {
    id: "spine-regions",
    title: "Lumbar spine, 16 regions",
    description: "MR T2 with 4.8 mm slices: anisotropic strides, axes transposed by the plans",
    files: folder("Dataset903_SpineRegions", "spine_002"),
  },
  {
    id: "synthetic",
    title: "Synthetic phantom",
    description: "Nested and overlapping ellipsoids, with as many regions as you choose",
    files: [],
  },
];

function folder(dataset: string, name: string, image?: string): readonly SampleFile[] {
  const imagePath = `${dataset}/imagesTr/${name}_0000.nii.gz`;
  const own = (file: string) => ({ url: `${dataset}/${file}`, path: `${dataset}/${file}` });
  return [
    own("dataset.json"),
    own("nnUNetPlans.json"),
    own(`labelsTr/${name}.nii.gz`),
    { url: image ?? imagePath, path: imagePath },
  ];
}

/**
 * Fetches a bundled sample, ready for `openInWorker`.
 * @throws InputError if a file is missing on the server; the signal's reason when aborted
 */
export async function loadSample(id: BundledSampleId, signal: AbortSignal): Promise<InputFile[]> {
  const sample = SAMPLES.find((candidate) => candidate.id === id);
  return Promise.all((sample?.files ?? []).map((file) => loadFile(file, signal)));
}

async function loadFile({ url, path }: SampleFile, signal: AbortSignal): Promise<InputFile> {
  const response = await fetch(`${import.meta.env.BASE_URL}samples/${url}`, { signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw missing(url, error instanceof Error ? error.message : "no answer");
    },
  );
  // Some servers answer with the page itself where a file is missing.
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (!response.ok || isPage)
    throw missing(url, response.ok ? "a web page came instead" : `${response.status}`);
  return { path, blob: await response.blob(), isFetched: true };
}

function missing(url: string, cause: string): InputError {
  return new InputError(
    `samples/${url}`,
    `this part of the sample could not be fetched (${cause})`,
    "Serve the folder samples/ next to the page, and reload",
  );
}
