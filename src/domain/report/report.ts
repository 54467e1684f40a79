/** Builds the report of a case. */
import type { AdapterSummary } from "../../base/adapter.ts";
import type { RegionCentres } from "../analysis/region-centres.ts";
import type { RegionSurvival } from "../analysis/survival.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles } from "../dataset/dataset-files.ts";
import type { PlansConfiguration, StridesFrom } from "../dataset/plans.ts";
import type { Region, RegionSet } from "../dataset/region-set.ts";
import { type RoundTrip, roundTrip } from "../dataset/round-trip.ts";
import type { Finding } from "../findings/finding.ts";
import {
  type CaseFacts,
  caseFindings,
  definitionFindings,
  labelsPresent,
  worstFirst,
} from "../findings/findings.ts";
import type { MaskFacts } from "../findings/masks.ts";
import { patchFactsOf } from "../findings/patches.ts";
import { savedTrainingFile } from "../findings/saved-training-file.ts";
import { sides } from "../findings/sides.ts";
import { type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import type { PatchShares } from "../patches/patch-shares.ts";
import type { SharesRefused } from "../patches/shares-limits.ts";
import type { CaseReading, CaseSpacings } from "../reader/file-geometry.ts";
import type { Reader } from "../reader/reader.ts";
import type { SamplingMode, Scale, Trainer } from "../targets/deep-supervision.ts";
import type { RandomParts, VerifiedExtent } from "../targets/verified-extent.ts";
import { trainedLabels } from "../training-grid/trained-labels.ts";
import type { GridKind } from "../view/view-values.ts";
import { isEmptySegmentation } from "../volume/empty-segmentation.ts";
import type { LabelName } from "../volume/label-names.ts";
import type { ImageSigns } from "../volume/looks-like-image.ts";
import { type PaletteVolume, type Source, sourceGrid, volumeLabels } from "../volume/palette-volume.ts";
import { type ReportedPatches, reportedPatches } from "./report-patches.ts";
import { type ReportedRelations, reportedRelations } from "./report-relations.ts";
import type { ReportedResampling } from "./report-resampling.ts";
import { type ReportedSurvival, reportedSurvival } from "./report-survival.ts";

type Path = "label-first" | "bit-packed" | "per-channel";

/** The JSON that *Export report* saves and `npm run report` prints. */
export interface Report {
  readonly schema: "regionscope.report/1";
  /** The GPU that counted; null without a GPU, when the plain CPU version counted. */
  readonly adapter: Pick<AdapterSummary, "vendor" | "architecture" | "software"> | null;
  readonly case: {
    readonly name: string;
    /** `shape` and `spacing` (mm) are after the plans' transpose. */
    readonly shape: Triple;
    readonly spacing: Triple;
    readonly orientation: string;
    readonly labels: readonly { readonly value: number; readonly voxels: number }[];
  };
  /** The voxels that are reported on: those of the file, or those that nnU-Net trains on. */
  readonly grid: GridKind;
  /**
   * How the training grid was made, or why there is none and the stored grid is reported on; null if the
   * stored grid was asked for.
   */
  readonly resampling: ReportedResampling | { readonly refused: string } | null;
  /** The nnU-Net class that read the files; null if no files were read. */
  readonly reader: Reader | null;
  readonly mode: SamplingMode;
  /** The plans' configuration that the scales come from; null if strides were edited or guessed. */
  readonly configuration: string | null;
  readonly stridesFrom: StridesFrom;
  /**
   * Determines the scales and their weights, including a single full-size scale for plans without strides.
   */
  readonly trainer: Trainer;
  readonly path: Path;
  readonly pathReason: string;
  readonly regions: readonly Region[];
  readonly scales: readonly {
    readonly factors: Triple;
    readonly shape: Triple;
    readonly lossWeight: number | null;
    /** One per region; omitted for a collapsed scale, which has nothing to count. */
    readonly regionVoxels?: readonly number[];
  }[];
  /**
   * The patches that nnU-Net draws from the case, or why there are none, as where preprocessing stops, or
   * none of their shares; null without plans that have a patch size and a batch size.
   */
  readonly patches: ReportedPatches | { readonly refused: string } | null;
  /** Omitted for masks, which have no labels. */
  readonly roundTrip?: RoundTrip;
  readonly findings: readonly Finding[];
  /** Sentences on what opening the case left out or changed, and why. */
  readonly notices: readonly string[];
  /** Null without a GPU, when there is nothing to compare. */
  readonly verified: ReportedVerification | null;
  readonly relations: ReportedRelations;
  readonly survival: ReportedSurvival | null;
  /** Why `survival` is null; present only then. */
  readonly survivalLeftOut?: string;
}

/** The targets that were compared bit for bit with the per-channel path, and the result. */
interface ReportedVerification {
  readonly against: "per-channel";
  /** Number of differing target voxels. */
  readonly mismatches: number;
  /** Channels that were compared at least in part, and all channels. */
  readonly channels: number;
  readonly of: number;
  /** Random parts of a large case that were compared; present only if that is not everything. */
  readonly sample?: RandomParts;
}

interface ReportInputs {
  /** Null if the regions were counted without a GPU. */
  readonly adapter: AdapterSummary | null;
  readonly caseName: string;
  /** After the plans' transpose, on the grid that is reported on. */
  readonly source: Source;
  /** On the stored grid; omitted if that is the one reported on. */
  readonly stored?: Source;
  readonly resampling?: Report["resampling"];
  /** For findings; null or omitted without plans. */
  readonly resampled?: CaseFacts["resampled"];
  /** The file's orientation, before the transpose: "RAS". */
  readonly orientation: string;
  readonly mode: SamplingMode;
  readonly path: Path;
  readonly pathReason: string;
  readonly regionSet: RegionSet;
  readonly scales: readonly Scale[];
  readonly stridesFrom: StridesFrom;
  /** The trainer whose scales these are. */
  readonly trainer: Trainer;
  /** From the open plans; null without plans. */
  readonly configuration: PlansConfiguration | null;
  /** Scales of the plans' patch; null or omitted if the plans have none. */
  readonly patchScales?: readonly Scale[] | null;
  /** Of patches of the plans' size; null or omitted if there is nothing to compute them from. */
  readonly shares?: PatchShares | SharesRefused | null;
  /** The grid that patches are drawn from, whichever is reported on; by default the stored one. */
  readonly patchGrid?: ReportedPatches["grid"];
  /** [scale][region], counted on the GPU or by the plain CPU version. */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Null for masks and for a volume without a definition. */
  readonly definition: DatasetDefinition | null;
  /** The image's grid after the plans' transpose; null without an image. */
  readonly imageGrid: Grid | null;
  /** Number of image voxels that are NaN. */
  readonly imageNaN?: number;
  readonly isImageZero?: boolean;
  /** Shape of the box that nnU-Net crops the case to; null or omitted if it is not known. */
  readonly cropped?: Triple | null;
  /** Null or omitted if they are those of the grids. */
  readonly spacings?: CaseSpacings | null;
  readonly imageSigns?: ImageSigns | null;
  /** Facts about the dataset from file names; null for masks. */
  readonly files?: DatasetFiles | null;
  /** Null if no regions are named by side. */
  readonly centres?: RegionCentres | null;
  /** Set if the case came as masks. */
  readonly masks?: MaskFacts | null;
  readonly reading?: CaseReading | null;
  /**
   * Number of target voxels that differ from the per-channel path; null, like `extent`, if nothing was
   * compared.
   */
  readonly mismatches: number | null;
  readonly extent: VerifiedExtent | null;
  /**
   * Survival of every region, without a patch and without pooling; or a sentence that explains its absence.
   */
  readonly survival: readonly RegionSurvival[] | string;
  /** Names and colours of labels that came with the case. */
  readonly labelNames?: readonly LabelName[];
  /** The notices that the page shows for the case. */
  readonly notices?: readonly string[];
}

export function buildReport(inputs: ReportInputs): Report {
  const {
    adapter,
    source,
    regionSet,
    scales,
    stridesFrom,
    configuration,
    regionVoxels,
    definition,
    imageGrid,
    imageNaN = 0,
    isImageZero = false,
    cropped = null,
    spacings = null,
    imageSigns = null,
    files = null,
    centres = null,
    labelNames = [],
    notices = [],
    masks = null,
    reading = null,
    resampled = null,
    patchScales = null,
    shares = null,
    patchGrid = "stored",
  } = inputs;
  const grid = sourceGrid(source);
  const stored = inputs.stored ?? source;
  const { resampling = null } = inputs;
  // A training grid that changes nothing is the stored one.
  const isTrained = stored !== source || (resampling !== null && !("refused" in resampling));
  const labels = stored.kind === "labels" ? volumeLabels(stored.volume) : [];
  const present = labelsPresent(labels, imageSigns);
  const ofDefinition =
    definition && source.kind === "labels" ? definitionFindings(definition, files, present) : [];
  const ofCase = caseFindings(regionSet, definition, {
    labels,
    scales,
    stridesFrom,
    configuration,
    regionVoxels,
    patchScales,
    patches: patchFactsOf(configuration, shares),
    imageNaN,
    isImageZero,
    cropped,
    grids: imageGrid && { image: imageGrid, labels: sourceGrid(stored) },
    spacings,
    imageSigns,
    files,
    scaled: stored.kind === "labels" ? (stored.volume.scaled ?? null) : null,
    grid: sourceGrid(stored),
    isTrained,
    resampled,
    labelNames,
    isEmptySegmentation: isEmptySegmentation(stored, labelNames),
    masks,
    reading,
  });
  const ofSides = centres ? sides(regionSet, centres) : [];
  return {
    schema: "regionscope.report/1",
    adapter: adapter && {
      vendor: adapter.vendor,
      architecture: adapter.architecture,
      software: adapter.software,
    },
    case: {
      name: inputs.caseName,
      shape: grid.shape,
      spacing: (stored === source ? spacings?.labels : null) ?? spacingMm(grid),
      orientation: inputs.orientation,
      labels: source.kind === "labels" ? volumeLabels(source.volume) : [],
    },
    grid: isTrained ? "trained" : "stored",
    resampling,
    reader: reading?.geometry.reader ?? null,
    mode: inputs.mode,
    configuration: stridesFrom === "plans" ? (configuration?.name ?? null) : null,
    stridesFrom,
    trainer: inputs.trainer,
    path: inputs.path,
    pathReason: inputs.pathReason,
    regions: regionSet.regions.map(({ name, labels, classOrder, ignore }) => ({
      name,
      labels,
      classOrder,
      ignore,
    })),
    scales: scales.map((scale, s) => reportedScale(scale, regionVoxels[s])),
    patches: reportedPatches(shares, regionSet, patchGrid),
    ...(source.kind === "labels"
      ? {
          roundTrip: roundTrip(
            regionSet,
            isTrained ? keptLabels(labels, source.volume) : ofFile(labels, inputs),
          ),
        }
      : {}),
    findings: worstFirst([...ofDefinition, ...ofCase, ...ofSides]),
    notices,
    verified: verifiedPart(inputs),
    relations: reportedRelations(source, regionSet),
    ...survivalPart(inputs),
  };
}

/** In a file that was saved from a training grid, -1 is background outside the nonzero mask. */
function ofFile<T extends { readonly value: number }>(labels: readonly T[], { reading }: ReportInputs) {
  const isSaved = reading != null && savedTrainingFile(reading.geometry.labels) !== null;
  return isSaved ? labels.filter(({ value }) => value !== -1) : labels;
}

function keptLabels(labels: readonly { readonly value: number }[], trained: PaletteVolume) {
  return trainedLabels(labels, trained).filter(({ voxels }) => voxels > 0);
}

function reportedScale(
  { factors, shape, lossWeight, collapses }: Scale,
  regionVoxels: readonly number[] | undefined,
): Report["scales"][number] {
  const scale = { factors, shape, lossWeight: Number.isFinite(lossWeight) ? lossWeight : null };
  return collapses || !regionVoxels ? scale : { ...scale, regionVoxels };
}

function verifiedPart({ mismatches, extent }: ReportInputs): ReportedVerification | null {
  if (mismatches === null || extent === null) return null;
  const { channels, of, randomParts } = extent;
  return {
    against: "per-channel",
    mismatches,
    channels,
    of,
    ...(randomParts ? { sample: randomParts } : {}),
  };
}

function survivalPart({
  survival,
  regionSet,
  scales,
}: ReportInputs): Pick<Report, "survival" | "survivalLeftOut"> {
  return typeof survival === "string"
    ? { survival: null, survivalLeftOut: survival }
    : { survival: reportedSurvival(survival, regionSet.regions, scales) };
}
