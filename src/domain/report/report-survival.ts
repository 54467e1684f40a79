/** Lists which regions and components disappear at lower scales, for the report. */
import { vanishesForLoss } from "../analysis/scale-status.ts";
import type { ComponentSurvival, RegionSurvival } from "../analysis/survival.ts";
import type { Region } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Scale } from "../targets/deep-supervision.ts";

/** Maximum number of vanishing components to list per region, largest first. */
const MAX_VANISHING = 20;

/**
 * Largest product of voxels and regions for which a report includes survival: finding every region's
 * components takes half a second to a second per thousand million.
 */
const MAX_VOXELS_TIMES_REGIONS = 10_000e6;

interface ReportedComponent {
  /** At full size. */
  readonly voxels: number;
  /** A voxel of the component, array axes 0, 1, 2 at full size. */
  readonly example: Triple;
  readonly perScale: readonly number[];
  /** The first scale at which none of it is left. */
  readonly vanishesAt: number;
  /** The first such scale with loss weight; null if it is present at all scales that the loss sees. */
  readonly vanishesForLossAt: number | null;
}

interface ReportedRegionSurvival {
  readonly region: string;
  /** At full size. */
  readonly voxels: number;
  readonly perScale: readonly number[];
  readonly vanishesAt: number | null;
  readonly vanishesForLossAt: number | null;
  /** Number of 26-connected components at full size. */
  readonly components: number;
  /** How many of the largest were followed to every scale; the rest were only counted. */
  readonly listed: number;
  /** How many of those vanish at some scale, and at one with loss weight. */
  readonly vanishingComponents: number;
  readonly vanishingForLoss: number;
  /** The largest {@link MAX_VANISHING} vanishing components. */
  readonly vanishing: readonly ReportedComponent[];
}

export interface ReportedSurvival {
  readonly unit: "voxels";
  /** Voxels that share a face, edge or corner are connected. */
  readonly connectivity: 26;
  /** The whole case is sampled as nnU-Net samples a patch of its size. */
  readonly patch: null;
  /** Maximum number of vanishing components listed per region. */
  readonly mostVanishing: number;
  /** One per region, in region order. */
  readonly regions: readonly ReportedRegionSurvival[];
}

/** Why the report omits survival for a case of this size; null if it includes it. */
export function tooMuchSurvival(voxels: number, regions: number): string | null {
  if (voxels * regions <= MAX_VOXELS_TIMES_REGIONS) return null;
  const millions = (n: number) => `${Math.round(n / 1e6).toLocaleString("en-US")} million`;
  return `Survival of connected components is omitted: ${millions(voxels)} voxels times ${regions.toLocaleString("en-US")} regions exceed ${millions(MAX_VOXELS_TIMES_REGIONS)}. The report still gives the voxels of each region at each scale.`;
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
    mostVanishing: MAX_VANISHING,
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
        vanishing: vanishing.slice(0, MAX_VANISHING),
      };
    }),
  };
}

function vanishingOf(component: ComponentSurvival, scales: readonly Scale[]): ReportedComponent[] {
  const { voxels, example, perScale, vanishesAt } = component;
  if (vanishesAt === null) return [];
  return [{ voxels, example, perScale, vanishesAt, vanishesForLossAt: vanishesForLoss(component, scales) }];
}
