/** Masks and layers: nnU-Net reads one label file a case. */
import type { DatasetDefinition } from "../dataset-definition.ts";
import type { MaskOverlap } from "../mask-overlap.ts";
import { type Finding, finding } from "./finding.ts";
import { plural, voxelText } from "./words.ts";

export const ONE_LABEL_FILE = "one-label-file-needed";

/** What is known of a case that came as masks. */
export interface MaskFacts {
  readonly overlap: MaskOverlap;
  /** A dataset.json that came with them; its labels do not apply to masks. */
  readonly putAside: DatasetDefinition | null;
}

/**
 * An error where a dataset.json says that this is for nnU-Net. It concerns the masks that merging would take
 * voxels from.
 * @param names of the masks, in the order of the files or layers
 */
export function oneLabelFile(names: readonly string[], { overlap, putAside }: MaskFacts): Finding {
  const n = names.length;
  const many = overlap.voxels === 0 ? `these are ${n} masks that do not overlap` : overlapping(n, overlap);
  const aside = putAside ? `, so ${putAside.file} is put aside` : "";
  const loses = putAside && isNamedAlike(names, putAside) ? lossOfMerging(names, overlap) : "";
  const repair =
    overlap.voxels === 0
      ? "Make a label map, with one label for each."
      : "Make a label map: it gives each overlap a label of its own and lists it in the region of every mask that has it.";
  return finding(
    putAside ? "error" : "warning",
    ONE_LABEL_FILE,
    `nnU-Net needs one label file a case, with one label a voxel, and ${many}${aside}. ${loses}${repair}`,
    { regions: names.filter((_, mask) => (overlap.lost[mask] ?? 0) > 0) },
  );
}

function overlapping(masks: number, { voxels }: MaskOverlap): string {
  return masks === 2
    ? `these are 2 masks that overlap in ${voxelText(voxels)}`
    : `of these ${masks} masks two or more overlap in ${voxelText(voxels)}`;
}

/** Whether the masks are what the definition calls its labels, in any order. */
function isNamedAlike(names: readonly string[], { labels }: DatasetDefinition): boolean {
  const known = new Set(labels.map(({ name }) => name).filter((name) => name !== "background"));
  return known.size === names.length && names.every((name) => known.has(name));
}

/** What the usual way would do: masks written one over the other, in the order of their files. */
function lossOfMerging(names: readonly string[], { voxels, lost }: MaskOverlap): string {
  if (voxels === 0) return "";
  const losing = lost.flatMap((count, mask) => (count > 0 ? [{ count, name: names[mask] ?? "" }] : []));
  const most = losing.reduce((a, b) => (b.count > a.count ? b : a), { count: 0, name: "" });
  const last = names.at(-1) ?? "";
  if (names.length === 2) {
    return `Merged in file order, “${most.name}” would lose ${voxelText(most.count)} to “${last}”. `;
  }
  const others = losing.length - 1;
  const rest = others > 0 ? `, and ${others} ${plural(others, "other", "others")} would lose some` : "";
  return `Merged in file order, “${most.name}” would lose ${voxelText(most.count)} to later masks${rest}. `;
}
