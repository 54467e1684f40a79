/** The page's side of a worker: one job at a time with its news, abort and errors. */
import { errorOf, type Reply } from "./reply.ts";

interface ClientOptions<Request> {
  /**
   * Starts the worker. `new Worker(new URL("./x.worker.ts", import.meta.url))` has to be written out in each
   * client for the bundler to find the script.
   */
  readonly start: () => Worker;
  /** Subject of the sentences about it, e.g. "The reader". */
  readonly name: string;
  /** Keeps a worker that has answered for the next job. */
  readonly isKept?: boolean;
  /**
   * Asks the worker to give up its job, after which it answers with anything. Without it, an abort terminates
   * the worker at once.
   */
  readonly stop?: Request;
}

interface AskOptions<News> {
  readonly onNews?: (news: News) => void;
  readonly transfer?: Transferable[];
  /** Sends the request in place of one `postMessage`. */
  readonly post?: (worker: Worker) => Promise<void>;
}

/** A worker that was asked to stop and has not answered by then is terminated. */
const STOP_MS = 3000;

/** `Results` has the result of each kind of request. */
export class WorkerClient<Request extends { readonly kind: PropertyKey }, Results, News = never> {
  #idle: Worker | null = null;
  readonly #options: ClientOptions<Request>;

  constructor(options: ClientOptions<Request>) {
    this.#options = options;
  }

  /** Starts the worker ahead of the first job. */
  prepare(): void {
    if (!this.#idle) this.#keep(this.#options.start());
  }

  /** Drops the worker if it breaks before its next job, which then starts another instead of waiting for it. */
  #keep(worker: Worker): void {
    this.#idle = worker;
    worker.onerror = () => {
      worker.terminate();
      if (this.#idle === worker) this.#idle = null;
    };
  }

  /** Terminates the worker that is kept. One that has a job is terminated by its signal. */
  dispose(): void {
    this.#idle?.terminate();
    this.#idle = null;
  }

  /**
   * Asks a kept worker, or a new one if it is busy.
   * @throws the error of the worker: InputError, NoGpuError or Error; the signal's reason when aborted
   */
  ask<K extends keyof Results & Request["kind"]>(
    request: Extract<Request, { readonly kind: K }>,
    signal: AbortSignal,
    { onNews, transfer = [], post }: AskOptions<News> = {},
  ): Promise<Results[K]> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const { start, name, isKept = false, stop } = this.#options;
    const worker = this.#idle ?? start();
    this.#idle = null;
    return new Promise<Results[K]>((resolve, reject) => {
      let deadline: ReturnType<typeof setTimeout> | undefined;
      const settle = (isUsable: boolean) => {
        signal.removeEventListener("abort", abort);
        clearTimeout(deadline);
        worker.onmessage = null;
        worker.onerror = null;
        if (isUsable && isKept && !this.#idle) this.#keep(worker);
        else worker.terminate();
      };
      const abort = () => {
        reject(signal.reason);
        if (stop === undefined) {
          settle(false);
          return;
        }
        worker.postMessage(stop);
        deadline = setTimeout(() => settle(false), STOP_MS);
      };
      const fail = (error: unknown) => {
        settle(false);
        reject(error);
      };
      signal.addEventListener("abort", abort, { once: true });
      worker.onerror = ({ message }) =>
        fail(new Error(message ? `${name} stopped: ${message}` : `${name} could not start.`));
      worker.onmessage = ({ data }: MessageEvent<Reply<Results[K], News>>) => {
        if (data.kind === "news") {
          // A worker may send more news before it receives the request to stop.
          if (!signal.aborted) onNews?.(data.news);
        } else if (data.kind === "failed") {
          settle(!data.failure.noGpu);
          reject(errorOf(data.failure));
        } else {
          settle(true);
          resolve(data.result);
        }
      };
      if (post) {
        // After an abort, the worker is terminated or was asked to stop.
        post(worker).catch((error: unknown) => !signal.aborted && fail(error));
        return;
      }
      try {
        worker.postMessage(request, { transfer });
      } catch (error) {
        fail(error);
      }
    });
  }
}
