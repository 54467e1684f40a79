/** Checks cases several at a time, again where a worker was lost. */
import { errorMessage } from "../../src/base/errors.ts";
import { Ending } from "../ending.ts";
import { type CaseChecker, type CaseFiles, type CheckedFiles, WorkerLost } from "./case-checker.ts";

/** A case that loses its worker so often, all but the first time alone, is given up. */
const TRIES = 3;
/** So many losses without a finished case in between mean that the machine is at fault. */
const MOST_LOSSES = 10;
const TRIES_TO_OPEN = 3;

interface CheckCases {
  readonly names: readonly string[];
  /** Looks at a case's files; null if there is nothing to check. */
  filesOf(name: string): Promise<CaseFiles | null>;
  /** @throws WorkerLost if no workers can be had at the moment */
  open(): Promise<CaseChecker>;
  /** @param seconds that checking took; errors of this function end everything */
  done(name: string, checked: CheckedFiles, seconds: number): Promise<void>;
  /** Called when a worker was lost, with the case that it had and whether that is checked again. */
  lost(name: string, sentence: string, isLast: boolean): void;
  /** Called when no workers could be had, before trying again. */
  notOpened(sentence: string): void;
  /** Ends the work: what the workers have is dropped, and the promise is rejected with its reason. */
  readonly signal: AbortSignal;
}

/** A case without a result, and why. */
export interface GivenUp {
  readonly name: string;
  readonly sentence: string;
  /** Whether its worker was lost: memory may have run out. */
  readonly isLost: boolean;
}

/**
 * Checks each case, as many at a time as there are workers. A case that loses its worker, most often because
 * memory runs out, is checked again when all others are done, with nothing beside it.
 *
 * @returns the cases that were given up; nothing is kept of the others
 * @throws WorkerLost if there are no workers; whatever `filesOf`, `open` and `done` throw
 */
export async function checkCases(work: CheckCases): Promise<GivenUp[]> {
  const { names, filesOf, done, signal } = work;
  const givenUp: GivenUp[] = [];
  if (names.length === 0) return givenUp;
  const losses = new Map<string, number>();
  const suspects: string[] = [];
  let lossesInRow = 0;
  let lastLoss = "";
  const lost = (name: string, sentence: string) => {
    lossesInRow++;
    lastLoss = sentence;
    const times = (losses.get(name) ?? 0) + 1;
    losses.set(name, times);
    const isLast = times >= TRIES;
    work.lost(name, sentence, isLast);
    if (isLast) givenUp.push({ name, sentence, isLost: true });
    else suspects.push(name);
  };

  const checker = await opened(work);
  // With the first error, nothing waits for what the workers still have.
  const ending = new Ending();
  const abort = () => ending.end(signal.reason);
  signal.addEventListener("abort", abort);
  const checkOne = async (name: string): Promise<void> => {
    const files = await filesOf(name);
    if (files === null) return;
    const from = performance.now();
    let checked: CheckedFiles;
    try {
      checked = await ending.orEnd(checker.check(files));
    } catch (error) {
      if (ending.reason !== null) throw error;
      if (error instanceof WorkerLost) lost(name, error.message);
      else givenUp.push({ name, sentence: errorMessage(error), isLost: false });
      return;
    }
    await done(name, checked, (performance.now() - from) / 1000);
    lossesInRow = 0;
  };
  const checkAll = async (queue: string[]): Promise<void> => {
    try {
      while (ending.reason === null && lossesInRow < MOST_LOSSES) {
        signal.throwIfAborted();
        const name = queue.shift();
        if (name === undefined) return;
        await checkOne(name);
      }
    } catch (error) {
      ending.end(error);
    }
  };
  try {
    const waiting = [...names];
    await Promise.all(Array.from({ length: checker.workers }, () => checkAll(waiting)));
    await checkAll(suspects);
    if (ending.reason !== null) throw ending.reason.error;
    const left = [...suspects, ...waiting];
    return [...givenUp, ...left.map((name) => ({ name, sentence: lastLoss, isLost: true }))];
  } finally {
    signal.removeEventListener("abort", abort);
    await checker.close();
  }
}

async function opened(work: CheckCases): Promise<CaseChecker> {
  for (let tries = 1; ; tries++) {
    try {
      work.signal.throwIfAborted();
      return await work.open();
    } catch (error) {
      if (!(error instanceof WorkerLost) || tries >= TRIES_TO_OPEN || work.signal.aborted) throw error;
      work.notOpened(errorMessage(error));
    }
  }
}
