/** Checks what the loss sees of the case at each scale. */
import { pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import type { StridesFrom } from "../dataset/plans.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { isUsed } from "../patches/share-text.ts";
import type { Scale } from "../targets/deep-supervision.ts";
import { type Finding, finding } from "./finding.ts";
import { goneInPatches, keptText, type PatchFacts, type PatchGrid, REMEDY, scaleText } from "./patches.ts";
import { list, percentText, regionList, voxelText } from "./text.ts";

const ORDINALS = ["first", "second", "third"] as const;

/** @param ofPatch the scales are those of the plans' patch, otherwise of the whole case */
export function collapsedScales(scales: readonly Scale[], ofPatch: boolean): Finding[] {
  return [...scales.entries()]
    .filter(([, scale]) => scale.collapses)
    .map(([s, scale]) => {
      const axes = ORDINALS.filter((_, axis) => scale.shape[axis] === 0);
      const size = (scales[0]?.shape ?? scale.shape).join("×");
      const where = ofPatch
        ? `on the plans' training patch of ${size} voxels`
        : `on a training patch of ${size} voxels, the whole case`;
      return finding(
        "error",
        "scale-collapses",
        `Nothing is left of the patch at scale ${s}`,
        `nnU-Net crashes ${where}: at scale ${s} (${scaleText(scale)}) nothing is left of it along the ` +
          `${list(axes)} axis. Use a larger patch, or plans that downsample that axis less often.`,
      );
    });
}

/**
 * nnU-Net sets the coarsest scale's weight to 0 and normalises, which is 0 / 0 with a single scale (its issue
 * 2670). Guessed strides give no finding: the case may be smaller than the patches planned for its dataset.
 */
export function undefinedWeights(scales: readonly Scale[], from: StridesFrom): Finding[] {
  if (from === "guess" || !scales.some((scale) => Number.isNaN(scale.lossWeight))) return [];
  return [
    finding(
      "error",
      "loss-weights-undefined",
      "The only scale has no weight",
      "Nothing is learned because the network has only one scale: nnU-Net gives the coarsest scale no weight, so the loss is 0/0 (NaN). " +
        "Use plans with more network stages, or train without deep supervision (nnUNetTrainerNoDeepSupervision).",
    ),
  ];
}

/** Absent regions that the volume's values already explain. */
export interface ExplainedAbsence {
  /** Labels present under other values; findings already state their remedy. */
  readonly misnumbered: ReadonlySet<number>;
  /** Labels already reported as absent. */
  readonly unseen: ReadonlySet<number>;
  /** The volume holds only background, which is reported. */
  readonly backgroundOnly: boolean;
  /** Fractions or the header must be corrected first, which is reported, so the labels are unknown. */
  readonly isUnclear: boolean;
  /** See {@link goneInPatches}; omitted if patches are drawn from what is shown. */
  readonly patchGrid?: PatchGrid;
  /**
   * Regions that the file has and the training grid has not, which is reported once it is known why; omitted
   * if none or not known.
   */
  readonly resampledAway?: readonly string[];
}

/**
 * Requires the voxel counts of every region at every scale.
 * @param patches what is known of the patches that are drawn from the case
 */
export function scaleStatusFindings(
  set: RegionSet,
  scales: readonly Scale[],
  regionVoxels: readonly (readonly number[])[],
  patches: PatchFacts,
  { misnumbered, unseen, backgroundOnly, isUnclear, patchGrid = null, resampledAway = [] }: ExplainedAbsence,
): Finding[] {
  const regions = set.regions
    .map((region, channel) => ({ region, atFullSize: regionVoxels[0]?.[channel] ?? 0, channel }))
    .filter(({ region }) => !region.ignore);
  // What training has nothing of cannot vanish at a scale.
  const present = regions.filter((r) => r.atFullSize > 0 && !resampledAway.includes(r.region.name));
  const isExplained = (labels: readonly number[]) =>
    backgroundOnly ||
    isUnclear ||
    labels.some((label) => misnumbered.has(label)) ||
    // A plain label is its own region.
    (set.trainsOn === "labels" && labels.every((label) => unseen.has(label)));
  const absent = regions.filter(
    ({ region, atFullSize }) =>
      atFullSize === 0 &&
      !resampledAway.includes(region.name) &&
      (set.fromMasks || (region.labels.length > 0 && !isExplained(region.labels))),
  );
  const ofAbsent = absentRegions(
    absent.map((r) => r.region.name),
    set,
  );
  if (patches.kind === "pending") return ofAbsent;
  if (patches.kind === "shares") return [...ofAbsent, ...goneInPatches(present, patches.shares, patchGrid)];
  const gone = groupBy(present, ({ channel }) =>
    scales.findIndex((scale, s) => isUsed(scale) && regionVoxels[s]?.[channel] === 0),
  );
  return [
    ...ofAbsent,
    ...[...gone]
      .filter(([s]) => s >= 0)
      .sort(([a], [b]) => a - b)
      .flatMap(([s, lost]) => {
        const scale = scales[s];
        return scale ? [vanished(s, scale, lost, patches.why)] : [];
      }),
  ];
}

function absentRegions(names: readonly string[], set: RegionSet): Finding[] {
  if (names.length === 0) return [];
  const labels = set.regions.filter((r) => names.includes(r.name)).flatMap((r) => r.labels);
  return [
    finding(
      "info",
      "region-absent",
      `${regionList(names, 3)} ${pluralForm(names.length, "has", "have")} no voxels`,
      `${regionList(names)} ${pluralForm(names.length, "has", "have")} no voxels in this case. If ` +
        `${pluralForm(names.length, "it", "they")} should be present, compare ${pluralForm(names.length, "its", "their")} labels with the label file.`,
      { regions: names, labels: [...new Set(labels)] },
    ),
  ];
}

function vanished(
  s: number,
  scale: Scale,
  lost: readonly {
    readonly region: { readonly name: string; readonly labels: readonly number[] };
    readonly atFullSize: number;
  }[],
  why: string,
): Finding {
  const names = lost.map((r) => r.region.name);
  const [first] = lost;
  const size =
    lost.length === 1
      ? `(${voxelText(first?.atFullSize ?? 0)} at scale 0)`
      : `(at most ${voxelText(Math.max(...lost.map((r) => r.atFullSize)))} at scale 0)`;
  const share = percentText(scale.lossWeight);
  return finding(
    "warning",
    "region-vanishes",
    `${regionList(names, 3)} ${pluralForm(names.length, "has", "have")} no voxel at scale ${s}`,
    `${regionList(names)} ${size} ${pluralForm(names.length, "has", "have")} no voxels left at scale ${s} (${scaleText(scale)}) of the whole case, a coarser ` +
      `copy of the labels that keeps ${keptText(scale)} and carries ${share} of the loss. Trained on the whole case, the network would learn at that scale that ` +
      `${pluralForm(names.length, "it is", "they are")} absent. ${why} ${REMEDY}`,
    { regions: names, labels: [...new Set(lost.flatMap((r) => r.region.labels))] },
  );
}
