/** Finds which connected components of which regions survive at each deep-supervision scale. */
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { AxisTables } from "../targets/deep-supervision.ts";
import { type Patch, patchInside } from "../targets/patch.ts";
import type { Cells, PoolingRule } from "../targets/pooling.ts";
import type { Source } from "../volume/palette-volume.ts";
import { type Box, type Components, componentsOfRuns, LISTED_COMPONENTS } from "./components.ts";
import { pooledSurvival } from "./pooled-survival.ts";
import { maskRunsOf, type PaletteRuns, rowsWithRuns } from "./rle-mask.ts";
import { samplesBefore } from "./samples-before.ts";

/** Voxel counts of a region or component, at full size and at each scale. */
export interface Survival {
  /** In the whole case. */
  readonly voxels: number;
  /** Voxels inside the patch; all voxels without a patch. */
  readonly inPatch: number;
  /**
   * Voxels of each scale that are copied from it; with pooling, those that are present and represent part of
   * it.
   */
  readonly perScale: readonly number[];
  /**
   * The first scale that has none of it; null if every scale has some, or if the patch has none to begin
   * with. Includes scales without loss weight; `vanishesForLoss` tells whether the loss misses it.
   */
  readonly vanishesAt: number | null;
}

export interface ComponentSurvival extends Survival {
  readonly box: Box;
  /** A voxel of the component, near its centre. */
  readonly example: Triple;
}

export interface RegionSurvival extends Survival {
  readonly channel: number;
  /** Largest first. Components are those of the whole case, regardless of the patch. */
  readonly components: readonly ComponentSurvival[];
  /** The smaller components that are not listed. */
  readonly rest: { readonly components: number; readonly voxels: number };
}

export interface SurvivalInput {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  /** Runs of the label volume, where they are known. */
  readonly runs?: PaletteRuns | null;
  readonly channels: readonly number[];
  /** Source indices of every scale; with a patch, the patch's (`patchTargets`). */
  readonly scales: readonly AxisTables[];
  readonly patch: Patch | null;
  /** Pools into these cells, one triple per scale, instead of sampling; nnU-Net does not do this. */
  readonly pooling?: { readonly rule: PoolingRule; readonly cells: readonly Cells[] } | null;
  /** Maximum number of components to list per region; defaults to `LISTED_COMPONENTS`. */
  readonly listed?: number;
}

/**
 * Survival of every region and its 26-connected components, region by region. Makes no target: it visits only
 * the rows that a scale samples, and counts the samples in each of their runs.
 */
export function* survivalSteps(input: SurvivalInput): Generator<RegionSurvival, void> {
  const runsOf = maskRunsOf(input.source, input.table, input.runs);
  for (const channel of input.channels) {
    yield survivalOf(componentsOfRuns(runsOf(channel), channel, input.listed ?? LISTED_COMPONENTS), input);
  }
}

/** Survival of one region with known components. */
function survivalOf(
  found: Components,
  { scales, patch, pooling }: Pick<SurvivalInput, "scales" | "patch" | "pooling">,
): RegionSurvival {
  const atScale = pooling
    ? pooling.cells.map((cells) => pooledSurvival(found, cells, pooling.rule))
    : scales.map((tables) => sampled(found, tables));
  const inside = patch ? sampled(found, boxTables(found.runs.shape, patch)) : null;
  const survivalWith = (voxels: number, pick: (counts: Sampled) => number): Survival => {
    const perScale = atScale.map(pick);
    const inPatch = inside ? pick(inside) : voxels;
    const first = perScale.indexOf(0);
    return { voxels, inPatch, perScale, vanishesAt: inPatch === 0 || first < 0 ? null : first };
  };
  const listedVoxels = found.listed.reduce((sum, { voxels }) => sum + voxels, 0);
  return {
    channel: found.channel,
    ...survivalWith(listedVoxels + found.rest.voxels, ({ all }) => all),
    components: found.listed.map((component, c) => ({
      ...survivalWith(component.voxels, ({ byComponent }) => byComponent[c] ?? 0),
      box: component.box,
      example: component.example,
    })),
    rest: found.rest,
  };
}

interface Sampled {
  readonly byComponent: Float64Array;
  /** Includes the components that are not listed. */
  readonly all: number;
}

/** How often the tables sample each component. */
function sampled({ runs, componentOf, listed }: Components, [zs, ys, xs]: AxisTables): Sampled {
  const { shape, rowStart, starts, ends } = runs;
  const [firstRow, endRow] = rowsWithRuns(runs);
  const before = samplesBefore(xs, shape[2]);
  const byComponent = new Float64Array(listed.length);
  let all = 0;
  for (const z of zs) {
    const sliceRow = z * shape[1];
    if (sliceRow + shape[1] <= firstRow || sliceRow >= endRow) continue;
    for (const y of ys) {
      const row = sliceRow + y;
      const to = rowStart[row + 1] ?? 0;
      for (let i = rowStart[row] ?? 0; i < to; i++) {
        const count = (before[ends[i] ?? 0] ?? 0) - (before[starts[i] ?? 0] ?? 0);
        if (count === 0) continue;
        all += count;
        const c = componentOf[i] ?? 0;
        if (c < byComponent.length) byComponent[c] = (byComponent[c] ?? 0) + count;
      }
    }
  }
  return { byComponent, all };
}

/** Every voxel of the patch that lies inside the case. */
function boxTables(shape: Triple, patch: Patch): AxisTables {
  const inside = patchInside(shape, patch);
  const table = (axis: 0 | 1 | 2) =>
    Uint32Array.from({ length: inside.shape[axis] }, (_, i) => inside.first[axis] + i);
  return [table(0), table(1), table(2)];
}
