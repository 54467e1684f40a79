/** Occupancy and brick distances on the GPU, compared with plain loops. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readU32 } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { build, CASES } from "../../targets/testing/target-cases.ts";
import { colorsOf, residentOf, type SurfaceCase } from "../testing/surface-fixture.ts";
import { OccupancyGrid, voxelSource } from "./occupancy-grid.ts";
import type { SurfaceLayer } from "./surface-scene.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

/**
 * Returns a voxel's bit in its u32: parity along axes 0, 1, 2 first, then the upper halves along axes 2 and
 * 1.
 */
function bitOf([z, y, x]: Triple): number {
  return 4 * (z % 2) + 2 * (y % 2) + (x % 2) + 8 * Math.floor((x % 4) / 2) + 16 * Math.floor((y % 4) / 2);
}

function* positions([depth, height, width]: Triple): Generator<Triple> {
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) yield [z, y, x];
}

function expectedOccupancy(isShown: readonly boolean[], shape: Triple): Uint32Array {
  const grid: Triple = [Math.ceil(shape[0] / 2), Math.ceil(shape[1] / 4), Math.ceil(shape[2] / 4)];
  const words = new Uint32Array(voxelCount(grid));
  let voxel = 0;
  for (const at of positions(shape)) {
    const row = Math.floor(at[0] / 2) * grid[1] + Math.floor(at[1] / 4);
    const word = row * grid[2] + Math.floor(at[2] / 4);
    if (isShown[voxel++]) words[word] = ((words[word] ?? 0) | (1 << bitOf(at))) >>> 0;
  }
  return words;
}

function expectedDistances(isShown: readonly boolean[], shape: Triple): number[] {
  const bricks: Triple = [Math.ceil(shape[0] / 8), Math.ceil(shape[1] / 8), Math.ceil(shape[2] / 8)];
  const occupied = new Set<string>();
  let voxel = 0;
  for (const at of positions(shape)) if (isShown[voxel++]) occupied.add(at.map((i) => i >> 3).join());
  const all = [...occupied].map((key) => key.split(",").map(Number));
  return [...positions(bricks)].map((at) =>
    Math.min(8, ...all.map((other) => Math.max(...at.map((i, axis) => Math.abs(i - (other[axis] ?? 0)))))),
  );
}

async function expectAsCounted(testCase: SurfaceCase, scale: number, layers: readonly SurfaceLayer[]) {
  const resident = await residentOf(gpu, testCase);
  const occupancy = await OccupancyGrid.create(gpu);
  const source = voxelSource(resident.shown, scale);
  const shape = testCase.targets.scales[scale]?.shape ?? [0, 0, 0];
  if (!source) throw new Error("nothing to show");
  gpu.submit("occupancy", (encoder) => occupancy.encode(encoder, source, layers));
  const isShown = colorsOf(testCase, scale, layers).map((color) => color !== null);
  const read = async (buffer: GPUBuffer, count: number) => [
    ...(await readU32(gpu, { buffer, bytes: count * 4, label: "", dispose() {} }, count)),
  ];
  const expected = [...expectedOccupancy(isShown, shape)];
  expect(await read(occupancy.occupancy, expected.length)).toEqual(expected);
  const distances = expectedDistances(isShown, shape);
  expect(await read(occupancy.distances, distances.length)).toEqual(distances);
  occupancy.dispose();
  resident.dispose();
  return isShown.filter(Boolean).length;
}

const layersOf = (...channels: readonly number[]): SurfaceLayer[] =>
  channels.map((channel) => ({ channel, color: [1, 0, 0] }));

describe("occupancy", () => {
  for (const target of CASES)
    it(`is that of the shown regions at every scale: ${target.name}`, async () => {
      const { source, table } = build(target);
      const targets = placedTargets(target.shape, null, target.strides, "nearest-exact");
      const layers = layersOf(0, target.channels - 1);
      let shown = 0;
      for (const [scale, { shape }] of targets.scales.entries())
        if (voxelCount(shape) > 0) shown += await expectAsCounted({ source, table, targets }, scale, layers);
      expect(shown).toBeGreaterThan(0);
    });

  it.each(["any", "all", "majority"] as const)("is that of pooled regions, %s", async (pooling) => {
    const target = CASES[3];
    if (!target) throw new Error("no case");
    const { source, table } = build(target);
    const targets = placedTargets(target.shape, null, target.strides, "nearest-exact");
    await expectAsCounted({ source, table, targets, pooling }, 1, layersOf(3, 40, 72));
  });

  it("counts distances across bricks, up to the maximum", async () => {
    const shape: Triple = [24, 90, 17];
    const grid = { shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
    const indices = new Uint8Array(voxelCount(shape));
    indices[(20 * 90 + 3) * 17 + 16] = 1;
    const volume = { grid, indices, palette: Float64Array.of(0, 5), counts: Float64Array.of(1, 1) };
    const table = { channels: 1, words: 1, paletteSize: 2, bits: Uint32Array.of(0, 1) };
    const targets = placedTargets(shape, null, [[1, 1, 1]], "nearest-exact");
    const testCase: SurfaceCase = { source: { kind: "labels", volume }, table, targets };
    expect(await expectAsCounted(testCase, 0, layersOf(0))).toBe(1);
    expect(await expectAsCounted(testCase, 0, [])).toBe(0);
  });
});
