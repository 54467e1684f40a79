/** What the plans alone show. */
import type { PlansConfiguration } from "../plans.ts";
import { type Finding, finding } from "./finding.ts";

/**
 * Skip connections of a U-Net join feature maps that were halved with those that were not: their shapes agree only
 * where each axis can be divided by all its strides (`get_shape_must_be_divisible_by`).
 */
export function patchNotDivisible({ name, patchSize, strides }: PlansConfiguration): Finding[] {
  if (!patchSize) return [];
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
      `nnU-Net's U-Net stops because the patch of configuration “${name}”, ${written(patchSize)} voxels, cannot be halved as often as its ` +
        `strides say: each axis must be divisible by ${divisorText(divisors)}. Write a patch_size of ${written(smaller)}${different}.`,
    ),
  ];
}

/** "32", or "1×32×32" where axes differ. */
function divisorText(divisors: readonly number[]): string {
  return new Set(divisors).size === 1 ? `${divisors[0]}` : divisors.join("×");
}
