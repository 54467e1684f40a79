/** Checks the cases of a dataset in processes of their own, one for each case that is checked at a time. */
import { type ChildProcess, fork } from "node:child_process";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CaseRecord, UnreadableCase } from "../../src/domain/dataset-check/case-record.ts";
import type { CheckOptions } from "../../src/domain/dataset-check/check-file.ts";
import type { CheckSetup } from "../../src/workers/checked-case.ts";
import { Ending } from "../ending.ts";
import { root } from "../run.ts";
import { isBesidePlain, nameAsGiven, planStaging, type StagedFile, UnreadableFile } from "../staging.ts";
import { type CaseChecker, type CaseFiles, WorkerLost } from "./case-checker.ts";
import type { WorkerAnswer, WorkerRequest, WorkerResults } from "./case-worker-protocol.ts";

export interface CheckerOptions
  extends Pick<
    CheckOptions,
    "configuration" | "trainer" | "reader" | "mode" | "grid" | "predictions" | "toleranceMm"
  > {
  /** Number of cases to check at a time, each in its own worker. */
  readonly workers: number;
  /** Text of dataset.json; null without one. */
  readonly definition: string | null;
  /** Null without them. */
  readonly plans: { readonly file: string; readonly text: string } | null;
  /**
   * Absolute path of the first training image, on which nnU-Net tries its readers for the whole dataset; null
   * without images. One that cannot be read is left out.
   */
  readonly firstImage: string | null;
}

const OWN = fileURLToPath(import.meta.url);
const isBuilt = extname(OWN) === ".js";
/** Beside this file, as a source or built. */
const WORKER = join(dirname(OWN), isBuilt ? "case-worker.js" : "case-worker.ts");

/** @throws WorkerLost if a worker does not start, or ends meanwhile */
export async function openChecker(options: CheckerOptions): Promise<CaseChecker> {
  const { workers, definition, plans, reader, toleranceMm } = options;
  const { configuration, trainer, mode, grid } = options;
  const pool = new Pool(workers);
  try {
    const first = options.firstImage === null ? [] : stagedIfReadable(options.firstImage);
    // Without files, a worker answers once it has started.
    const [firstImage = null] = await Promise.all(
      pool.workers.map((worker, i) => worker.ask({ kind: "first-image", files: i === 0 ? first : [] })),
    );
    const settings = { configuration, trainer, mode, grid };
    const setup = { settings, reader, definition, plans, firstImage, toleranceMm };
    return { workers, check: checkIn(pool, setup, options.predictions), close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

function checkIn(pool: Pool, setup: CheckSetup, hasPredictions: boolean): CaseChecker["check"] {
  return async (files) => {
    const { name, labels, images, prediction, inputs } = files;
    try {
      // In a dataset.json that lists its cases, labels and images may share a name in different folders.
      const own = planStaging([labels, ...images], "");
      const predicted = hasPredictions && prediction !== null ? planStaging([prediction], "") : [];
      const nameOf = (path: string) => own.find(({ absolute }) => absolute === path)?.name ?? basename(path);
      const { record, picture } = await pool.ask({
        kind: "check",
        setup,
        one: {
          name,
          predictionFiles: predicted.length,
          labels: nameOf(labels),
          images: images.map(nameOf),
          hasPredictions,
          besides: [labels, ...images].filter(isBesidePlain).map(nameOf),
          inputs,
        },
        files: [...own, ...predicted],
      });
      const made: CaseRecord = JSON.parse(record);
      return {
        record: made.status === "ok" ? made : { ...made, sentence: nameAsGiven(made.sentence, own) },
        picture,
      };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      return { record: unreadable(files, error.message), picture: null };
    }
  };
}

function unreadable({ name, inputs }: CaseFiles, sentence: string): UnreadableCase {
  return { schema: "regionscope.report/1", status: "unreadable", case: { name }, inputs, sentence };
}

/** Empty for a file that cannot be read; its own case has a record that says so. */
function stagedIfReadable(path: string): StagedFile[] {
  try {
    return planStaging([path], "");
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

/** Workers, each with one request at a time. */
class Pool {
  readonly #all: Set<Worker>;
  readonly #idle: Worker[];
  #isClosed = false;

  constructor(size: number) {
    this.#idle = Array.from({ length: size }, () => new Worker());
    this.#all = new Set(this.#idle);
  }

  get workers(): readonly Worker[] {
    return [...this.#all];
  }

  /** @throws WorkerLost if the worker ends or has a fault; another takes the place of one that has ended */
  async ask<K extends WorkerRequest["kind"]>(
    request: Extract<WorkerRequest, { readonly kind: K }>,
  ): Promise<WorkerResults[K]> {
    const worker = this.#idle.pop();
    if (!worker) throw new Error("There are more requests at a time than workers.");
    try {
      return await worker.ask(request);
    } finally {
      this.#idle.push(worker.isLost && !this.#isClosed ? this.#replaced(worker) : worker);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  #replaced(worker: Worker): Worker {
    const other = new Worker();
    this.#all.delete(worker);
    this.#all.add(other);
    return other;
  }
}

/** A process, which answers one request after the other. */
class Worker {
  readonly #process: ChildProcess;
  readonly #lost = new Ending();
  readonly #exited: Promise<void>;

  constructor() {
    // What an engine prints when it runs out of memory is not for the user.
    this.#process = fork(WORKER, [], {
      serialization: "advanced",
      ...(isBuilt ? {} : { cwd: root, execArgv: ["--import", "tsx"] }),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#exited = new Promise((done) => {
      this.#process.once("exit", (code, signal) => {
        const why = signal === "SIGKILL" || signal === "SIGABRT" ? ": most often, memory ran out" : "";
        this.#lost.end(new WorkerLost(`A worker ended (${signal ?? `exit code ${code}`})${why}.`));
        done();
      });
      this.#process.on("error", (error) => {
        this.#lost.end(new WorkerLost(`A worker did not start (${error.message}).`));
        if (this.#process.pid === undefined) done();
      });
    });
  }

  get isLost(): boolean {
    return this.#lost.reason !== null;
  }

  /** Call it once the last request is answered. @throws WorkerLost if the process ends or has a fault */
  ask<K extends WorkerRequest["kind"]>(
    request: Extract<WorkerRequest, { readonly kind: K }>,
  ): Promise<WorkerResults[K]> {
    const answered = new Promise<WorkerResults[K]>((resolve, reject) => {
      this.#process.once("message", (answer: WorkerAnswer) => {
        if ("failed" in answer) reject(new WorkerLost(answer.failed));
        else resolve(answer.result as WorkerResults[K]);
      });
      // Without the channel, the process has ended or is about to.
      this.#process.send(request, () => undefined);
    });
    return this.#lost.orEnd(answered);
  }

  /** Whatever it does. */
  async close(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#exited;
  }
}
