/**
 * Reproduces the random numbers of `numpy.random.RandomState`, with which nnU-Net chooses the voxels that its
 * loader centres patches on, and the cases of a fold.
 */

const WORDS = 624;
const AHEAD = 397;
/** Numbers to shuffle between two steps. */
const STEP_NUMBERS = 1 << 18;

/** MT19937, seeded as numpy seeds it with a whole number. */
export class NumpyRandom {
  private readonly state = new Uint32Array(WORDS);
  private at = WORDS;

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < WORDS; i++) {
      this.state[i] = word;
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i + 1) >>> 0;
    }
  }

  /**
   * `choice(total, count, replace=False)`: the first `count` of the numbers below `total` after a
   * Fisher-Yates shuffle from the end. Needs 4 bytes per number below `total`. Yields how many it
   * has shuffled.
   */
  *choice(total: number, count: number): Generator<number, Uint32Array> {
    const numbers = new Uint32Array(total);
    for (let i = 0; i < total; i++) numbers[i] = i;
    for (let i = total - 1; i > 0; i--) {
      const j = this.upTo(i);
      const moved = numbers[i] ?? 0;
      numbers[i] = numbers[j] ?? 0;
      numbers[j] = moved;
      if (i % STEP_NUMBERS === 0) yield total - i;
    }
    return numbers.slice(0, count);
  }

  /** `permutation(total)`, at once: for a dataset's cases, not for its voxels. */
  permutation(total: number): Uint32Array {
    const work = this.choice(total, total);
    for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
  }

  /** numpy's `random_interval`: draws again until the number is not above `max`. */
  private upTo(max: number): number {
    const mask = max === 0 ? 0 : 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (this.next() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  private next(): number {
    if (this.at === WORDS) this.twist();
    let y = this.state[this.at++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private twist(): void {
    const { state } = this;
    for (let i = 0; i < WORDS; i++) {
      const y = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % WORDS] ?? 0) & 0x7fffffff);
      state[i] = (state[(i + AHEAD) % WORDS] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }
}
