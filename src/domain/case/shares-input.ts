/** What the shares of patches of a case are computed from. */
import type { PlansConfiguration } from "../dataset/plans.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PatchSharesInput } from "../patches/patch-shares.ts";
import type { SamplingMode, Trainer } from "../targets/deep-supervision.ts";
import type { PatchSource } from "./patch-source.ts";

type Voxels = Pick<PatchSharesInput, "source" | "table">;

type AskedShares = Omit<PatchSharesInput, keyof Voxels>;

/**
 * Null where there are no shares: without plans that have a patch size and a batch size, and for labels that
 * look like an image, whose values are no labels.
 */
export function askedShares({
  hasLabels,
  set,
  configuration,
  patchSize,
  strides,
  trainer,
  mode,
}: {
  readonly hasLabels: boolean;
  readonly set: RegionSet | null;
  readonly configuration: PlansConfiguration | null;
  readonly patchSize: Triple | null;
  readonly strides: readonly Triple[];
  readonly trainer: Trainer;
  readonly mode: SamplingMode;
}): AskedShares | null {
  const batchSize = configuration?.batchSize;
  if (!hasLabels || !set || !patchSize || !batchSize) return null;
  const is2d = configuration.is2d === true && patchSize[0] === 1;
  return { set, patchSize, is2d, batchSize, strides, trainer, mode };
}

/**
 * The voxels that patches are drawn from; null while they are not known, and if there are none.
 * @param shown the source on the grid that is shown, with its table
 */
export function patchVoxels(from: PatchSource, shown: Voxels, set: RegionSet): Voxels | null {
  if (from.kind === "stored") return shown;
  if (from.kind !== "trained") return null;
  const { source } = shown;
  const { volume } = from;
  if (source.kind === "labels" && source.volume === volume) return shown;
  return { source: { kind: "labels", volume }, table: regionTable(volume.palette, set.regions) };
}
