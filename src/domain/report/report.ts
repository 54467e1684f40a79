import type { AdapterSummary } from "../../base/adapter.ts";
import type { RegionCentres } from "../analysis/region-centres.ts";
import type { RegionSurvival } from "../analysis/survival.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles } from "../dataset/dataset-files.ts";
import type { PlansConfiguration, StridesFrom } from "../dataset/plans.ts";
import type { Region, RegionSet } from "../dataset/region-set.ts";
import { type RoundTrip, roundTrip } from "../dataset/round-trip.ts";
import {
  caseFindings,
  definitionFindings,
  type Finding,
  labelsPresent,
  sides,
  worstFirst,
} from "../findings/findings.ts";
import type { MaskFacts } from "../findings/masks.ts";
import { type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import type { CaseReading, CaseSpacings } from "../reader/file-geometry.ts";
import type { Reader } from "../reader/reader.ts";
import type { Compared, ComparedSample } from "../targets/compared.ts";
import type { SamplingMode, Scale, Trainer } from "../targets/deep-supervision.ts";
import { isEmptySegmentation } from "../volume/empty-segmentation.ts";
import type { LabelName } from "../volume/label-names.ts";
import type { ImageSigns } from "../volume/looks-like-image.ts";
import { type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";
import { type ReportedRelations, reportedRelations } from "./report-relations.ts";
import { type ReportedSurvival, reportedSurvival } from "./report-survival.ts";

type Path = "label-first" | "bit-packed" | "per-channel";

/** The JSON that *Export report* saves and `npm run report` prints. */
export interface Report {
  readonly schema: "regionscope.report/1";
  /** Of the GPU that counted; null where there was none and the plain CPU version did. */
  readonly adapter: Pick<AdapterSummary, "vendor" | "architecture" | "software"> | null;
  readonly case: {
    readonly name: string;
    /** After the plans' transpose, as is `spacing` (mm). */
    readonly shape: Triple;
    readonly spacing: Triple;
    readonly orientation: string;
    readonly labels: readonly { readonly value: number; readonly voxels: number }[];
  };
  /** The class of nnU-Net by which the files were read; null where nothing was read. */
  readonly reader: Reader | null;
  readonly mode: SamplingMode;
  /** Of the plans that the scales come from; null where strides were edited or guessed. */
  readonly configuration: string | null;
  readonly stridesFrom: StridesFrom;
  /** Which scales there are and what they weigh: none but full size, too, where plans have no strides. */
  readonly trainer: Trainer;
  readonly path: Path;
  readonly pathReason: string;
  readonly regions: readonly Region[];
  readonly scales: readonly {
    readonly factors: Triple;
    readonly shape: Triple;
    readonly lossWeight: number | null;
    /** One a region; left out where the scale collapses, as there is nothing to count. */
    readonly regionVoxels?: readonly number[];
  }[];
  /** Left out for masks, which have no labels. */
  readonly roundTrip?: RoundTrip;
  readonly findings: readonly Finding[];
  /** Sentences: what was left out or changed when the case was opened, and why. */
  readonly notices: readonly string[];
  /** Null without a GPU: there is nothing to compare. */
  readonly verified: ReportedVerification | null;
  readonly relations: ReportedRelations;
  readonly survival: ReportedSurvival | null;
  /** Why `survival` is null; there only then. */
  readonly survivalLeftOut?: string;
}

/** What was compared bit for bit with the per-channel path, and what came of it. */
interface ReportedVerification {
  readonly against: "per-channel";
  /** Target voxels that differ. */
  readonly mismatches: number;
  /** Channels of which anything was compared, and channels in all. */
  readonly channels: number;
  readonly of: number;
  /** Which parts of a large case were compared; there only where that is not all of it. */
  readonly sample?: ComparedSample;
}

interface ReportInputs {
  /** Null where the regions were counted without a GPU. */
  readonly adapter: AdapterSummary | null;
  readonly caseName: string;
  /** After the plans' transpose. */
  readonly source: Source;
  /** Of the file, before the transpose: "RAS". */
  readonly orientation: string;
  readonly mode: SamplingMode;
  readonly path: Path;
  readonly pathReason: string;
  readonly regionSet: RegionSet;
  readonly scales: readonly Scale[];
  readonly stridesFrom: StridesFrom;
  /** Whose scales they are. */
  readonly trainer: Trainer;
  /** Of the plans that are open; null without. */
  readonly configuration: PlansConfiguration | null;
  /** [scale][region], as counted on the GPU or by the plain CPU version. */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Null for masks and for a volume without a definition. */
  readonly definition: DatasetDefinition | null;
  /** Of the image, after the plans' transpose; null without one. */
  readonly imageGrid: Grid | null;
  /** Its voxels that are NaN. */
  readonly imageNaN?: number;
  /** Null or left out where they are the grids'. */
  readonly spacings?: CaseSpacings | null;
  readonly imageSigns?: ImageSigns | null;
  /** What file names say of the dataset; null for masks. */
  readonly files?: DatasetFiles | null;
  /** Null where no regions are named by side. */
  readonly centres?: RegionCentres | null;
  /** Where the case came as masks. */
  readonly masks?: MaskFacts | null;
  readonly reading?: CaseReading | null;
  /**
   * Target voxels that differ from the per-channel path; null where they were not compared, as is `compared`.
   */
  readonly mismatches: number | null;
  readonly compared: Compared | null;
  /** Of every region, without a patch and without pooling; or the sentence that says why there is none. */
  readonly survival: readonly RegionSurvival[] | string;
  /** Names and colours of labels that came with the case. */
  readonly labelNames?: readonly LabelName[];
  /** What the page says of the case as a notice. */
  readonly notices?: readonly string[];
}

/** The distinct values of a volume, ascending, with their voxels. */
export function volumeLabels(volume: PaletteVolume): { value: number; voxels: number }[] {
  return [...volume.palette].map((value, p) => ({ value, voxels: volume.counts[p] ?? 0 }));
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
    spacings = null,
    imageSigns = null,
    files = null,
    centres = null,
    labelNames = [],
    notices = [],
    masks = null,
    reading = null,
  } = inputs;
  const grid = sourceGrid(source);
  const labels = source.kind === "labels" ? volumeLabels(source.volume) : [];
  const present = labelsPresent(labels, imageSigns);
  const ofDefinition =
    definition && source.kind === "labels" ? definitionFindings(definition, files, present) : [];
  const ofCase = caseFindings(regionSet, definition, {
    labels,
    scales,
    stridesFrom,
    configuration,
    regionVoxels,
    imageNaN,
    grids: imageGrid && { image: imageGrid, labels: grid },
    spacings,
    imageSigns,
    files,
    scaled: source.kind === "labels" ? (source.volume.scaled ?? null) : null,
    grid,
    labelNames,
    isEmptySegmentation: isEmptySegmentation(source, labelNames),
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
      spacing: spacings?.labels ?? spacingMm(grid),
      orientation: inputs.orientation,
      labels,
    },
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
    ...(source.kind === "labels" ? { roundTrip: roundTrip(regionSet, labels) } : {}),
    findings: worstFirst([...ofDefinition, ...ofCase, ...ofSides]),
    notices,
    verified: verifiedPart(inputs),
    relations: reportedRelations(source, regionSet),
    ...survivalPart(inputs),
  };
}

function reportedScale(
  { factors, shape, lossWeight, collapses }: Scale,
  regionVoxels: readonly number[] | undefined,
): Report["scales"][number] {
  const scale = { factors, shape, lossWeight: Number.isFinite(lossWeight) ? lossWeight : null };
  return collapses || !regionVoxels ? scale : { ...scale, regionVoxels };
}

function verifiedPart({ mismatches, compared }: ReportInputs): ReportedVerification | null {
  if (mismatches === null || compared === null) return null;
  const { channels, of, sample } = compared;
  return { against: "per-channel", mismatches, channels, of, ...(sample ? { sample } : {}) };
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
