/** Which regions and which of their parts are lost at lower scales, as the report lists it. */
import { type ComponentSurvival, type RegionSurvival, vanishesForLoss } from "../analysis/survival.ts";
import type { Region } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Scale } from "../targets/deep-supervision.ts";

/** Of more components of a region that vanish, the largest are listed. */
const MOST_VANISHING = 20;

/**
 * Work beyond this is left out of a report: finding the components of every region takes time in proportion
 * to the voxels of the case times its regions, half a second to a second per thousand million.
 */
const MOST_VOXELS_TIMES_REGIONS = 10_000e6;

interface ReportedComponent {
  /** At full size. */
  readonly voxels: number;
  /** A voxel of it, array axes 0, 1, 2 at full size. */
  readonly example: Triple;
  readonly perScale: readonly number[];
  /** The first scale at which nothing is left of it. */
  readonly vanishesAt: number;
  /** The first of those with loss weight; null where the loss sees it at all of its scales. */
  readonly vanishesForLossAt: number | null;
}

interface ReportedRegionSurvival {
  readonly region: string;
  /** At full size. */
  readonly voxels: number;
  readonly perScale: readonly number[];
  readonly vanishesAt: number | null;
  readonly vanishesForLossAt: number | null;
  /** 26-connected components at full size. */
  readonly components: number;
  /** Of those, the largest, which were followed to every scale; the rest were counted. */
  readonly listed: number;
  /** Of those listed, how many vanish at some scale, and at one with loss weight. */
  readonly vanishingComponents: number;
  readonly vanishingForLoss: number;
  /** The largest {@link MOST_VANISHING} of the components that vanish. */
  readonly vanishing: readonly ReportedComponent[];
}

export interface ReportedSurvival {
  readonly unit: "voxels";
  /** Neighbours by face, edge or corner belong together. */
  readonly connectivity: 26;
  /** The whole case is sampled as nnU-Net samples a patch of its size. */
  readonly patch: null;
  /** At most so many of the components of a region that vanish are listed. */
  readonly mostVanishing: number;
  /** One per region, in their order. */
  readonly regions: readonly ReportedRegionSurvival[];
}

/** Why survival is not part of a report of a case so large; null where it is. */
export function tooMuchSurvival(voxels: number, regions: number): string | null {
  if (voxels * regions <= MOST_VOXELS_TIMES_REGIONS) return null;
  const millions = (n: number) => `${Math.round(n / 1e6).toLocaleString("en-US")} million`;
  return `Survival of connected components was left out: ${millions(voxels)} voxels times ${regions.toLocaleString("en-US")} regions are more than ${millions(MOST_VOXELS_TIMES_REGIONS)}. How many voxels each region has at each scale is still given.`;
}

/** @param survival of every region in channel order, without a patch and without pooling */
export function reportedSurvival(
  survival: readonly RegionSurvival[],
  regions: readonly Region[],
  scales: readonly Scale[],
): ReportedSurvival {
  return {
    unit: "voxels",
    connectivity: 26,
    patch: null,
    mostVanishing: MOST_VANISHING,
    regions: survival.map((found) => {
      const vanishing = found.components.flatMap((component) => vanishingOf(component, scales));
      return {
        region: regions[found.channel]?.name ?? "",
        voxels: found.voxels,
        perScale: found.perScale,
        vanishesAt: found.vanishesAt,
        vanishesForLossAt: vanishesForLoss(found, scales),
        components: found.components.length + found.rest.components,
        listed: found.components.length,
        vanishingComponents: vanishing.length,
        vanishingForLoss: vanishing.filter((component) => component.vanishesForLossAt !== null).length,
        vanishing: vanishing.slice(0, MOST_VANISHING),
      };
    }),
  };
}

function vanishingOf(component: ComponentSurvival, scales: readonly Scale[]): ReportedComponent[] {
  const { voxels, example, perScale, vanishesAt } = component;
  if (vanishesAt === null) return [];
  return [{ voxels, example, perScale, vanishesAt, vanishesForLossAt: vanishesForLoss(component, scales) }];
}
