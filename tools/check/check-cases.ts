/** Checks cases several at a time, with a new checker when the browser is lost. */
import { errorMessage } from "../../src/base/errors.ts";
import { Ending } from "../ending.ts";
import { BrowserLost, type CaseChecker, type CaseFiles, type CheckedFiles } from "./case-checker.ts";

/** A case that loses its browser so often, the last times alone, is given up. */
const TRIES = 3;
/** So many losses without a finished case in between mean that the machine is at fault. */
const MOST_LOSSES = 10;
const TRIES_TO_OPEN = 3;
/** A lost browser may not answer. */
const CLOSE_MS = 5000;

interface CheckCases {
  readonly names: readonly string[];
  /** Looks at a case's files; null if there is nothing to check. */
  filesOf(name: string): Promise<CaseFiles | null>;
  /** @throws BrowserLost if no browser can be had at the moment */
  open(): Promise<CaseChecker>;
  /** @param seconds that checking took; errors of this function end everything */
  done(name: string, checked: CheckedFiles, seconds: number): Promise<void>;
  /** Called when a browser was lost, with the cases that were in it. */
  lost(names: readonly string[], sentence: string): void;
  /** Ends the work: what is in the browser is dropped, and the promise is rejected with its reason. */
  readonly signal: AbortSignal;
}

/** A case without a result, and why. */
export interface GivenUp {
  readonly name: string;
  readonly sentence: string;
}

/**
 * Checks each case, `workers` at a time. Cases that were in a browser when it was lost are suspects: they are
 * checked again when all others are done, one at a time, each in its own right, so that a case that always
 * loses the browser harms no other.
 *
 * @returns the cases that were given up; nothing is kept of the others
 * @throws BrowserLost if no browser can be opened; whatever `filesOf`, `open` and `done` throw
 */
export async function checkCases(work: CheckCases): Promise<GivenUp[]> {
  const givenUp: GivenUp[] = [];
  const losses = new Map<string, number>();
  const waiting = [...work.names];
  let suspects: string[] = [];
  let lossesInRow = 0;
  let checker: CaseChecker | null = null;
  try {
    while (waiting.length + suspects.length > 0) {
      work.signal.throwIfAborted();
      checker ??= await opened(work);
      const isAlone = waiting.length === 0;
      const queue = isAlone ? suspects.splice(0, 1) : waiting;
      const { lost, failed, finished } = await rounds(work, checker, queue, isAlone ? 1 : checker.workers);
      givenUp.push(...failed);
      if (lost === null) continue;
      await closed(checker);
      checker = null;
      lossesInRow = finished ? 1 : lossesInRow + 1;
      work.lost(lost.names, lost.sentence);
      for (const name of lost.names) {
        const times = (losses.get(name) ?? 0) + 1;
        losses.set(name, times);
        if (times < TRIES) suspects.push(name);
        else givenUp.push({ name, sentence: lost.sentence });
      }
      if (lossesInRow >= MOST_LOSSES) {
        const left = [...suspects, ...waiting];
        givenUp.push(...left.map((name) => ({ name, sentence: lost.sentence })));
        suspects = [];
        waiting.length = 0;
      }
    }
  } finally {
    if (checker) await closed(checker);
  }
  return givenUp;
}

interface Round {
  /** The cases in the browser when it was lost; null if it was not. */
  readonly lost: { readonly names: readonly string[]; readonly sentence: string } | null;
  readonly failed: readonly GivenUp[];
  readonly finished: boolean;
}

/** Takes cases from the queue until it is empty or the browser is lost. */
async function rounds(
  { filesOf, done, signal }: CheckCases,
  checker: CaseChecker,
  queue: string[],
  workers: number,
): Promise<Round> {
  // With the first lost browser or error, nothing waits for what is still in the browser.
  const ending = new Ending();
  const dropped: string[] = [];
  const failed: GivenUp[] = [];
  let finished = false;
  const abort = () => ending.end(signal.reason);
  signal.addEventListener("abort", abort);
  const checkNext = async (): Promise<boolean> => {
    signal.throwIfAborted();
    const name = queue.shift();
    if (name === undefined) return false;
    const files = await filesOf(name);
    if (files === null) return true;
    const from = performance.now();
    let checked: CheckedFiles;
    try {
      checked = await ending.orEnd(checker.check(files));
    } catch (error) {
      if (ending.reason !== null || error instanceof BrowserLost) {
        dropped.push(name);
        throw error;
      }
      failed.push({ name, sentence: errorMessage(error) });
      return true;
    }
    await done(name, checked, (performance.now() - from) / 1000);
    finished = true;
    return true;
  };
  const worker = async () => {
    try {
      while (ending.reason === null && (await checkNext()));
    } catch (error) {
      ending.end(error);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  signal.removeEventListener("abort", abort);
  const { reason } = ending;
  if (reason !== null && !(reason.error instanceof BrowserLost)) throw reason.error;
  const lost = reason && { names: dropped, sentence: errorMessage(reason.error) };
  return { lost, failed, finished };
}

async function opened(work: CheckCases): Promise<CaseChecker> {
  for (let tries = 1; ; tries++) {
    try {
      return await work.open();
    } catch (error) {
      if (!(error instanceof BrowserLost) || tries >= TRIES_TO_OPEN || work.signal.aborted) throw error;
      work.lost([], errorMessage(error));
    }
  }
}

/** Closes a checker that may be lost. */
async function closed(checker: CaseChecker): Promise<void> {
  const late = new Promise<void>((done) => {
    setTimeout(done, CLOSE_MS).unref();
  });
  await Promise.race([checker.close().catch(() => {}), late]);
}
