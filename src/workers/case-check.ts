/** The page's side of the workers that check the cases of a dataset. */
import type {
  CaseCheckRequest,
  CaseCheckResults,
  CaseToRead,
  CheckAnswer,
  CheckSetup,
  ServedFiles,
} from "./case-check-protocol.ts";
import { WorkerClient } from "./client.ts";

type Client = WorkerClient<CaseCheckRequest, CaseCheckResults>;

/** Workers that are kept between cases, because starting one takes longer than checking a small case. */
const idle: Client[] = [];

function newClient(): Client {
  return new WorkerClient<CaseCheckRequest, CaseCheckResults>({
    start: () =>
      new Worker(new URL("./case-check.worker.ts", import.meta.url), { type: "module", name: "case check" }),
    name: "The worker that checks cases",
    isKept: true,
  });
}

/** Starts as many workers as there will be calls at a time. */
export function prepareCaseChecks(workers: number): void {
  while (idle.length < workers) {
    const client = newClient();
    client.prepare();
    idle.push(client);
  }
}

/** Checks one case, whatever its files are like. @throws Error if the worker stops */
export function checkCaseInWorker(setup: CheckSetup, one: CaseToRead): Promise<CheckAnswer> {
  return withClient((client, signal) => client.ask({ kind: "check", setup, one }, signal));
}

/** Tries ITK on the dataset's first training image; null if it is no readable volume. */
export function tryFirstImageInWorker(files: ServedFiles): Promise<CaseCheckResults["first-image"]> {
  return withClient((client, signal) => client.ask({ kind: "first-image", files }, signal));
}

async function withClient<T>(work: (client: Client, signal: AbortSignal) => Promise<T>): Promise<T> {
  const client = idle.pop() ?? newClient();
  const done = await work(client, new AbortController().signal);
  idle.push(client);
  return done;
}
