/** Declares the answers of all workers, and errors as they cross from worker to page. */
import { errorMessage, InputError } from "../base/errors.ts";

/** The answer to one request: any number of progress messages, then a result or a failure. */
export type Reply<Result, News> =
  | { readonly kind: "news"; readonly news: News }
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "failed"; readonly failure: Failure };

/** The worker has no GPU or lost it; callers that can do without one may continue. */
export class NoGpuError extends Error {
  override readonly name = "NoGpuError";
}

/** An error as it crosses from worker to page, because structured clones keep no classes. */
interface Failure {
  /** The fields of an `InputError`; null for any other error. */
  readonly input: { readonly file: string; readonly problem: string; readonly remedy: string } | null;
  readonly noGpu: boolean;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const message = errorMessage(error);
  const noGpu = error instanceof NoGpuError;
  if (!(error instanceof InputError)) return { input: null, noGpu, message };
  const { file, problem, remedy } = error;
  return { input: { file, problem, remedy }, noGpu, message };
}

export function errorOf({ input, noGpu, message }: Failure): Error {
  if (input) return new InputError(input.file, input.problem, input.remedy);
  return noGpu ? new NoGpuError(message) : new Error(message);
}
