/** Reports cases that came as masks or layers: nnU-Net reads one label file per case. */
import { plural, pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { MaskOverlap } from "../masks/mask-overlap.ts";
import { backgroundAt, type MaskBackground } from "../masks/one-hot.ts";
import { type Finding, finding } from "./finding.ts";
import { voxelText } from "./text.ts";

export const ONE_LABEL_FILE = "one-label-file-needed";

/** Facts about a case that came as masks. */
export interface MaskFacts {
  readonly overlap: MaskOverlap;
  /** The dataset.json that came with them; its labels do not apply to masks. */
  readonly putAside: DatasetDefinition | null;
  /** How a mask was recognised as background, which a label map leaves out; null if none was. */
  readonly background?: MaskBackground | null;
}

/**
 * An error if a dataset.json shows that the case is for nnU-Net. Concerns the masks that would lose voxels
 * when merged.
 * @param names of the masks, in the order of the files or layers
 */
export function oneLabelFile(names: readonly string[], facts: MaskFacts): Finding {
  const { overlap, putAside, background = null } = facts;
  const aside = putAside ? `, so ${putAside.file} is set aside` : "";
  const at = backgroundAt(names, background);
  const [regions, lost] =
    at < 0 ? [names, overlap.lost] : [names.toSpliced(at, 1), overlap.lost.toSpliced(at, 1)];
  const isNamed = putAside && isNamedAlike(regions, putAside);
  const loses = isNamed ? lossOfMerging(regions, { voxels: overlap.voxels, lost }) : "";
  return finding(
    putAside ? "error" : "warning",
    ONE_LABEL_FILE,
    `${plural(names.length, "mask")}, but nnU-Net needs one label file`,
    `nnU-Net needs one label file per case, with one label per voxel, but ${whatTheyAre(names.length, facts)}${aside}. ${loses}${remedyOf(facts)}`,
    { regions: names.filter((_, mask) => (overlap.lost[mask] ?? 0) > 0) },
  );
}

function whatTheyAre(masks: number, { overlap, background }: MaskFacts): string {
  if (background === "one-hot") {
    return `these are ${masks} one-hot masks, of which the first is the background`;
  }
  const voxels = voxelText(overlap.voxels);
  const others = masks === 3 ? "the others overlap" : "at least two of the others overlap";
  if (background && overlap.voxels > 0) {
    const which = background === "named" ? "one" : "the first";
    return `of these ${masks} masks ${which} is the background and ${others} in ${voxels}`;
  }
  if (background) return `of these ${masks} masks one is the background`;
  if (overlap.voxels === 0) return `these are ${masks} masks that do not overlap`;
  return masks === 2
    ? `these are 2 masks that overlap in ${voxels}`
    : `at least two of these ${masks} masks overlap in ${voxels}`;
}

function remedyOf({ overlap, background }: MaskFacts): string {
  const isDisjoint = overlap.voxels === 0;
  const gives =
    "gives each overlap its own label and lists that label in the region of every mask that contains it.";
  if (background) return `Make a label map: it leaves the background out${isDisjoint ? "." : `, ${gives}`}`;
  return isDisjoint ? "Make a label map with one label for each." : `Make a label map: it ${gives}`;
}

/** True if the masks have the names of the definition's labels, in any order. */
function isNamedAlike(names: readonly string[], { labels }: DatasetDefinition): boolean {
  const known = new Set(labels.map(({ name }) => name).filter((name) => name !== "background"));
  return known.size === names.length && names.every((name) => known.has(name));
}

/** Describes the usual merge: masks written one over the other in file order. */
function lossOfMerging(names: readonly string[], { voxels, lost }: MaskOverlap): string {
  if (voxels === 0) return "";
  const losing = lost.flatMap((count, mask) => (count > 0 ? [{ count, name: names[mask] ?? "" }] : []));
  const most = losing.reduce((a, b) => (b.count > a.count ? b : a), { count: 0, name: "" });
  const last = names.at(-1) ?? "";
  if (names.length === 2) {
    return `Merged in file order, “${most.name}” would lose ${voxelText(most.count)} to “${last}”. `;
  }
  const others = losing.length - 1;
  const rest = others > 0 ? `, and ${others} ${pluralForm(others, "other", "others")} would lose some` : "";
  return `Merged in file order, “${most.name}” would lose ${voxelText(most.count)} to later masks${rest}. `;
}
