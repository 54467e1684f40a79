/** Progress of an opening. */
import type { InputFile, Progress } from "./input-file.ts";

/** Tracks progress and cancellation of one opening. */
export class Reading {
  readonly signal: AbortSignal | undefined;
  readonly #report: (progress: Progress) => void;
  #totalBytes = 0;
  #readBytes = 0;
  #fraction = 0;

  constructor(report: (progress: Progress) => void, signal?: AbortSignal) {
    this.#report = report;
    this.signal = signal;
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
