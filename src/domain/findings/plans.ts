/** What the plans alone show. */
import type { PlansConfiguration } from "../plans.ts";
import { type Finding, finding } from "./finding.ts";

/**
 * A skip connection joins two feature maps of a U-Net, one of which was divided by a stride and multiplied again.
 * Their shapes agree only if the product of an axis's strides divides it (`get_shape_must_be_divisible_by`).
 */
export function patchNotDivisible({ name, patchSize, strides }: PlansConfiguration): Finding[] {
  if (!patchSize || !strides) return [];
  const divisors = [0, 1, 2].map((axis) =>
    strides.reduce((product, stage) => product * (stage[axis] ?? 1), 1),
  );
  const by = (round: (quotient: number) => number) =>
    patchSize.map(
      (length, axis) => Math.max(1, round(length / (divisors[axis] ?? 1))) * (divisors[axis] ?? 1),
    );
  const [smaller, larger] = [by(Math.floor), by(Math.ceil)];
  if (smaller.every((length, axis) => length === patchSize[axis])) return [];
  const written = (lengths: readonly number[]) => lengths.join("×");
  const different = written(smaller) === written(larger) ? "" : ` or ${written(larger)}`;
  return [
    finding(
      "error",
      "patch-not-divisible",
      `nnU-Net's U-Net stops because the patch of configuration “${name}”, ${written(patchSize)} voxels, cannot be divided by its strides: ` +
        `each axis must be divisible by their product, ${divisorText(divisors)}. Write a patch_size of ${written(smaller)}${different}.`,
    ),
  ];
}

/** "32", or "1×32×32" where axes differ. */
function divisorText(divisors: readonly number[]): string {
  return new Set(divisors).size === 1 ? `${divisors[0]}` : divisors.join("×");
}
