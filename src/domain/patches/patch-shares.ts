/**
 * Computes in which share of the patches that nnU-Net's loader draws from a case each region is present, and
 * in which it is gone at a scale.
 *
 * The shares are exact: every patch sample counts with its probability. They leave out rotation, scaling and
 * mirroring, which the augmentation applies to some of the patches.
 */
import { mapSteps } from "../../base/time-slice.ts";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import {
  type AxisTables,
  axisTables,
  isIdentity,
  type SamplingMode,
  type Scale,
  scalesOf,
  type Trainer,
} from "../targets/deep-supervision.ts";
import { originCount } from "../targets/patch.ts";
import type { PoolingRule } from "../targets/pooling.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";
import { type BitBox, boxOfRuns } from "./bit-box.ts";
import { centreVoxels } from "./centre-voxels.ts";
import { foregroundPatches, loadedPatchSize, trainedOrigins } from "./loader.ts";
import { emptyOriginMap, markPadding, markSampled, type OriginMap } from "./origin-map.ts";
import { cellGroups, pooledBox, startsOf } from "./pooled-box.ts";
import { countMarked, type SampleGroup, sampleGroups, shareOf, withCentred } from "./sample-groups.ts";

export interface PatchSharesInput {
  /** On the grid that nnU-Net trains on. */
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly set: RegionSet;
  /** From the plans; a 2D one with a leading 1. */
  readonly patchSize: Triple;
  /** The patch has two axes in the plans. */
  readonly is2d: boolean;
  /** From the plans. The share with foreground is the same if several GPUs divide the batch. */
  readonly batchSize: number;
  readonly strides: readonly Triple[];
  /** Defaults to nnU-Net's. */
  readonly trainer?: Trainer;
  readonly mode: SamplingMode;
  /** Instead of nnU-Net's downsampling. */
  readonly pooling?: PoolingRule;
}

/** Probabilities for a patch of this case. */
export interface RegionShare {
  /** The patch contains a voxel of the region. */
  readonly inPatch: number;
  /**
   * Per scale: the patch contains the region, but no target voxel of the scale is in it. Divided by
   * `inPatch`, the share of the patches with the region.
   */
  readonly gone: readonly number[];
}

export interface PatchShares {
  /** With their loss weights: the network learns nothing from a scale of weight 0, which callers must say. */
  readonly scales: readonly Scale[];
  /** Size of the patch that the network is given. */
  readonly patchSize: Triple;
  /** Size of the patch that the loader cuts out. */
  readonly loadedSize: Triple;
  /** How many patch samples there are; the shares are taken over all of them. */
  readonly patchSamples: {
    /** Origins of patches that may lie anywhere. */
    readonly anywhere: number;
    /** Voxels that patches with foreground are centred on, once per class. */
    readonly foreground: number;
    /** Voxels that the other patches are centred on if there is an ignore label; null without. */
    readonly annotated: number | null;
  };
  /** Share of the patches that are centred on foreground. */
  readonly foregroundShare: number;
  /** One per channel, including the ignore label's. */
  readonly regions: readonly RegionShare[];
}

interface SharesProgress {
  readonly fraction: number;
}

/** Progress once the centre voxels are known, for a case of the usual kind. */
const CENTRES_FRACTION = 0.4;

/** Computes the shares in small steps, for `inTimeSlices`. */
export function* patchShares(input: PatchSharesInput): Generator<SharesProgress, PatchShares> {
  const { source, table, set } = input;
  const loader = yield* mapSteps(loaderOf(input), (part) => ({ fraction: part * CENTRES_FRACTION }));
  const runsOf = maskRunsOf(source, table);
  const regions: RegionShare[] = [];
  for (const [channel, { labels }] of set.regions.entries()) {
    const shares = sharesOfBox(loader, boxOfRuns(runsOf(channel)), labels.includes(0));
    regions.push(
      yield* mapSteps(shares, (part) => ({
        fraction: CENTRES_FRACTION + ((1 - CENTRES_FRACTION) * (channel + part)) / set.regions.length,
      })),
    );
  }
  const { scales, patchSize, loadedSize, patchSamples, foregroundShare } = loader;
  return { scales, patchSize, loadedSize, patchSamples, foregroundShare, regions };
}

/** The patches that the loader can draw, and how each of their scales is sampled. */
interface Loader extends Omit<PatchShares, "regions"> {
  readonly shape: Triple;
  readonly map: OriginMap;
  readonly groups: readonly SampleGroup[];
  /** The whole patch, then its scales. */
  readonly markings: readonly Marking[];
}

/** Yields the part that is done. */
export function* loaderOf(input: PatchSharesInput): Generator<number, Loader> {
  const { source, set, patchSize, strides } = input;
  const { shape } = sourceGrid(source);
  const loadedSize = loadedPatchSize(patchSize, input.is2d);
  const anywhere = trainedOrigins(shape, patchSize, loadedSize);
  const centres = yield* centreVoxels(source, set);
  const map = emptyOriginMap(withCentred(anywhere, shape, patchSize));
  const foregroundShare = foregroundPatches(input.batchSize) / input.batchSize;
  const scales = scalesOf(patchSize, strides, input.trainer);
  return {
    scales,
    patchSize,
    loadedSize,
    patchSamples: {
      anywhere: originCount(anywhere),
      foreground: centres.foreground.reduce((sum, { length }) => sum + length, 0),
      annotated: centres.annotated?.length ?? null,
    },
    foregroundShare,
    shape,
    map,
    groups: sampleGroups(centres, shape, patchSize, anywhere, foregroundShare, map),
    markings: [wholePatch(patchSize), ...scales.map((scale) => markingOf(scale, input))],
  };
}

/**
 * Shares of the patches that contain what is in a box. Yields the part that is done.
 * @param box null for nothing
 * @param hasBackground true if padding counts too
 */
export function* sharesOfBox(
  { shape, map, groups, markings }: Loader,
  box: BitBox | null,
  hasBackground: boolean,
): Generator<number, RegionShare> {
  const counts: Float64Array[] = [];
  for (const [done, marking] of markings.entries()) {
    const part = done / markings.length;
    yield part;
    if (marking.isWhole && counts[0]) {
      counts.push(counts[0]);
      continue;
    }
    map.bits.fill(0);
    if (box) yield* mapSteps(marking.mark(map, box), () => part);
    // Padding, which the loader labels -1 (data_loader.py:177), is background by then (nnUNetTrainer.py:846).
    if (hasBackground) markPadding(map, shape, marking.tables);
    counts.push(countMarked(map, groups));
  }
  const [whole = new Float64Array(groups.length), ...perScale] = counts;
  return { inPatch: shareOf(groups, whole), gone: perScale.map((kept) => shareOf(groups, whole, kept)) };
}

/** How a patch, or one of its scales, is sampled. */
interface Marking {
  readonly tables: AxisTables;
  /** Every voxel is sampled. */
  readonly isWhole: boolean;
  /** Marks the origins from which the region in the box is sampled. */
  readonly mark: (map: OriginMap, box: BitBox) => Generator<void, void>;
}

function wholePatch(size: Triple): Marking {
  const all = (length: number) => Uint32Array.from({ length }, (_, i) => i);
  const tables: AxisTables = [all(size[0]), all(size[1]), all(size[2])];
  return { tables, isWhole: true, mark: (map, box) => markSampled(map, box, tables) };
}

function markingOf(scale: Scale, { source, patchSize, mode, pooling }: PatchSharesInput): Marking {
  const tables = axisTables(patchSize, scale, mode);
  if (!scale.collapses && isIdentity(tables, patchSize)) return wholePatch(patchSize);
  if (!pooling) return { tables, isWhole: false, mark: (map, box) => markSampled(map, box, tables) };
  const { shape } = sourceGrid(source);
  const groups = cellGroups(patchSize, scale, mode);
  return {
    tables,
    isWhole: false,
    *mark(map, box) {
      for (const group of groups)
        yield* markSampled(map, yield* pooledBox(box, shape, group, pooling), startsOf(group));
    },
  };
}
