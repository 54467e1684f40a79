/**
 * Keys that nnU-Net's `verify_dataset_integrity` asks for; `labels` is there in whatever was read as a
 * dataset.json.
 */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { certainEnding, type DatasetFiles, nnunetReads } from "./dataset-files.ts";
import { isInverted } from "./label-entries.ts";

const REQUIRED = ["channel_names", "numTraining", "file_ending"] as const;
export type RequiredKey = (typeof REQUIRED)[number];

export function missingKeys({ keys }: DatasetDefinition): RequiredKey[] {
  return REQUIRED.filter((key) => !keys.includes(key));
}

/** Whether `modality`, version 1's name for `channel_names`, stands in its place. */
export function hasModality({ keys }: DatasetDefinition): boolean {
  return keys.includes("modality") && !keys.includes("channel_names");
}

/**
 * What the missing `file_ending` is: that of the files, else the only one that version 1 knew; null where it
 * is not certain.
 */
export function missingEnding(definition: DatasetDefinition, files: DatasetFiles | null): string | null {
  if (files) return certainEnding(files);
  const isVersion1 = ["modality", "tensorImageSize"].some((key) => definition.keys.includes(key));
  return isVersion1 || isInverted(definition) ? ".nii.gz" : null;
}

/** The ending that `file_ending` should have, where that is certain; null elsewhere. */
export function rightEnding(
  { fileEnding: written }: DatasetDefinition,
  files: DatasetFiles | null,
): string | null {
  if (files?.folder || (files && !written)) return certainEnding(files);
  const pointed = `.${written ?? ""}`;
  return written?.startsWith(".") === false && nnunetReads(pointed) ? pointed : null;
}
