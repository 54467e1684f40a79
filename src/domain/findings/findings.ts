/** Collects what an annotator should know about a definition and a case; the entry point of `findings/`. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles, DatasetFolder } from "../dataset/dataset-files.ts";
import { effectiveEntries, hasRegions } from "../dataset/label-entries.ts";
import type { PlansConfiguration, StridesFrom } from "../dataset/plans.ts";
import { isLabel, type RegionSet, regionSetFromDefinition } from "../dataset/region-set.ts";
import type { Grid, Triple } from "../geometry/grid.ts";
import type { Spacings } from "../geometry/grid-difference.ts";
import { type CaseReading, type CaseSpacings, labelFiles } from "../reader/file-geometry.ts";
import type { Scale } from "../targets/deep-supervision.ts";
import type { RegionChange } from "../training-grid/resampling-changes.ts";
import type { LabelName } from "../volume/label-names.ts";
import type { ImageSigns } from "../volume/looks-like-image.ts";
import type { ScaledValues } from "../volume/palette-builder.ts";
import { caseChannels } from "./case-channels.ts";
import { channelNames } from "./channel-names.ts";
import { classOrder, isUsable } from "./class-order.ts";
import { keysMissing, misspeltKeys, repeatedKeys } from "./dataset-keys.ts";
import { emptySegmentation } from "./empty-segmentation.ts";
import { fileBeside } from "./file-beside.ts";
import { fileEnding, misnamedFiles } from "./file-names.ts";
import { type Finding, SEVERITIES } from "./finding.ts";
import { folderNames } from "./folder-names.ts";
import { imageGrid, type Unoriented } from "./image-grid.ts";
import { imageNaN } from "./image-nan.ts";
import { imageZero } from "./image-zero.ts";
import { contradictingNames } from "./label-names.ts";
import { notInteger } from "./label-numbers.ts";
import {
  background,
  consecutive,
  duplicateKeys,
  ignoreLabel,
  ignoreMisspelt,
  inverted,
  labelsEmpty,
} from "./label-values.ts";
import { listedFiles } from "./listed-files.ts";
import { FIRST_OF_ALL, looksLikeImage } from "./looks-like-image.ts";
import { type MaskFacts, oneLabelFile } from "./masks.ts";
import { duplicateRegions, emptyRegions, sharedLabels, withBackground } from "./overlap.ts";
import { type PatchFacts, patchFactsOf } from "./patches.ts";
import { otherPreprocessor, patchNotDivisible, plansOtherSpacing, resamplingUnnamed } from "./plans.ts";
import { readerFindings } from "./readers.ts";
import {
  croppedAway,
  type RefusedFacts,
  type ResampledFacts,
  resamplingGaps,
  resamplingRefused,
  vanishesInResampling,
} from "./resampling.ts";
import { decoding } from "./round-trip.ts";
import { EXPLAINED, savedTrainingFile } from "./saved-training-file.ts";
import { collapsedScales, scaleStatusFindings, undefinedWeights } from "./scales.ts";
import { incompleteCases, trainingCases } from "./training-cases.ts";
import { NO_VALUES, volumeValues } from "./volume-values.ts";
import { negativeEntries, zeroAsBackground } from "./zero-and-below.ts";

/** Facts about the open case. */
export interface CaseFacts {
  /** Values of the label volume; empty for masks. */
  readonly labels: readonly { readonly value: number; readonly voxels: number }[];
  readonly scales: readonly Scale[];
  readonly stridesFrom: StridesFrom;
  /** From the plans; null without plans. */
  readonly configuration: PlansConfiguration | null;
  /** [scale][region]; null while counting. */
  readonly regionVoxels: readonly (readonly number[])[] | null;
  /** Grids of the image and the labels; null without an image. */
  readonly grids: { readonly image: Grid; readonly labels: Grid } | null;
  /** Number of image voxels that are NaN. */
  readonly imageNaN?: number;
  /** All channels of the image are open, and zero everywhere. */
  readonly isImageZero?: boolean;
  /** Spacings that the reader passes on; omitted if they are those of the grids. */
  readonly spacings?: CaseSpacings | null;
  /** Why the labels appear to be an image; null if they do not. */
  readonly imageSigns?: ImageSigns | null;
  /** Facts from the file names; null for masks. */
  readonly files?: DatasetFiles | null;
  /** How the header changed the stored values; null if it did not. */
  readonly scaled?: ScaledValues | null;
  /** Grid of the labels or masks, after the plans' transpose. */
  readonly grid?: Grid;
  /**
   * Shape of the box that nnU-Net crops the case to, along the axes of `grid`; null or omitted if not known.
   */
  readonly cropped?: Triple | null;
  /** `scales` and `regionVoxels` are those of the training grid. */
  readonly isTrained?: boolean;
  /** Names that came with the labels. */
  readonly labelNames?: readonly LabelName[];
  /** The file is what 3D Slicer saves before any segment is painted. */
  readonly isEmptySegmentation?: boolean;
  /** Set if the case came as masks. */
  readonly masks?: MaskFacts | null;
  /** How nnU-Net reads the files; null if they have no headers. */
  readonly reading?: CaseReading | null;
  /** Scales of the plans' patch; null or omitted if the plans have none. */
  readonly patchScales?: readonly Scale[] | null;
  /** Omitted if nothing is known of patches. */
  readonly patches?: PatchFacts;
  /**
   * What cropping and resampling changed, or why nothing is known of it; `pending` while it is found out.
   * Null or omitted without plans.
   */
  readonly resampled?: ResampledFacts | RefusedFacts | "pending" | null;
}

/**
 * Sorts by severity, preceded by the one finding that explains all others. Within a severity the order stays,
 * so that a cause precedes its consequences.
 */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const rank = ({ code, severity }: Finding) => (code === FIRST_OF_ALL ? -1 : SEVERITIES.indexOf(severity));
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Findings from the definition alone. Round trips and shared labels are judged only if `regions_class_order`
 * is usable: until then the finding about the order is the one to act on.
 * @param files files of the case that the definition is for; null if none is open
 * @param present labels of its volume ({@link labelsPresent}): no repair gives voxels the number of others
 */
export function definitionFindings(
  definition: DatasetDefinition,
  files: DatasetFiles | null = null,
  present: readonly number[] = [],
): Finding[] {
  const entries = effectiveEntries(definition);
  const ofKeys = [
    ...repeatedKeys(definition),
    ...misspeltKeys(definition, hasRegions(entries)),
    ...keysMissing(definition, files),
    ...channelNames(definition),
    ...fileEnding(definition, files),
    ...trainingCases(definition, files),
    ...listedFiles(definition, files),
    ...caseChannels(definition, files),
  ];
  if (entries.length === 0) return worstFirst([labelsEmpty(), ...ofKeys]);
  const set = regionSetFromDefinition(definition);
  const repeated = duplicateKeys(definition, present);
  return worstFirst([
    ...inverted(definition),
    ...ofKeys,
    ...repeated,
    ...background(entries, present),
    ...notInteger(entries),
    // With two ignore labels it would judge only the last.
    ...(repeated.some(({ code }) => code === "ignore-twice") ? [] : ignoreLabel(entries, present)),
    ...consecutive(entries, present),
    ...negativeEntries(entries, present),
    ...zeroAsBackground(entries),
    ...ignoreMisspelt(entries),
    ...classOrder(definition, set),
    ...(isUsable(definition, set) ? [...decoding(set), ...sharedLabels(set)] : []),
    ...emptyRegions(entries),
    ...duplicateRegions(entries, present),
    ...withBackground(set),
  ]);
}

/**
 * The volume's values that can be labels of structures, ascending; empty for an image, whose values mean
 * nothing.
 */
export function labelsPresent(labels: CaseFacts["labels"], imageSigns: ImageSigns | null): number[] {
  if (imageSigns) return [];
  return labels.filter(({ value, voxels }) => voxels > 0 && isLabel(value)).map(({ value }) => value);
}

/**
 * Findings from the case, in addition to {@link definitionFindings}. `definition` is null for a bare volume
 * and for masks.
 */
export function caseFindings(
  set: RegionSet,
  definition: DatasetDefinition | null,
  facts: CaseFacts,
): Finding[] {
  if (facts.isEmptySegmentation) return [emptySegmentation()];
  const { imageSigns = null, scaled = null } = facts;
  const values = set.fromMasks
    ? NO_VALUES
    : volumeValues(definition, facts.labels, { isImage: imageSigns !== null, scaled });
  // In an image, values that happen to equal labels mean nothing.
  const { changed, refused, isGuessed } = resamplingOf(imageSigns ? { ...facts, resampled: null } : facts);
  const cropped = croppedAway(set, (changed ?? refused)?.regions ?? []);
  const vanished = changed ? vanishesInResampling(set, changed) : [];
  const otherSpacing = (someVanish: boolean) =>
    facts.configuration && facts.grid && !facts.isTrained
      ? plansOtherSpacing(facts.configuration, facts.grid, someVanish, facts.spacings?.labels, facts.cropped)
      : [];
  const { patchScales = null } = facts;
  // From a case at which it stops, nnU-Net draws no patches.
  const patches: PatchFacts =
    refused?.refused.problem?.kind === "stops"
      ? { kind: "pending" }
      : (facts.patches ?? patchFactsOf(facts.configuration, null));
  const statuses =
    facts.regionVoxels && !imageSigns
      ? scaleStatusFindings(set, facts.scales, facts.regionVoxels, patches, {
          ...values,
          resampledAway: set.regions.flatMap(({ name, labels }, channel) => {
            const isAway =
              isLost(changed?.regions[channel]) ||
              isCroppedAway(refused?.regions?.[channel]) ||
              (facts.isTrained && facts.regionVoxels?.[0]?.[channel] === 0 && isInFile(labels, facts));
            return isAway ? [name] : [];
          }),
          patchGrid: facts.isTrained
            ? null
            : changed
              ? "trained"
              : otherSpacing(false).length > 0
                ? "resampled-later"
                : null,
        })
      : [];
  const someVanish = statuses.some(({ code }) => code === "region-vanishes");
  const saved = facts.reading && !set.fromMasks ? savedTrainingFile(facts.reading.geometry.labels) : null;
  const seen = [
    ...(saved ? [saved] : []),
    ...(imageSigns ? [looksLikeImage(imageSigns)] : []),
    ...(facts.masks ? [oneLabelFile(namesOf(set), facts.masks)] : []),
    ...(facts.files?.folder && !listsItsFiles(definition) ? folderFindings(facts.files.folder) : []),
    ...(facts.reading ? fileBeside(facts.files?.besides ?? [], facts.reading) : []),
    ...values.findings,
    ...(definition && !set.fromMasks && !imageSigns
      ? contradictingNames(definition, facts.labelNames ?? [])
      : []),
    ...(facts.configuration ? patchNotDivisible(facts.configuration) : []),
    ...(facts.configuration ? otherPreprocessor(facts.configuration) : []),
    ...(refused ? resamplingRefused(refused) : []),
    ...cropped,
    ...vanished,
    ...(changed ? resamplingGaps(set, changed) : []),
    ...(isGuessed ? otherSpacing(someVanish) : []),
    ...collapsedScales(patchScales ?? facts.scales, patchScales !== null),
    ...undefinedWeights(facts.scales, facts.stridesFrom),
    ...statuses,
    ...(facts.reading ? readerFindings(facts.reading) : []),
    ...imageNaN(facts.imageNaN ?? 0),
    ...imageZero(facts.isImageZero ?? false),
    ...(facts.grids
      ? imageGrid(
          facts.grids.image,
          facts.grids.labels,
          bothOf(facts.spacings),
          facts.reading ? unorientedOf(facts.reading) : undefined,
        )
      : []),
    // Last of its severity: what is wrong with the case itself is about the labels.
    ...(facts.configuration ? resamplingUnnamed(facts.configuration) : []),
  ];
  return worstFirst(saved ? seen.filter(({ code }) => !EXPLAINED.includes(code)) : seen);
}

interface KnownResampling {
  readonly changed: ResampledFacts | null;
  readonly refused: RefusedFacts | null;
  /** What resampling changes has to be guessed from the spacing. */
  readonly isGuessed: boolean;
}

function resamplingOf({ resampled, isTrained }: CaseFacts): KnownResampling {
  if (!resampled || resampled === "pending")
    return { changed: null, refused: null, isGuessed: !resampled && !isTrained };
  if (!("refused" in resampled)) return { changed: resampled, refused: null, isGuessed: false };
  return { changed: null, refused: resampled, isGuessed: resampled.refused.problem?.kind !== "stops" };
}

/** The file has some of the labels, whatever its training grid has of them. */
function isInFile(wanted: readonly number[], { labels }: CaseFacts): boolean {
  return labels.some(({ value, voxels }) => voxels > 0 && wanted.includes(value));
}

/** The case has voxels of a region, and its training grid has none. */
function isLost(change: RegionChange | undefined): boolean {
  return change !== undefined && (change.isGone || isCroppedAway(change));
}

function isCroppedAway(region: Pick<RegionChange, "inside" | "outside"> | undefined): boolean {
  return region !== undefined && region.inside === 0 && region.outside > 0;
}

/** True if `dataset` lists the paths of images and labels, so that nnU-Net does not search the folders. */
export function listsItsFiles(definition: DatasetDefinition | null): boolean {
  return definition?.keys.includes("dataset") ?? false;
}

function folderFindings(folder: DatasetFolder): Finding[] {
  return [
    ...folderNames(folder),
    ...(folder.misnamed ? [misnamedFiles(folder.misnamed)] : []),
    ...incompleteCases(folder),
  ];
}

function unorientedOf({ geometry }: CaseReading): Unoriented {
  return {
    image: geometry.image?.unoriented ?? false,
    labels: labelFiles(geometry).some(({ unoriented }) => unoriented),
  };
}

function bothOf(spacings: CaseSpacings | null | undefined): Spacings | null {
  return spacings?.image ? { labels: spacings.labels, image: spacings.image } : null;
}

function namesOf({ regions }: RegionSet): string[] {
  return regions.map(({ name }) => name);
}
