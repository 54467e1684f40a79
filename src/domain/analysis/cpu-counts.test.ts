/** Tests the voxel counts without a GPU, for every path and pooling rule. */
import { describe, expect, it } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { benchRegions, benchVolume } from "../phantom/bench-workload.ts";
import { axisTables, defaultStrides, scalesOf } from "../targets/deep-supervision.ts";
import { patchTargets, placePatch } from "../targets/patch.ts";
import { type PoolingRule, targetCells } from "../targets/pooling.ts";
import { countRegions, encodeWords, maskOf } from "../targets/reference.ts";
import { poolWords } from "../testing/pool-words.ts";
import { regionVoxelsAt } from "../testing/region-voxels-at.ts";
import type { MaskStack, PaletteVolume, Source } from "../volume/palette-volume.ts";
import { type CpuCountJob, type CpuCounts, cpuCountSteps } from "./cpu-counts.ts";

const PATHS = ["label-first", "bit-packed", "per-channel"] as const;
const RULES: readonly PoolingRule[] = ["any", "all", "majority"];
const CHANNELS = 41;

/** The benchmark's volume, cropped to a shape that no stride divides. */
function oddVolume(): PaletteVolume {
  const whole = benchVolume(24, 5);
  const shape: Triple = [9, 23, 19];
  const indices = new Uint8Array(voxelCount(shape));
  const counts = new Float64Array(whole.palette.length);
  let to = 0;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++)
      for (let x = 0; x < shape[2]; x++) {
        const entry = whole.indices[(z * 24 + y) * 24 + x] ?? 0;
        indices[to++] = entry;
        counts[entry] = (counts[entry] ?? 0) + 1;
      }
  return { grid: { ...whole.grid, shape }, palette: whole.palette, indices, counts };
}

const volume = oddVolume();
const { shape } = volume.grid;
const table = regionTable(volume.palette, benchRegions(CHANNELS).regions);
const labels: Source = { kind: "labels", volume };
const masks: Source = { kind: "masks", stack: stackOf() };

function stackOf(): MaskStack {
  const bitPlanes = Array.from({ length: CHANNELS }, (_, channel) => {
    const bitPlane = new Uint32Array(Math.ceil(voxelCount(shape) / 32));
    maskOf(labels, table, channel).forEach((voxel, i) => {
      bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (voxel << (i & 31));
    });
    return bitPlane;
  });
  return { grid: volume.grid, names: bitPlanes.map((_, c) => `${c}`), bitPlanes };
}

function counted(job: Partial<CpuCountJob>): CpuCounts & { readonly fractions: readonly number[] } {
  const whole: CpuCountJob = {
    source: labels,
    table,
    channels: CHANNELS,
    path: "label-first",
    pooling: null,
    scales: [],
    ...job,
  };
  const fractions: number[] = [];
  const steps = cpuCountSteps(whole);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { ...step.value, fractions };
    fractions.push(step.value);
  }
}

describe("counts without a GPU", () => {
  const scales = scalesOf(shape, defaultStrides());
  const tables = scales.map((scale) => axisTables(shape, scale, "nearest-exact"));
  const expected = tables.map((axes) => regionVoxelsAt(labels, table, CHANNELS, axes));

  it.each(PATHS)("by %s equal the plain look-up at every scale", (path) => {
    const { regionVoxels, fractions } = counted({ scales: tables, path });
    expect(regionVoxels).toEqual(expected);
    expect(regionVoxels[0]?.some((n) => n > 0)).toBe(true);
    expect(fractions.at(-1)).toBeCloseTo(1);
    expect(fractions.toSorted((a, b) => a - b)).toEqual(fractions);
  });

  it.each(["bit-packed", "per-channel"] as const)("of masks by %s equal those of the same labels", (path) => {
    expect(counted({ source: masks, table: null, scales: tables, path }).regionVoxels).toEqual(expected);
  });

  it("contain the voxels of every palette entry on the label-first path", () => {
    const { entryVoxels } = counted({ scales: tables });
    expect(entryVoxels?.[0]).toEqual([...volume.counts]);
    expect(counted({ scales: tables, path: "bit-packed" }).entryVoxels).toBeNull();
  });

  it("are refused for masks by label-first, and for labels without their region table", () => {
    expect(() => counted({ source: masks, table: null, scales: tables })).toThrow(/one label volume/);
    expect(() => counted({ table: null, scales: tables })).toThrow(/region table/);
  });

  it("are empty without channels, and 0 at a collapsed scale", () => {
    const nothing = [new Uint32Array(0), new Uint32Array(0), new Uint32Array(0)] as const;
    expect(counted({ scales: [nothing] }).regionVoxels).toEqual([new Array(CHANNELS).fill(0)]);
    const none = { channels: 0, table: regionTable(volume.palette, []) };
    for (const path of PATHS) expect(counted({ ...none, scales: tables, path }).regionVoxels[0]).toEqual([]);
  });

  describe.each(RULES)("pooled by %s", (rule) => {
    const patch = placePatch(shape, [8, 32, 16], [0, 0, 3]);
    it.each([
      ["the whole case", null],
      ["a patch that sticks out of it", patch],
    ])("equal those of the pooled words, for %s", (_, at) => {
      const of = at ? patchTargets(shape, at, defaultStrides(), "nearest-exact") : { scales, tables };
      const cells = targetCells(shape, at, of.scales, "nearest-exact");
      const words = encodeWords(volume, table);
      const voxels = voxelCount(shape);
      const pooled = cells.map((scale) => {
        const wordPlanes = [0, 1].map((w) =>
          poolWords(words.subarray(w * voxels, (w + 1) * voxels), shape, scale, rule),
        );
        const all = Uint32Array.from(wordPlanes.flatMap((wordPlane) => [...wordPlane]));
        return countRegions(all, wordPlanes[0]?.length ?? 0, CHANNELS);
      });
      const pooling = { rule, cells };
      expect(counted({ scales: of.tables, pooling }).regionVoxels).toEqual(pooled);
      expect(counted({ source: masks, table: null, scales: of.tables, pooling }).regionVoxels).toEqual(
        pooled,
      );
    });
  });
});
