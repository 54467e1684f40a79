/**
 * A browser's clocks as users have them, on whatever GPU runs the tests: time stamps divided, as of a faster
 * GPU, and floored; a coarse `performance.now`; waits that take longer. What was true behind them is kept, to
 * compare what is shown with.
 */

interface SimulatedClocks {
  /** Spans between two stamps are divided by this. */
  readonly divisor: number;
  /** Stamps are floored to whole multiples of so many nanoseconds. */
  readonly stampStepNs: number;
  /** Added to every wait for the GPU. */
  readonly waitMs: number;
  /** Stamps do not grow with the work, as on drivers whose stamps are void. */
  readonly voidStamps?: boolean;
}

/** What stock Chrome does on a GPU that is so many times faster. */
export const stockChrome = (divisor: number): SimulatedClocks => ({
  divisor,
  stampStepNs: 65_536,
  waitMs: 1.5,
});

export interface Simulation {
  /** Of the last two stamps that were read, before they were divided and floored. */
  lastSpanMs(): number;
  /** Of each wait so far, from the end of the wait before it to its own, without what was added to it. */
  readonly waitsMs: readonly number[];
  end(): void;
}

/** In a page or a worker, from now on. It may be handed on as text, so it names nothing outside of itself. */
export function simulateClocks({ divisor, stampStepNs, waitMs, voidStamps }: SimulatedClocks): Simulation {
  /** What `StageTimer` reads its stamps back with. */
  const stampsLabel = "readback of resolved timestamps";
  const nowStepMs = 0.1;
  const now = performance.now.bind(performance);
  const { mapAsync, getMappedRange } = GPUBuffer.prototype;
  const { onSubmittedWorkDone } = GPUQueue.prototype;
  let spanNs = 0n;
  const waitsMs: number[] = [];
  let resumed = now();

  const later = async (waiting: Promise<undefined>): Promise<undefined> => {
    const answer = await waiting;
    const answered = now();
    waitsMs.push(answered - resumed);
    while (now() - answered < waitMs) {
      // A timer would be off by milliseconds.
    }
    resumed = now();
    return answer;
  };

  performance.now = () => Math.floor(now() / nowStepMs) * nowStepMs;
  GPUQueue.prototype.onSubmittedWorkDone = function () {
    return later(onSubmittedWorkDone.call(this) as Promise<undefined>);
  };
  GPUBuffer.prototype.mapAsync = function (...args) {
    return later(mapAsync.apply(this, args) as Promise<undefined>);
  };
  GPUBuffer.prototype.getMappedRange = function (...args) {
    const range = getMappedRange.apply(this, args);
    if (this.label !== stampsLabel) return range;
    const raw = new BigUint64Array(range.slice(0));
    spanNs = (raw[1] ?? 0n) - (raw[0] ?? 0n);
    const step = BigInt(stampStepNs);
    const stamp = (ns: bigint) => (ns / BigInt(divisor) / step) * step;
    // As seen on a driver: ten microseconds, give or take, whatever was done in between.
    const meaningless = (ns: bigint, i: number) => stamp((raw[0] ?? 0n) + BigInt(i) * 10_000n + (ns % 97n));
    const shown = raw.map((ns, i) => (ns === 0n ? 0n : voidStamps ? meaningless(ns, i) : stamp(ns)));
    return shown.buffer;
  };
  return {
    lastSpanMs: () => Number(spanNs) / 1e6,
    waitsMs,
    end() {
      performance.now = now;
      GPUQueue.prototype.onSubmittedWorkDone = onSubmittedWorkDone;
      Object.assign(GPUBuffer.prototype, { mapAsync, getMappedRange });
    },
  };
}
