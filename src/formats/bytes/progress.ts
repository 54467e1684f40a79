/** Progress of an opening. */
import type { InputFile, Progress } from "./input-file.ts";
import { type Memory, NEW_MEMORY } from "./memory.ts";

/** Tracks progress and cancellation of one opening. */
export class Reading {
  readonly signal: AbortSignal | undefined;
  readonly memory: Memory;
  readonly #report: (progress: Progress) => void;
  #totalBytes = 0;
  #readBytes = 0;
  #fraction = 0;

  /** @param memory for the voxels that are read */
  constructor(report: (progress: Progress) => void, signal?: AbortSignal, memory: Memory = NEW_MEMORY) {
    this.#report = report;
    this.signal = signal;
    this.memory = memory;
  }

  /** Announces files that will be read, so that the fraction counts them from the start. */
  expect(files: readonly InputFile[]): void {
    for (const { blob } of files) this.#totalBytes += blob.size;
  }

  /** Reports a step that has no progress. */
  step(step: string, file: string | null = null): void {
    this.signal?.throwIfAborted();
    this.#report({ step, fraction: this.#totalBytes > 0 ? this.#fraction : null, file });
  }

  /** Counts and reports bytes, for `VolumeFile.values`. */
  counter(step: string, file: string): (bytes: number) => void {
    this.step(step, file);
    return (bytes) => {
      this.#readBytes += bytes;
      // A file that turns out to be the image is read twice; the fraction then pauses instead of going back.
      const fraction = Math.min(1, this.#readBytes / Math.max(1, this.#totalBytes));
      this.#fraction = Math.max(this.#fraction, fraction);
      this.#report({ step, fraction: this.#fraction, file });
    };
  }
}
