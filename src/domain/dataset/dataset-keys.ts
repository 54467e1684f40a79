/**
 * Checks the keys that nnU-Net's `verify_dataset_integrity` requires; `labels` is present in anything read as
 * a dataset.json.
 */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { certainEnding, type DatasetFiles, nnunetReads } from "./dataset-files.ts";
import { isInverted } from "./label-entries.ts";

const REQUIRED = ["channel_names", "numTraining", "file_ending"] as const;
export type RequiredKey = (typeof REQUIRED)[number];

/** Excludes keys present under a misspelt name. */
export function missingKeys(definition: DatasetDefinition): RequiredKey[] {
  const meant = new Set<string>(misspelt(definition).map((key) => key.meant));
  return REQUIRED.filter((key) => !definition.keys.includes(key) && !meant.has(key));
}

/** Keys that nnU-Net reads. */
const LOOKED_AT = [
  "labels",
  ...REQUIRED,
  "regions_class_order",
  "overwrite_image_reader_writer",
  "dataset",
] as const;

/** A key that nnU-Net ignores, and the missing key that it nearly spells. */
interface MisspeltKey {
  readonly written: string;
  readonly meant: (typeof LOOKED_AT)[number];
}

export function misspelt({ keys }: Pick<DatasetDefinition, "keys">): MisspeltKey[] {
  const missing = LOOKED_AT.filter((key) => !keys.includes(key));
  const known: readonly string[] = [...LOOKED_AT, "modality"];
  const others = [...new Set(keys)].filter((key) => !known.includes(key));
  return missing.flatMap((meant) => {
    const alike = others.filter((key) => isAlmost(key, meant));
    const [written] = alike;
    return written !== undefined && alike.length === 1 ? [{ written, meant }] : [];
  });
}

/** True if two names differ only in capitals, spaces, hyphens and underscores, or by one or two letters. */
export function isAlmost(written: string, meant: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const [a, b] = [bare(written), bare(meant)];
  return a === b || lettersOff(a, b, 3) <= (b.length < 10 ? 1 : 2);
}

/** Edit distance with insertions, deletions, substitutions and swaps, capped at `most`. */
function lettersOff(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (k: number, l: number) => rows[k]?.[l] ?? most;
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const exchanged = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          (row[j - 1] ?? most) + 1,
          at(i - 1, j - 1) + same,
          i > 1 && j > 1 && exchanged ? at(i - 2, j - 2) + 1 : most,
        ),
      );
    }
    rows.push(row);
  }
  return Math.min(most, rows[a.length]?.[b.length] ?? most);
}

/** True if `modality`, version 1's name for `channel_names`, takes its place. */
export function hasModality({ keys }: DatasetDefinition): boolean {
  return keys.includes("modality") && !keys.includes("channel_names");
}

/**
 * The value for a missing `file_ending`: the ending of the files, or without files the only one that version
 * 1 knew; null if uncertain.
 */
export function missingEnding(definition: DatasetDefinition, files: DatasetFiles | null): string | null {
  if (files) return certainEnding(files);
  const isVersion1 = ["modality", "tensorImageSize"].some((key) => definition.keys.includes(key));
  return isVersion1 || isInverted(definition) ? ".nii.gz" : null;
}

/** The correct value of `file_ending` if certain; otherwise null. */
export function rightEnding(
  { fileEnding: written }: DatasetDefinition,
  files: DatasetFiles | null,
): string | null {
  if (files?.folder || (files && !written)) return certainEnding(files);
  const pointed = `.${written ?? ""}`;
  return written?.startsWith(".") === false && nnunetReads(pointed) ? pointed : null;
}
