import type { InputFile, Progress } from "./input-file.ts";

/** Progress and cancellation of one opening. */
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

  /** Reports a step without progress of its own. */
  step(step: string, file: string | null = null): void {
    this.signal?.throwIfAborted();
    this.#report({ step, fraction: this.#totalBytes > 0 ? this.#fraction : null, file });
  }

  /** For `VolumeFile.values`: counts bytes and reports them. */
  counter(step: string, file: string): (bytes: number) => void {
    this.step(step, file);
    return (bytes) => {
      this.#readBytes += bytes;
      // A file that turns out to be the image is read a second time; the fraction waits rather than go back.
      const fraction = Math.min(1, this.#readBytes / Math.max(1, this.#totalBytes));
      this.#fraction = Math.max(this.#fraction, fraction);
      this.#report({ step, fraction: this.#fraction, file });
    };
  }
}
