/** Loops of the pooling kernels stay below what any driver allows. */
import { expect, test } from "vitest";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { MAX_CELL_VOXELS, type PoolingRule } from "../../domain/targets/pooling.ts";
import { GROUP_INVOCATIONS, MAX_VOXELS_ALONE } from "./pool-words.ts";

/** A quarter of the 65,535 after which llvmpipe ends the loops of an invocation. */
const MAX_TURNS = 16_384;

/** Bits of the counters of an invocation; the lowest three of `pool/majority` are not in a loop. */
const COUNTER_BITS = 11;
const BITS_WITHOUT_LOOP = 3;

/** Upper bound of the turns of all loops of one invocation that pools a cell of this size. */
function maxTurns(rule: PoolingRule, cell: Triple): number {
  const voxels = voxelCount(cell);
  if (voxels <= MAX_VOXELS_ALONE) {
    const walk = cell[0] + cell[0] * cell[1] + voxels;
    return rule === "majority" ? walk + voxels * (COUNTER_BITS - BITS_WITHOUT_LOOP) + COUNTER_BITS : walk;
  }
  const own = Math.ceil(voxels / GROUP_INVOCATIONS);
  return rule === "majority" ? own * (1 + COUNTER_BITS) + 32 * (1 + COUNTER_BITS) + 32 : own;
}

test("no invocation loops more often than any driver allows, whatever the cell", () => {
  const sides = [
    1, 2, 3, 7, 10, 11, 16, 25, 31, 32, 33, 40, 41, 64, 100, 255, 1023, 1024, 1025, 4096, 65_535,
  ];
  let largest = 0;
  for (const rule of ["any", "all", "majority"] satisfies PoolingRule[])
    for (const z of sides)
      for (const y of sides)
        for (const x of sides) {
          const cell: Triple = [z, y, x];
          const voxels = voxelCount(cell);
          if (voxels > MAX_CELL_VOXELS) continue;
          expect(maxTurns(rule, cell), `${rule} ${cell.join(" × ")}`).toBeLessThanOrEqual(MAX_TURNS);
          // Some invocation looks at every voxel.
          expect(maxTurns(rule, cell) * (voxels > MAX_VOXELS_ALONE ? 64 : 1)).toBeGreaterThanOrEqual(voxels);
          largest = Math.max(largest, voxels);
        }
  expect(largest).toBe(MAX_CELL_VOXELS);
});
