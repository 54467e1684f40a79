/**
 * Runs benchmarks with the clocks that users have. Needs time stamps, so it does not run on devices without
 * features.
 */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type Simulation, simulateClocks, stockChrome } from "../../../tools/simulated/stock-clocks.ts";
import { toMarkdown } from "../../benchmark/export-markdown.ts";
import { stageTiming } from "../../benchmark/figure.ts";
import { DEFAULT_PROJECTION } from "../../benchmark/projection-inputs.ts";
import type { Step } from "../../gpu/dispatch.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { TARGET_PATHS } from "../paths/select-path.ts";
import { expectFigures, smallBenchmark, smallBlock } from "../testing/benchmark-fixture.ts";
import { execute } from "./run-verification.ts";
import { StageTimer } from "./stage-timer.ts";

// Repetitions take long on a software adapter, however few milliseconds the simulated clock shows.
vi.setConfig({ testTimeout: 180_000 });

const gpu = await Gpu.acquire();
afterAll(() => gpu.dispose());

let simulation: Simulation | null = null;
afterEach(() => {
  simulation?.end();
  simulation = null;
});

describe.each([20, 1000])("on a GPU %i times faster, with floored stamps and slow waits", (divisor) => {
  it("no figure is zero, negative or not a number, in the benchmark and its exports", async () => {
    simulation = simulateClocks(stockChrome(divisor));
    const benchmark = await smallBenchmark(gpu);
    expect(benchmark.clocks.stampStepMs).toBeCloseTo(0.065536, 9);
    expect(benchmark.clocks.roundTripMs).toBeGreaterThan(1.4);
    expect(benchmark.clocks.voidStamps).toEqual([]);
    expect(benchmark.verified).toEqual({
      "bit-packed": { mismatches: 0 },
      "label-first": { mismatches: 0 },
    });
    expectFigures(benchmark);
  });

  /** Measures a stage: the time shown, and the true time behind the stamps. */
  async function measured(timer: StageTimer, stage: "downsample" | "decode", steps: readonly Step[]) {
    const plan = await timer.planSteps(steps);
    expect(plan.voidStamps).toBe(false);
    expect(plan.clock).toBe(plan.onlyBound ? "wall" : "timestamp-query");
    const shown = stageTiming([await timer.measureSteps(steps, plan)], timer.how(stage, plan));
    const truth = plan.onlyBound ? 0 : (simulation?.lastSpanMs() ?? 0) / plan.repetitions / divisor;
    return { shown, truth };
  }

  it.each(TARGET_PATHS)(
    "each measurement of $name is within 15 % of the true time, or a bound",
    async (path) => {
      const run = await path.open(gpu, smallBlock());
      simulation = simulateClocks(stockChrome(divisor));
      try {
        execute(gpu, run);
        const timer = await StageTimer.create(gpu);
        for (const stage of ["downsample", "decode"] as const) {
          const steps = run[stage];
          if (steps.length === 0) continue;
          let { shown, truth } = await measured(timer, stage, steps);
          // A bound must not pass for a faster GPU: at 20 times, the time must be a figure unless other
          // programs keep the machine busy.
          for (let tries = 1; tries < 4 && divisor === 20 && shown.atMost; tries++)
            ({ shown, truth } = await measured(timer, stage, steps));
          if (divisor === 20) expect(shown.atMost, stage).toBe(false);
          if (shown.atMost) expect(shown.median).toBeGreaterThanOrEqual(truth);
          else
            expect(Math.abs(shown.median / truth - 1), `${stage}: ${shown.median} for ${truth}`).toBeLessThan(
              0.15,
            );
        }
        const plan = await timer.plan([run]);
        // Finds out which of the waits belongs to the uploads.
        let wait = 0;
        const upload = run.upload.bind(run);
        run.upload = () => {
          wait = simulation?.waitsMs.length ?? 0;
          upload();
        };
        const uploads: number[] = [];
        const truths: number[] = [];
        for (let i = 0; i < 7; i++) {
          const empty = await emptyWaits(timer);
          uploads.push((await timer.measure([run], { ...plan, downsample: NONE, decode: NONE })).upload);
          const uploaded = simulation.waitsMs[wait] ?? 0;
          empty.push(...(await emptyWaits(timer)));
          truths.push((uploaded - median(empty)) / plan.upload.repetitions);
        }
        const shown = stageTiming(uploads, timer.how("upload", plan.upload));
        const truth = median(truths);
        // The time stays a figure even if waits come to vary by two milliseconds.
        expect(truth * plan.upload.repetitions, "ms of a span").toBeGreaterThan(20);
        if (shown.atMost) expect(shown.median).toBeGreaterThanOrEqual(truth);
        else expect(Math.abs(shown.median / truth - 1), `${shown.median} for ${truth}`).toBeLessThan(0.15);
      } finally {
        run.dispose();
      }
    },
  );
});

/** True times of three empty waits. */
async function emptyWaits({ gpu, waits }: StageTimer): Promise<number[]> {
  for (let i = 0; i < 3; i++) {
    gpu.submit("empty", () => undefined);
    await waits.idle();
  }
  return simulation?.waitsMs.slice(-3) ?? [];
}

const NONE = { repetitions: 0, clock: "wall", voidStamps: false, onlyBound: false } as const;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

it("stamps that do not grow with the work are not believed: the wall clock is used and named", async () => {
  simulation = simulateClocks({ divisor: 1, stampStepNs: 1, waitMs: 0, voidStamps: true });
  const benchmark = await smallBenchmark(gpu, 1);
  expectFigures(benchmark);
  const stages = benchmark.paths["label-first"]?.stages;
  expect(stages?.decode.clock).toBe("wall");
  expect(stages?.downsample.clock).toBe("wall");
  expect(benchmark.clocks.voidStamps).toContainEqual({ path: "label-first", stage: "decode" });
  expect(toMarkdown({ benchmark, sweep: null, projection: DEFAULT_PROJECTION, caseName: null })).toContain(
    "did not grow with the work",
  );
});
