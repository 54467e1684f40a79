/** The bundled cases, with their files, and the phantom's limits. */
import type { SampleId } from "../../app/commands/commands.ts";

export type BundledSampleId = Exclude<SampleId, "synthetic">;

export interface SampleFile {
  /** Relative to `samples/`. */
  readonly url: string;
  /** Path within the dataset folder that is opened. */
  readonly path: string;
}

interface Sample {
  readonly id: BundledSampleId;
  readonly title: string;
  readonly line: string;
  readonly files: readonly SampleFile[];
}

const ABDOMEN_IMAGE = "Dataset901_AbdomenRegions/imagesTr/abdomen_001_0000.nii.gz";

export const SAMPLES: readonly Sample[] = [
  {
    id: "abdomen-regions",
    title: "Abdomen, 25 nested regions",
    line: "CT, 3 mm voxels; one 32-bit word per voxel",
    files: folder("Dataset901_AbdomenRegions", "abdomen_001"),
  },
  {
    id: "abdomen-organs",
    title: "Abdomen, 73 overlapping regions",
    line: "61 organs and 12 groups; three 32-bit words per voxel",
    files: folder("Dataset902_AbdomenOrgans", "abdomen_001", ABDOMEN_IMAGE),
  },
  {
    id: "spine-regions",
    title: "Lumbar spine, 16 regions",
    line: "T2 MRI, 17 thick slices; axes reordered by the plans",
    files: folder("Dataset903_SpineRegions", "spine_002"),
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

export const PHANTOM_REGIONS = { least: 1, most: 300, usual: 31 } as const;

export function isSampleId(id: string): id is SampleId {
  return id === "synthetic" || SAMPLES.some((sample) => sample.id === id);
}
