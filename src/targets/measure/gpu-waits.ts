/** How long an empty wait for the GPU takes in this browser, and the fastest way to wait. */
import { quartiles } from "../../base/statistics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { gpuIdle, nudged } from "../../gpu/gpu-idle.ts";

/** Empty waits that are measured at first, after one to warm up. */
const TRIES = 9;
/** Empty waits on each side of work that is timed. */
const BESIDE = 2;

/** Waits this long are no answer from a GPU but a browser that looks for one now and then. */
const SLOW_MS = 20;

/** Work that was timed by the wall clock. */
interface Waited {
  /** With the wait at its end, in milliseconds. */
  readonly wallMs: number;
  /** Less what an empty wait took just before and after. */
  readonly spanMs: number;
}

export class GpuWaits {
  /** Milliseconds of each empty wait so far, in their order. */
  readonly #empty: number[];

  private constructor(
    readonly gpu: Gpu,
    /** Whether waits are shortened by empty submissions. */
    readonly nudges: boolean,
    empty: readonly number[],
  ) {
    this.#empty = [...empty];
  }

  static async measure(gpu: Gpu): Promise<GpuWaits> {
    const plain = await emptyWaits(() => gpuIdle(gpu), gpu);
    if (median(plain) < SLOW_MS) return new GpuWaits(gpu, false, plain);
    const shortened = await emptyWaits(() => nudged(gpu, gpuIdle(gpu)), gpu);
    const better = median(shortened) < median(plain) / 2;
    return new GpuWaits(gpu, better, better ? shortened : plain);
  }

  /** Median of the empty waits so far, in milliseconds. */
  get roundTripMs(): number {
    return median(this.#empty);
  }

  /** By how much empty waits differ from the one before them, in milliseconds: three quarters by less. */
  get spreadMs(): number {
    const empty = this.#empty;
    return quartiles(empty.slice(1).map((ms, i) => Math.abs(ms - (empty[i] ?? ms)))).p75;
  }

  idle(): Promise<void> {
    return this.around(gpuIdle(this.gpu));
  }

  /** Waits for something that the GPU answers, e.g. a mapped buffer. */
  around<T>(waiting: Promise<T>): Promise<T> {
    return this.nudges ? nudged(this.gpu, waiting) : waiting;
  }

  /**
   * Times work that is submitted. Empty waits are measured beside it: while a page runs, they change by more
   * than the work may take.
   */
  async timed(submit: () => void): Promise<Waited> {
    await this.idle();
    const beside = await this.#emptyWaits();
    const start = performance.now();
    submit();
    await this.idle();
    const wallMs = performance.now() - start;
    beside.push(...(await this.#emptyWaits()));
    this.#empty.push(...beside);
    return { wallMs, spanMs: wallMs - median(beside) };
  }

  async #emptyWaits(): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < BESIDE; i++) times.push(await emptyWait(() => this.idle(), this.gpu));
    return times;
  }
}

async function emptyWaits(wait: () => Promise<void>, gpu: Gpu): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i <= TRIES; i++) times.push(await emptyWait(wait, gpu));
  // The first one may wait for what was submitted before.
  return times.slice(1);
}

async function emptyWait(wait: () => Promise<void>, gpu: Gpu): Promise<number> {
  const start = performance.now();
  gpu.submit("empty wait", () => undefined);
  await wait();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return quartiles(times).median;
}
