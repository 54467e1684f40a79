/** Runs a small benchmark for tests, and checks what must hold of the figures of any benchmark. */
import { expect, vi } from "vitest";
import { benchJson, toJson } from "../../benchmark/export.ts";
import { toCsv } from "../../benchmark/export-csv.ts";
import { toMarkdown } from "../../benchmark/export-markdown.ts";
import { DEFAULT_PROJECTION } from "../../benchmark/projection-inputs.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { benchRegions, benchVolume } from "../../domain/phantom/bench-workload.ts";
import { defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { PATH_NAMES, STAGES } from "../../domain/targets/target-paths.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { planBlocks } from "../core/block.ts";
import type { PathInput } from "../core/target-path.ts";
import { type BenchmarkJob, runBenchmark } from "../measure/run-benchmark.ts";

const SHAPE: Triple = [32, 32, 32];
const CHANNELS = 4;

const volume = benchVolume(SHAPE[0], 1);
const source = { kind: "labels", volume } as const;
const table = regionTable(volume.palette, benchRegions(CHANNELS).regions);
const scales = scalesOf(SHAPE, defaultStrides());

const job: Omit<BenchmarkJob, "repeats"> = {
  items: [{ source, table }],
  channels: CHANNELS,
  scales,
  mode: "nearest-exact",
  targetFormat: "byte",
  size: SHAPE[0],
};

/** @param repeats one if the spread does not matter */
export function smallBenchmark(gpu: Gpu, repeats = 3): Promise<BenchmarkResult> {
  return runBenchmark(gpu, { ...job, repeats }, () => undefined, new AbortController().signal);
}

/** Runs it until it announces a step. @returns what it did after the cancel, as labels of submissions */
export async function cancelledBenchmark(gpu: Gpu, at: RegExp): Promise<string[]> {
  const abort = new AbortController();
  const { device } = gpu;
  const encoded: string[] = [];
  const encode = device.createCommandEncoder.bind(device);
  const watch = vi.spyOn(device, "createCommandEncoder").mockImplementation((descriptor) => {
    if (abort.signal.aborted) encoded.push(descriptor?.label ?? "");
    return encode(descriptor);
  });
  const onProgress = ({ step }: { readonly step: string }) => at.test(step) && abort.abort();
  const run = runBenchmark(gpu, { ...job, repeats: 3 }, onProgress, abort.signal);
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
  watch.mockRestore();
  return encoded;
}

/** The benchmark's volume as one block. */
export function smallBlock(): PathInput {
  const [block] = planBlocks(SHAPE, CHANNELS, scales, "nearest-exact", 2 ** 30);
  if (!block) throw new Error("The volume is one block.");
  return { source, table, block };
}

/** Finds every number in a document, with its place. */
function numbersOf(value: unknown, at = ""): [string, number][] {
  if (typeof value === "number") return [[at, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, `${at}.${key}`));
}

/** Fails on a figure that no clock can have measured. */
export function expectFigures(benchmark: BenchmarkResult): void {
  expect(Object.keys(benchmark.paths)).toEqual([...PATH_NAMES]);
  expect(benchmark.failed).toEqual([]);
  for (const [name, timing] of Object.entries(benchmark.paths)) {
    for (const stage of STAGES) {
      const figure = timing.stages[stage];
      const where = `${name} ${stage} ${JSON.stringify(figure)}`;
      // label-first prepares nothing, and byte masks already are byte targets: these stages do not exist.
      const none =
        (name === "label-first" && stage === "prepare") || (name === "per-channel" && stage === "decode");
      expect(figure.repetitions === 0, where).toBe(none);
      if (none) continue;
      for (const [at, ms] of numbersOf({ ...figure, roundTripMs: figure.roundTripMs ?? 1 }))
        expect(Number.isFinite(ms) && ms > 0, `${where} ${at}`).toBe(true);
      if (!figure.atMost) expect(figure.median, where).toBeGreaterThanOrEqual(10 * figure.resolutionMs);
    }
    const { prepare, upload, downsample, decode } = timing.stages;
    const loader = prepare.median + upload.median + downsample.median;
    expect(timing.loaderMs.median).toBeCloseTo(loader, 9);
    expect(timing.totalMs.median).toBeCloseTo(loader + decode.median, 9);
  }
  const record = { benchmark, sweep: null, projection: DEFAULT_PROJECTION, caseName: null };
  for (const document of [JSON.stringify(benchJson(benchmark)), toJson(record)]) {
    // Values that JSON cannot hold would be null; every figure must be a number.
    const figures = numbersOf(JSON.parse(document)).filter(([at]) =>
      /\.(median|p25|p75|resolutionMs)$/.test(at),
    );
    expect(figures.length).toBeGreaterThan(70);
    const none = /\.(label-first\.stages\.prepare|per-channel\.stages\.decode)\./;
    expect(figures.filter(([at, ms]) => !(ms > 0) && !none.test(at))).toEqual([]);
  }
  const [head = "", ...rows] = toCsv(benchmark).trimEnd().split("\r\n");
  const column = head.split(",").indexOf("median_ms");
  const medians = rows.map((row) => row.split(",")[column] ?? "");
  // Two stages that do not exist are empty.
  expect(medians.filter((text) => text === "")).toHaveLength(2);
  expect(medians.filter((text) => text !== "" && !(Number(text) > 0))).toEqual([]);
  expect(toMarkdown(record)).not.toMatch(/NaN|Infinity|(^|[ (])-\d|\b0\.0+\b/mu);
}
