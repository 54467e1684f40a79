/** Runs a benchmark from end to end, also on a GPU that fails. */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { benchJson } from "../../benchmark/export.ts";
import { toCsv } from "../../benchmark/export-csv.ts";
import { PATH_NAMES } from "../../domain/targets/target-paths.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { cancelledBenchmark, expectFigures, smallBenchmark } from "../testing/benchmark-fixture.ts";

vi.setConfig({ testTimeout: 180_000 });

const gpu = await acquireForTest();
afterAll(() => gpu.dispose());
afterEach(() => {
  vi.restoreAllMocks();
});

it("gives a figure for every stage and equal targets on all paths, and releases its memory", async () => {
  const before = gpu.liveBytes;
  const benchmark = await smallBenchmark(gpu);
  expectFigures(benchmark);
  expect(benchmark.clock).toBe(gpu.hasTimestamps ? "timestamp-query" : "wall");
  expect(benchmark.verified).toEqual({
    "bit-packed": { mismatches: 0 },
    "label-first": { mismatches: 0 },
  });
  expect(gpu.liveBytes).toBe(before);
});

it.each([
  /^per-channel: warm-up/,
  /^label-first: warm-up/,
  /^bit-packed: run 2/,
  /^comparing targets/,
  /^measuring limits/,
])("cancelled at the step %s, it measures nothing more, and releases its memory", async (step) => {
  const before = gpu.liveBytes;
  const encoded = await cancelledBenchmark(gpu, step);
  expect(encoded.filter((label) => /stage|upload/.test(label))).toEqual([]);
  expect(gpu.liveBytes).toBe(before);
});

describe("a path whose buffers are invalid", () => {
  /**
   * Makes buffers invalid as running out of memory does: nobody sees the error of creating one, and all work
   * with it is void.
   */
  function invalidate(match: RegExp): void {
    const { device } = gpu;
    const create = device.createBuffer.bind(device);
    vi.spyOn(device, "createBuffer").mockImplementation((descriptor) => {
      if (!match.test(descriptor.label ?? "")) return create(descriptor);
      device.pushErrorScope("validation");
      const buffer = create({ ...descriptor, usage: descriptor.usage | GPUBufferUsage.MAP_READ });
      device.popErrorScope().catch(() => undefined);
      return buffer;
    });
  }

  it.each([
    ["label-first", /^label-first/],
    ["bit-packed", /^bit-packed words of a scale$/],
  ] as const)("%s fails with its reason and without a figure; the others go on", async (name, match) => {
    const before = gpu.liveBytes;
    invalidate(match);
    const benchmark = await smallBenchmark(gpu, 1);
    expect(benchmark.failed.map(({ path }) => path)).toEqual([name]);
    expect(benchmark.failed[0]?.reason).toMatch(/^The GPU reported an error while .+\.$/);
    expect(benchmark.paths[name]).toBeUndefined();
    expect(benchmark.verified[name]).toBeUndefined();
    const others = PATH_NAMES.filter((other) => other !== name);
    expect(Object.keys(benchmark.paths)).toEqual(others);
    const document = JSON.parse(JSON.stringify(benchJson(benchmark)));
    expect(document.paths[name]).toEqual({ failed: benchmark.failed[0]?.reason });
    expect(Object.keys(document.speedup.total)).toEqual(others.filter((other) => other !== "per-channel"));
    const row = toCsv(benchmark)
      .split("\r\n")
      .filter((line) => line.startsWith(`${name},`));
    expect(row).toHaveLength(1);
    expect(row[0]).toContain(`${name},failed,,,,`);
    expect(gpu.liveBytes).toBe(before);
  });

  it("if per-channel fails, the packed paths are compared with each other and no speed-up is given", async () => {
    invalidate(/^per-channel/);
    const benchmark = await smallBenchmark(gpu, 1);
    expect(benchmark.failed.map(({ path }) => path)).toEqual(["per-channel"]);
    expect(benchmark.verified).toEqual({ "label-first": { mismatches: 0 } });
    expect(benchJson(benchmark).speedup).toBeNull();
  });

  it("a comparing kernel that compares nothing does not count as one that found no mismatch", async () => {
    invalidate(/^mismatches$/);
    const benchmark = await smallBenchmark(gpu, 1);
    expect(benchmark.failed.map(({ path }) => path)).toEqual(["bit-packed", "label-first"]);
    expect(benchmark.failed[0]?.reason).toContain("comparing the targets of bit-packed");
  });
});
