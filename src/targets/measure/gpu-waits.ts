/** Measures how long an empty wait for the GPU takes in this browser, and finds the fastest way to wait. */
import { quartiles } from "../../base/statistics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { gpuIdle, nudged } from "../../gpu/gpu-idle.ts";

/** Empty waits measured at first, after one to warm up. */
const TRIES = 9;
/** Empty waits on each side of timed work. */
const BESIDE = 2;

/** A wait this long is not due to the GPU but to a browser that looks for its answer only now and then. */
const SLOW_MS = 20;

/** Work timed by the wall clock. */
interface Waited {
  /** Milliseconds including the wait at the end. */
  readonly wallMs: number;
  /** The same without what an empty wait took just before and after. */
  readonly spanMs: number;
}

export class GpuWaits {
  /** Milliseconds of each empty wait so far, in order. */
  readonly #empty: number[];

  private constructor(
    readonly gpu: Gpu,
    /** True if empty submissions shorten waits. */
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

  /**
   * Spread of the empty waits, in milliseconds: three quarters of them differ from the previous one by less.
   */
  get spreadMs(): number {
    const empty = this.#empty;
    return quartiles(empty.slice(1).map((ms, i) => Math.abs(ms - (empty[i] ?? ms)))).p75;
  }

  idle(): Promise<void> {
    return this.around(gpuIdle(this.gpu));
  }

  /** Waits for an answer of the GPU, such as a mapped buffer. */
  around<T>(waiting: Promise<T>): Promise<T> {
    return this.nudges ? nudged(this.gpu, waiting) : waiting;
  }

  /**
   * Times submitted work. Measures empty waits beside it, because while a page runs they vary by more than
   * the work may take.
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
  // The first one may wait for work submitted earlier.
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
