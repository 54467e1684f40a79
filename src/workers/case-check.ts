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

export interface StartCheckRequest extends Omit<CheckSetup, "firstImage"> {
  /** How many cases are checked at a time. */
  readonly workers: number;
  /** The dataset's first training image, then the second file of its pair if it has one; null without. */
  readonly firstImage: ServedFiles | null;
}

let setup: CheckSetup | null = null;

/** Prepares to check the cases of a dataset; replaces what was prepared before. */
export async function startCheck({ workers, firstImage, ...rest }: StartCheckRequest): Promise<void> {
  while (idle.length < workers) {
    const client = newClient();
    client.prepare();
    idle.push(client);
  }
  setup = { ...rest, firstImage: firstImage && (await ask({ kind: "first-image", files: firstImage })) };
}

/** Checks one case, whatever its files are like. @throws Error if the worker stops */
export async function checkCase(one: CaseToRead): Promise<CheckAnswer> {
  if (!setup) throw new Error("startCheck comes first.");
  return ask({ kind: "check", setup, one });
}

async function ask<K extends CaseCheckRequest["kind"]>(
  request: Extract<CaseCheckRequest, { readonly kind: K }>,
): Promise<CaseCheckResults[K]> {
  const client = idle.pop() ?? newClient();
  try {
    return await client.ask(request, new AbortController().signal);
  } finally {
    // After a failure too: it starts another worker where its own has stopped.
    idle.push(client);
  }
}
