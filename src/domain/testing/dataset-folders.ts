/** Builds dataset folders for tests. */
import { type DatasetFolder, TRAINING_FOLDERS } from "../dataset/dataset-files.ts";

/** A dataset folder of one case in which nnU-Net finds everything. */
export function datasetFolderOf(changes: Partial<DatasetFolder> = {}): DatasetFolder {
  return {
    name: "Dataset001_D",
    folders: TRAINING_FOLDERS,
    trainingCases: 1,
    imageCases: { ".nii.gz": 1 },
    channels: [],
    unpaired: { withoutLabels: [], withoutImage: [] },
    endings: [".nii.gz"],
    misnamed: null,
    ...changes,
  };
}
