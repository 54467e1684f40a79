/** Comparisons under the clocks that users have, and on a GPU that fails. */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type Simulation, simulateClocks, stockChrome } from "../../tools/simulated/stock-clocks.ts";
import { benchRegions, benchVolume } from "../domain/bench-workload.ts";
import { defaultStrides, scalesOf } from "../domain/deep-supervision.ts";
import { regionTable } from "../domain/region-table.ts";
import { Gpu } from "../gpu/gpu.ts";
import { type Comparison, PATH_NAMES, STAGES } from "../timing/comparison.ts";
import { benchJson, toCsv, toJson, toMarkdown } from "../timing/export.ts";
import { stageTiming } from "../timing/figure.ts";
import { DEFAULT_PROJECTION } from "../timing/projection.ts";
import { planBlocks } from "./block.ts";
import { TARGET_PATHS } from "./choose.ts";
import { type ComparisonJob, runComparison } from "./run-comparison.ts";
import { execute } from "./run-verification.ts";
import { StageClock } from "./stage-clock.ts";

const SIZE = 32;
const CHANNELS = 4;

// Repetitions take their time on a software adapter, however few milliseconds a clock sees of them.
vi.setConfig({ testTimeout: 180_000 });

const gpu = await Gpu.acquire();
afterAll(() => gpu.dispose());

let simulation: Simulation | null = null;
afterEach(() => {
  simulation?.end();
  simulation = null;
  vi.restoreAllMocks();
});

const volume = benchVolume(SIZE, 1);
const source = { kind: "labels", volume } as const;
const table = regionTable(volume.palette, benchRegions(CHANNELS).regions);
const scales = scalesOf([SIZE, SIZE, SIZE], defaultStrides());

const job: ComparisonJob = {
  items: [{ source, table }],
  channels: CHANNELS,
  scales,
  mode: "nearest-exact",
  targetFormat: "byte",
  repeats: 3,
  size: SIZE,
};

const compare = () => runComparison(gpu, job, () => undefined, new AbortController().signal);

/** Every number of a document, with where it is. */
function numbersOf(value: unknown, at = ""): [string, number][] {
  if (typeof value === "number") return [[at, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, `${at}.${key}`));
}

/** Fails on a figure that no clock can have measured. */
function expectFigures(comparison: Comparison): void {
  expect(Object.keys(comparison.paths)).toEqual([...PATH_NAMES]);
  expect(comparison.failed).toEqual([]);
  for (const [name, timing] of Object.entries(comparison.paths)) {
    for (const stage of STAGES) {
      const figure = timing.stages[stage];
      const where = `${name} ${stage} ${JSON.stringify(figure)}`;
      // Nothing is prepared label-first, and byte masks are byte targets: there is no such stage.
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
  const record = { comparison, sweep: null, projection: DEFAULT_PROJECTION, caseName: null };
  for (const document of [JSON.stringify(benchJson(comparison)), toJson(record)]) {
    // What JSON cannot hold would be null: every figure is a number.
    const figures = numbersOf(JSON.parse(document)).filter(([at]) =>
      /\.(median|p25|p75|resolutionMs)$/.test(at),
    );
    expect(figures.length).toBeGreaterThan(70);
    const none = /\.(label-first\.stages\.prepare|per-channel\.stages\.decode)\./;
    expect(figures.filter(([at, ms]) => !(ms > 0) && !none.test(at))).toEqual([]);
  }
  const [head = "", ...rows] = toCsv(comparison).trimEnd().split("\r\n");
  const column = head.split(",").indexOf("median_ms");
  const medians = rows.map((row) => row.split(",")[column] ?? "");
  // Two stages that are not there are empty.
  expect(medians.filter((text) => text === "")).toHaveLength(2);
  expect(medians.filter((text) => text !== "" && !(Number(text) > 0))).toEqual([]);
  expect(toMarkdown(record)).not.toMatch(/NaN|Infinity|(^|[ (])-\d|\b0\.0+\b/mu);
}

describe.each([20, 1000])("on a GPU %i times faster, with floored stamps and slow waits", (divisor) => {
  it("no figure is zero, negative or not a number, in the comparison and its exports", async () => {
    simulation = simulateClocks(stockChrome(divisor));
    const comparison = await compare();
    expect(comparison.clocks.stampStepMs).toBeCloseTo(0.065536, 9);
    expect(comparison.clocks.roundTripMs).toBeGreaterThan(1.4);
    expect(comparison.clocks.voidStamps).toEqual([]);
    expect(comparison.verified).toEqual({
      "bit-packed": { mismatches: 0 },
      "label-first": { mismatches: 0 },
    });
    expectFigures(comparison);
  });

  it.each(TARGET_PATHS)(
    "each measurement of $name is within 15 % of what was true, or a bound",
    async (path) => {
      const [block] = planBlocks([SIZE, SIZE, SIZE], CHANNELS, scales, "nearest-exact", 2 ** 30);
      if (!block) throw new Error("no block");
      const run = await path.open(gpu, { source, table, block });
      simulation = simulateClocks(stockChrome(divisor));
      try {
        execute(gpu, run);
        const clock = await StageClock.create(gpu);
        for (const stage of ["downsample", "decode"] as const) {
          const steps = run[stage];
          if (steps.length === 0) continue;
          const plan = await clock.planSteps(steps);
          expect(plan.voidStamps).toBe(false);
          expect(plan.clock).toBe(plan.onlyBound ? "wall" : "timestamp-query");
          const shown = stageTiming([await clock.measureSteps(steps, plan)], clock.how(stage, plan));
          const truth = simulation.lastSpanMs() / plan.repetitions / divisor;
          if (plan.onlyBound) expect(shown.atMost).toBe(true);
          else if (shown.atMost) expect(shown.median).toBeGreaterThanOrEqual(truth);
          else
            expect(Math.abs(shown.median / truth - 1), `${stage}: ${shown.median} for ${truth}`).toBeLessThan(
              0.15,
            );
          // A faster GPU is not just one that shows less: at 20 times the figure is a figure.
          if (divisor === 20) expect(shown.atMost, stage).toBe(false);
        }
        const plan = await clock.plan([run]);
        const empty: number[] = [];
        for (let i = 0; i < 9; i++) {
          gpu.submit("empty", () => undefined);
          await clock.waits.settled();
          empty.push(simulation.lastWaitMs());
        }
        const uploads: number[] = [];
        const truths: number[] = [];
        for (let i = 0; i < 7; i++) {
          uploads.push((await clock.measure([run], { ...plan, downsample: NONE, decode: NONE })).upload);
          truths.push((simulation.lastWaitMs() - median(empty)) / plan.upload.repetitions);
        }
        const shown = stageTiming(uploads, clock.how("upload", plan.upload));
        const truth = median(truths);
        if (shown.atMost) expect(shown.median).toBeGreaterThanOrEqual(truth);
        else expect(Math.abs(shown.median / truth - 1), `${shown.median} for ${truth}`).toBeLessThan(0.15);
      } finally {
        run.dispose();
      }
    },
  );
});

const NONE = { repetitions: 0, clock: "wall", voidStamps: false, onlyBound: false } as const;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

it("stamps that do not grow with the work are not believed: the wall clock is used, and said", async () => {
  simulation = simulateClocks({ divisor: 1, stampStepNs: 1, waitMs: 0, voidStamps: true });
  const comparison = await compare();
  expectFigures(comparison);
  const stages = comparison.paths["label-first"]?.stages;
  expect(stages?.decode.clock).toBe("wall");
  expect(stages?.downsample.clock).toBe("wall");
  expect(comparison.clocks.voidStamps).toContainEqual({ path: "label-first", stage: "decode" });
  expect(toMarkdown({ comparison, sweep: null, projection: DEFAULT_PROJECTION, caseName: null })).toContain(
    "did not grow with the work",
  );
});

describe("a path whose buffers are invalid", () => {
  /** As running out of memory makes them: the error of making one is someone else's, and all that uses it is void. */
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
    const comparison = await compare();
    expect(comparison.failed.map(({ path }) => path)).toEqual([name]);
    expect(comparison.failed[0]?.reason).toMatch(/^The GPU reported an error while .+\.$/);
    expect(comparison.paths[name]).toBeUndefined();
    expect(comparison.verified[name]).toBeUndefined();
    const others = PATH_NAMES.filter((other) => other !== name);
    expect(Object.keys(comparison.paths)).toEqual(others);
    const document = JSON.parse(JSON.stringify(benchJson(comparison)));
    expect(document.paths[name]).toEqual({ failed: comparison.failed[0]?.reason });
    expect(Object.keys(document.speedup.total)).toEqual(others.filter((other) => other !== "per-channel"));
    const row = toCsv(comparison)
      .split("\r\n")
      .filter((line) => line.startsWith(`${name},`));
    expect(row).toHaveLength(1);
    expect(row[0]).toContain(`${name},failed,,,,`);
    expect(gpu.liveBytes).toBe(before);
  });

  it("per-channel failing leaves the packed paths compared with each other, and no speed-up", async () => {
    invalidate(/^per-channel/);
    const comparison = await compare();
    expect(comparison.failed.map(({ path }) => path)).toEqual(["per-channel"]);
    expect(comparison.verified).toEqual({ "label-first": { mismatches: 0 } });
    expect(benchJson(comparison).speedup).toBeNull();
  });

  it("a comparing kernel that looks at nothing is not taken for one that found nothing", async () => {
    invalidate(/^mismatches$/);
    const comparison = await compare();
    expect(comparison.failed.map(({ path }) => path)).toEqual(["bit-packed", "label-first"]);
    expect(comparison.failed[0]?.reason).toContain("comparing the targets of bit-packed");
  });
});
