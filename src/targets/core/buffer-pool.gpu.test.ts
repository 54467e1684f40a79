/** Slabs that reuse the buffers of earlier slabs give the same targets as one block. */
import { afterAll, describe, expect, it } from "vitest";
import { scalesOf } from "../../domain/targets/deep-supervision.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { execute } from "../measure/run-verification.ts";
import { countTargets } from "../measure/verify.ts";
import { TARGET_PATHS } from "../paths/select-path.ts";
import { build, CASES, type TargetCase } from "../testing/target-cases.ts";
import { planBlocks } from "./block.ts";
import { BufferPool } from "./buffer-pool.ts";

const gpu = await acquireForTest();
afterAll(() => gpu.dispose());

/** Three words, and masks; both cut into slabs whose scales differ in size. */
const cases = [CASES[3], CASES[8]] as TargetCase[];

describe.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
  it("counts the same in slabs that share buffers, in either format", async () => {
    const { source, table } = build(c);
    const { shape } = sourceGrid(source);
    const scales = scalesOf(shape, c.strides);
    const plan = (bytes: number) => planBlocks(shape, c.channels, scales, "nearest-exact", bytes);
    for (const path of TARGET_PATHS.filter((p) => p.serves(source))) {
      for (const format of ["byte", "bit"] as const) {
        for (const backend of ["compute", "raster"] as const) {
          const pool = new BufferPool();
          const sums: number[][][] = [];
          for (const blocks of [plan(gpu.maxBindingBytes), plan(c.channels * shape[1] * shape[2] * 2)]) {
            const sum = scales.map(() => new Array<number>(c.channels).fill(0));
            for (const block of blocks) {
              const run = await path.open(gpu, { source, table, block, format, backend, pool });
              execute(gpu, run);
              for (const [s, row] of (await countTargets(gpu, block, run)).entries()) {
                for (const [k, n] of row.entries()) {
                  const at = sum[s];
                  if (at) at[block.firstChannel + k] = (at[block.firstChannel + k] ?? 0) + n;
                }
              }
              run.dispose();
            }
            sums.push(sum);
          }
          expect(sums[1]).toEqual(sums[0]);
          expect(gpu.liveBytes).toBeGreaterThan(0);
          pool.dispose();
          expect(gpu.liveBuffers).toEqual([]);
        }
      }
    }
  });
});

it("reuses returned buffers only for the same name and size", () => {
  const pool = new BufferPool();
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const kept = gpu.buffer("a", 100, usage);
  const tables = gpu.buffer("tables", 100, GPUBufferUsage.STORAGE);
  expect([pool.keep(kept), pool.keep(tables)]).toEqual([true, false]);
  expect([pool.buffer("a", 104), pool.buffer("b", 100), pool.buffer("tables", 100)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(pool.buffer("a", 99)).toBe(kept);
  expect(pool.buffer("a", 100)).toBeNull();
  kept.dispose();
  tables.dispose();
});
