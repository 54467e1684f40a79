/**
 * Times the four stages of a path: CPU stages by the wall clock, GPU stages by timestamp queries if the
 * adapter has believable ones and otherwise by the wall clock around a submission. A stage that is short
 * beside the steps of its clock is repeated within one measurement (`src/benchmark/repetitions.ts`), with
 * caches as its own last run left them.
 */
import type { MeasuredHow } from "../../benchmark/figure.ts";
import {
  agreesWithWall,
  doubles,
  growsAsWall,
  MAX_REPETITIONS,
  nextRepetitions,
  quantumOf,
  type Span,
  smallestStep,
  targetSpanMs,
} from "../../benchmark/repetitions.ts";
import type { Stage } from "../../domain/targets/target-paths.ts";
import type { Step } from "../../gpu/dispatch.ts";
import { encodeSteps } from "../../gpu/encode-steps.ts";
import { type Gpu, GpuError } from "../../gpu/gpu.ts";
import { readBytes } from "../../gpu/readback.ts";
import type { PathRun } from "../core/target-path.ts";
import { GpuWaits } from "./gpu-waits.ts";

export type StageTimes = Readonly<Record<Stage, number>>;

/** Says how a stage is measured. */
export interface StagePlan {
  /** 0 if there is nothing to run. */
  readonly repetitions: number;
  readonly clock: "timestamp-query" | "wall";
  /** True if the adapter has time stamps that do not grow with the work. */
  readonly voidStamps: boolean;
  /**
   * True if, however often the stage is repeated, the stamps are too few steps apart to be believed or
   * disbelieved. The wall clock may include other work then, so its time is an upper bound.
   */
  readonly onlyBound: boolean;
}

export type PathPlan = Readonly<Record<Stage, StagePlan>>;

const NS_PER_MS = 1e6;
const byWall = (repetitions: number): StagePlan => ({
  repetitions,
  clock: "wall",
  voidStamps: false,
  onlyBound: false,
});

/** Step of Chrome's clock in a page that is not isolated, for when readings do not tell. */
const DEFAULT_WALL_STEP_MS = 0.1;
/** Empty passes with two stamps each, to find the step of the stamps. */
const STAMPED_PASSES = 25;
/** Limits the bytes that repeated uploads have under way at once. */
const UPLOAD_BYTES = 256 << 20;
/**
 * Browsers look for finished work every millisecond or two, so waits may vary by that later on, however
 * steady the first ones were.
 */
const MIN_WAIT_STEP_MS = 1;
/** Spans to try before giving up on stamps. */
const BELIEF_TRIES = 5;

export class StageTimer {
  /** When it fires, measuring stops before the next span: a stage may take seconds to plan. */
  signal: AbortSignal | null = null;

  private constructor(
    readonly gpu: Gpu,
    readonly waits: GpuWaits,
    /** Step of the time stamps; null if there are none. */
    readonly stampStepMs: number | null,
    readonly wallStepMs: number,
  ) {}

  /** Finds the steps of both clocks and the length of an empty wait. */
  static async create(gpu: Gpu): Promise<StageTimer> {
    const waits = await GpuWaits.measure(gpu);
    return new StageTimer(gpu, waits, gpu.hasTimestamps ? await stampStep(gpu, waits) : null, wallStep());
  }

  get clock(): "timestamp-query" | "wall" {
    return this.stampStepMs === null ? "wall" : "timestamp-query";
  }

  /**
   * Decides how each stage of the runs (one per block) is measured. Runs them a few times, which also warms
   * them up.
   */
  async plan(runs: readonly PathRun[]): Promise<PathPlan> {
    await this.waits.idle();
    const prepare = prepares(runs) ? await this.#grow((n) => this.#prepare(runs, n), this.wallStepMs) : 0;
    const bytes = runs.reduce((sum, run) => sum + run.uploadBytes, 0);
    const most = Math.max(1, Math.floor(UPLOAD_BYTES / Math.max(1, bytes)));
    const upload = await this.#grow((n) => this.#upload(runs, n), this.#plannedWaitStepMs, most);
    return {
      prepare: byWall(prepare),
      upload: byWall(upload),
      downsample: await this.planSteps(runs.flatMap((run) => run.downsample)),
      decode: await this.planSteps(runs.flatMap((run) => run.decode)),
    };
  }

  /** Runs the four stages once, untimed. */
  async warmUp(runs: readonly PathRun[]): Promise<void> {
    const once = byWall(1);
    await this.measure(runs, { prepare: once, upload: once, downsample: once, decode: once });
  }

  /**
   * Runs the four stages in order, each as often as planned, and gives the milliseconds of one run of each.
   * @throws DOMException AbortError when the signal fires; so does `plan`
   */
  async measure(runs: readonly PathRun[], plan: PathPlan): Promise<StageTimes> {
    await this.waits.idle();
    const once = ({ spanMs, repetitions }: Span) => spanMs / repetitions;
    const { prepare, upload } = plan;
    return {
      prepare: prepares(runs) ? once(this.#prepare(runs, prepare.repetitions)) : 0,
      upload: once(await this.#upload(runs, upload.repetitions)),
      downsample: await this.measureSteps(
        runs.flatMap((run) => run.downsample),
        plan.downsample,
      ),
      decode: await this.measureSteps(
        runs.flatMap((run) => run.decode),
        plan.decode,
      ),
    };
  }

  /** Decides how a GPU stage is measured. */
  async planSteps(steps: readonly Step[]): Promise<StagePlan> {
    if (steps.length === 0) return byWall(0);
    let believed: boolean | null = true;
    if (this.stampStepMs !== null) {
      const repetitions = await this.#grow((n) => this.#stamped(steps, n), this.stampStepMs);
      believed = await this.#believable(steps, repetitions);
      if (believed) return { repetitions, clock: "timestamp-query", voidStamps: false, onlyBound: false };
    }
    const repetitions = await this.#grow((n) => this.#wall(steps, n), this.#plannedWaitStepMs);
    return { ...byWall(repetitions), voidStamps: believed === false, onlyBound: believed === null };
  }

  /** Measures the milliseconds of one run of a GPU stage. */
  async measureSteps(steps: readonly Step[], { repetitions, clock }: StagePlan): Promise<number> {
    if (steps.length === 0 || repetitions === 0) return 0;
    const span =
      clock === "timestamp-query"
        ? await this.#stamped(steps, repetitions)
        : await this.#wall(steps, repetitions);
    return span.spanMs / repetitions;
  }

  /** Tells how precise times measured by a plan are. */
  how(stage: Stage, { repetitions, clock, onlyBound }: StagePlan): MeasuredHow {
    if (repetitions === 0) return { repetitions, resolutionMs: 0, roundTripMs: null, clock, onlyBound };
    const waited = stage === "upload" || (stage !== "prepare" && clock === "wall");
    const stepMs = waited
      ? this.#waitStepMs
      : clock === "wall"
        ? this.wallStepMs
        : (this.stampStepMs ?? this.wallStepMs);
    return {
      repetitions,
      resolutionMs: stepMs / repetitions,
      roundTripMs: waited ? this.waits.roundTripMs : null,
      clock,
      onlyBound,
    };
  }

  /** Time that a wait adds to a span, and its variation. */
  get #waitStepMs(): number {
    return this.wallStepMs + this.waits.spreadMs;
  }

  get #plannedWaitStepMs(): number {
    return Math.max(this.#waitStepMs, MIN_WAIT_STEP_MS);
  }

  /** Repeats more and more often until the span is long enough. */
  async #grow(
    measure: (repetitions: number) => Span | Promise<Span>,
    stepMs: number,
    most = MAX_REPETITIONS,
  ): Promise<number> {
    // The first run pays for one-time work: clearing buffers, finishing a pipeline.
    const first = await measure(1);
    if (first.spanMs > 10 * targetSpanMs(stepMs)) return 1;
    let span = await measure(1);
    for (;;) {
      let next = nextRepetitions(span, { stepMs, most });
      if (next === null) {
        // Other programs lengthen a span, too: it counts as long enough if it was so twice.
        span = shorter(span, await measure(span.repetitions));
        next = nextRepetitions(span, { stepMs, most });
      }
      if (next === null) return span.repetitions;
      span = await measure(next);
    }
  }

  /**
   * Checks by the stamps whether twice the repetitions take twice the time; for long spans the wall clock may
   * confirm the stamps instead. Null if the stamps are too few steps apart to tell.
   */
  async #believable(steps: readonly Step[], repetitions: number): Promise<boolean | null> {
    const { stampStepMs } = this;
    if (stampStepMs === null) return false;
    let once: Span | null = null;
    let twice: Span | null = null;
    for (let i = 0; i < BELIEF_TRIES; i++) {
      // Other programs only lengthen a span, so the shortest of several is the least disturbed.
      once = shorter(once, await this.#stamped(steps, repetitions));
      if (agreesWithWall(once, this.waits.roundTripMs)) return true;
      twice = shorter(twice, await this.#stamped(steps, Math.min(2 * repetitions, MAX_REPETITIONS)));
      if (growsAsWall(once, twice, this.waits.roundTripMs)) return true;
      const doubled = doubles(once, twice, stampStepMs);
      if (doubled !== false) return doubled;
    }
    return false;
  }

  #prepare(runs: readonly PathRun[], repetitions: number): Span {
    this.signal?.throwIfAborted();
    const start = performance.now();
    for (let i = 0; i < repetitions; i++) for (const run of runs) run.prepare();
    const spanMs = performance.now() - start;
    return { repetitions, spanMs, wallMs: spanMs };
  }

  /** Times several uploads with one wait, less an empty wait. */
  async #upload(runs: readonly PathRun[], repetitions: number): Promise<Span> {
    this.signal?.throwIfAborted();
    const waited = await this.waits.timed(() => {
      for (let i = 0; i < repetitions; i++) for (const run of runs) run.upload();
      // An empty submission flushes the queued writes, so that the wait covers them.
      this.gpu.submit("upload", () => undefined);
    });
    return { repetitions, ...waited };
  }

  async #wall(steps: readonly Step[], repetitions: number): Promise<Span> {
    this.signal?.throwIfAborted();
    const submit = this.gpu.record("stage", (encoder) =>
      encodeSteps(encoder, "stage", repeated(steps, repetitions)),
    );
    return { repetitions, ...(await this.waits.timed(submit)) };
  }

  async #stamped(steps: readonly Step[], repetitions: number): Promise<Span> {
    this.signal?.throwIfAborted();
    const start = performance.now();
    const [begin = 0n, end = 0n] = await stampsOf(this.gpu, this.waits, 2, (querySet) => {
      const stamps = { querySet, begin: 0, end: 1 };
      this.gpu.submit("stage", (encoder) =>
        encodeSteps(encoder, "stage", repeated(steps, repetitions), stamps),
      );
    });
    const wallMs = performance.now() - start;
    if (begin === 0n || end === 0n) throw new GpuError("The GPU wrote no time stamps for a stage.");
    return { repetitions, spanMs: Number(end - begin) / NS_PER_MS, wallMs };
  }
}

function shorter(one: Span | null, other: Span): Span {
  return one !== null && one.spanMs <= other.spanMs ? one : other;
}

/** False for paths that fill no arrays, such as label-first. */
function prepares(runs: readonly PathRun[]): boolean {
  return runs.some((run) => run.arrayBytes > 0);
}

function repeated(steps: readonly Step[], repetitions: number): readonly Step[] {
  return repetitions === 1 ? steps : Array.from({ length: repetitions }, () => steps).flat();
}

/** Reads stamps from a new query set, so that stamps never written are 0 and never those of earlier work. */
async function stampsOf(
  gpu: Gpu,
  waits: GpuWaits,
  count: number,
  submit: (querySet: GPUQuerySet) => void,
): Promise<BigUint64Array> {
  const querySet = gpu.device.createQuerySet({ label: "stage timestamps", type: "timestamp", count });
  const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
  const resolved = gpu.buffer("resolved timestamps", count * 8, usage);
  try {
    submit(querySet);
    gpu.submit("resolve timestamps", (encoder) =>
      encoder.resolveQuerySet(querySet, 0, count, resolved.buffer, 0),
    );
    return new BigUint64Array(await waits.around(readBytes(gpu, resolved, count * 8)));
  } finally {
    resolved.dispose();
    querySet.destroy();
  }
}

async function stampStep(gpu: Gpu, waits: GpuWaits): Promise<number> {
  const stamps = await stampsOf(gpu, waits, STAMPED_PASSES * 2, (querySet) => {
    for (let pass = 0; pass < STAMPED_PASSES; pass++) {
      const stamped = { querySet, begin: 2 * pass, end: 2 * pass + 1 };
      gpu.submit("find the step of time stamps", (encoder) => encodeSteps(encoder, "empty", [], stamped));
    }
  });
  const step = quantumOf([...stamps]);
  // If all stamps are equal, the step is longer than all these passes, as that of Chrome may be.
  return Number(step ?? BigInt(CHROME_STEP_NS)) / NS_PER_MS;
}

/** Step to which Chrome floors time stamps where a page may not have finer ones. */
const CHROME_STEP_NS = 65_536;

/** How long to watch the browser's clock. */
const WALL_STEP_MS = 2;

function wallStep(): number {
  const readings: number[] = [];
  const start = performance.now();
  for (let now = start; now - start < WALL_STEP_MS; now = performance.now())
    if (now !== readings.at(-1)) readings.push(now);
  return smallestStep(readings) ?? DEFAULT_WALL_STEP_MS;
}
