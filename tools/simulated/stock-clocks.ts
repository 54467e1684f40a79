/**
 * Simulates the clocks of a user's browser on whatever GPU runs the tests: timestamps divided, as on a faster
 * GPU, and floored; a coarse `performance.now`; longer waits. Records the true times for comparison with what
 * is shown.
 */

interface SimulatedClocks {
  /** Divides the spans between two timestamps. */
  readonly divisor: number;
  /** Floors timestamps to whole multiples of this many nanoseconds. */
  readonly stampStepNs: number;
  /** Added to every wait for the GPU. */
  readonly waitMs: number;
  /** Timestamps do not grow with the work, as on drivers with meaningless timestamps. */
  readonly voidStamps?: boolean;
}

/** Stock Chrome's clocks on a GPU that is `divisor` times faster. */
export const stockChrome = (divisor: number): SimulatedClocks => ({
  divisor,
  stampStepNs: 65_536,
  waitMs: 1.5,
});

export interface Simulation {
  /** Span between the last two timestamps that were read, before dividing and flooring. */
  lastSpanMs(): number;
  /** Each wait so far, from the end of the previous one to its own, without the simulated delay. */
  readonly waitsMs: readonly number[];
  end(): void;
}

/**
 * Starts the simulation in a page or a worker. Tests may pass it on as text, so it must not refer to anything
 * outside itself.
 */
export function simulateClocks({ divisor, stampStepNs, waitMs, voidStamps }: SimulatedClocks): Simulation {
  /** The label of the buffer that `StageTimer` reads its timestamps with. */
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
      // Busy waiting, as a timer would be off by milliseconds.
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
    // As seen on a driver: about ten microseconds, whatever ran in between.
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
