/** Implements `check`, except for the workers that read the cases. */
import { availableParallelism } from "node:os";
import { resolve, sep } from "node:path";
import { errorMessage } from "../../src/base/errors.ts";
import type { CaseRecord } from "../../src/domain/dataset-check/case-record.ts";
import { type CheckArguments, parseCheckArguments, UsageError } from "../arguments.ts";
import { Failure, progress } from "../run.ts";
import { CHECK_USAGE, helpText } from "../usage.ts";
import { programVersion } from "../version.ts";
import { type CaseChecker, type CheckedFiles, WorkerLost } from "./case-checker.ts";
import { lookAt, sameInputs } from "./case-files.ts";
import { CaseLines, factsOf, imageNotes, printable, type RecordFacts } from "./case-lines.ts";
import { checkCases, type GivenUp } from "./check-cases.ts";
import { type DatasetFolder, readDatasetFolder } from "./dataset-folder.ts";
import { OutFolder } from "./out-folder.ts";
import { assertOwnFolder } from "./out-place.ts";
import { endedBySignal } from "./signals.ts";
import type { CheckerOptions } from "./worker-checker.ts";

/** Exit codes. */
const DONE = 0;
/** All cases are done, and `--fail-on` counts what was found as a failure. */
const FOUND = 1;
/** The command line or the dataset is at fault, or the folder cannot be written. */
const REFUSED = 2;
/** A worker or the machine is at fault: worth another try. */
const LOST = 3;

/** Cases whose files are looked at together; a disk on a network is slow to answer. */
const LOOKED_AT_TOGETHER = 16;

/** More workers than this need more memory than most machines have. */
const MOST_WORKERS = 8;

/** Starts what checks the cases. @throws WorkerLost if it does not start */
type OpenChecker = (options: CheckerOptions) => Promise<CaseChecker>;

/**
 * Checks the cases of a dataset, or of a part of it, and writes what it finds into a folder, as
 * docs/commands.md describes it. Prints a line a case on stderr, and nothing on stdout except for `--help`.
 *
 * SIGINT, SIGTERM and SIGHUP end the process by that signal once the checker is closed. No file is left half
 * written.
 *
 * @param args those after the command's name
 * @param base absolute path of the folder for relative paths
 * @param openChecker called when there is a case to check, and again when that is lost
 * @returns 0 if every case of the part has its record; 1 if so, but `--fail-on` names what was found; 3 if
 * a worker was lost and a case has none
 * @throws Failure with exit code 2 for an unusable command line, dataset or folder
 */
export async function checkCommand(
  args: readonly string[],
  base: string,
  openChecker: OpenChecker,
): Promise<number> {
  const given = parsed(args);
  if (given === "help") {
    process.stdout.write(helpText(CHECK_USAGE));
    return DONE;
  }
  // The last lines may fail after the end, so the listener stays.
  if (!process.stderr.listeners("error").includes(withoutReader)) process.stderr.on("error", withoutReader);
  try {
    return await endedBySignal((signal, atEnd) => check({ given, base, openChecker, signal, atEnd }));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(errorMessage(error).split("\n")[0] ?? "", LOST);
  }
}

/** Nobody need read the lines: without their reader, the cases are checked all the same. */
const withoutReader = () => {};

interface Check {
  readonly given: CheckArguments;
  readonly base: string;
  readonly openChecker: OpenChecker;
  readonly signal: AbortSignal;
  readonly atEnd: (act: () => void) => void;
}

async function check({ given, base, openChecker, signal, atEnd }: Check): Promise<number> {
  const from = performance.now();
  const folders = {
    dataset: resolve(base, given.dataset),
    predictions: given.predictions === null ? null : resolve(base, given.predictions),
  };
  const outFolder = resolve(base, given.out);
  const dataset = await readDatasetFolder(given, base, programVersion());
  const file = dataset.check;
  assertOwnFolder(given.out, { out: outFolder, ...folders }, file.cases);
  const out = await OutFolder.open(outFolder, given.out, file, given.continues);
  atEnd(() => out.dropUnfinished());

  const { index, count } = given.part;
  const part = new Map(file.cases.filter((_, i) => i % count === index).map((one) => [one.name, one]));
  const names = [...part.keys()];
  await out.clear(names);
  const print = (line: string) => {
    progress("");
    process.stderr.write(`${printable(line)}\n`);
  };
  const lines = new CaseLines(names, imageNotes(file.cases, dataset.channels), print);
  const done = async (name: string, { record, picture }: CheckedFiles, seconds: number | null) => {
    const written = withoutFolder(record, folders.dataset);
    await out.write(name, { record: written, picture });
    lines.done(name, factsOf(written), seconds);
  };
  const filesOf = async (name: string) => {
    const one = part.get(name);
    if (!one) throw new Error(`${name} is not a case of this part.`);
    const looked = await lookAt(one, folders);
    if ("files" in looked) return looked.files;
    await done(name, { record: looked.record, picture: null }, null);
    return null;
  };
  /**
   * What an earlier run found in a case whose files are as they were; null without that. Removes a record of
   * other files: if this run ends before the case is checked again, a summary must miss it.
   */
  const unchanged = async (name: string): Promise<RecordFacts | null> => {
    const [one, record] = [part.get(name), await out.read(name)];
    if (!one || !record) return null;
    const looked = await lookAt(one, folders);
    if ("files" in looked && sameInputs(looked.files.inputs, record.inputs)) return factsOf(record);
    await out.remove(name);
    return null;
  };

  const left: string[] = [];
  for (let i = 0; i < names.length; i += LOOKED_AT_TOGETHER) {
    signal.throwIfAborted();
    const some = names.slice(i, i + LOOKED_AT_TOGETHER);
    const facts = await Promise.all(some.map((name) => (given.continues ? unchanged(name) : null)));
    for (const [j, name] of some.entries()) {
      const kept = facts[j];
      if (kept) lines.kept(kept);
      // Needs no worker.
      else if (part.get(name)?.labels === null) await filesOf(name);
      else left.push(name);
    }
  }

  // Starting the workers; no case is checked meanwhile.
  let startMs = 0;
  const open = async () => {
    const start = performance.now();
    try {
      return await openChecker(checkerOptions(dataset, given.workers, left.length));
    } finally {
      startMs += performance.now() - start;
    }
  };
  const { givenUp, reason } = await orLost(() =>
    checkCases({
      names: left,
      filesOf,
      open,
      done,
      lost: (name, sentence, isLast) => {
        if (!isLast) print(`${sentence} ${name} is checked again when the others are done.`);
      },
      notOpened: (sentence) => print(`${sentence} Trying again.`),
      signal,
    }),
  );
  if (reason !== null) print(reason);
  for (const { name, sentence } of givenUp) {
    await unchanged(name);
    print(`${name} was not checked: ${sentence}`);
  }
  if (givenUp.some(({ isLost }) => isLost)) print(memoryAdvice(workersFor(given.workers, left.length)));
  const place = count > 1 ? `Part ${index} (of 0 to ${count - 1})` : null;
  lines.summary(place, (performance.now() - from - startMs) / 1000, left.length > 0 ? startMs / 1000 : null);
  if (givenUp.length > 0 || reason !== null) return LOST;
  const { errors, warnings } = lines.total;
  const counted = { error: errors, warning: errors + warnings };
  return given.failOn !== null && counted[given.failOn] > 0 ? FOUND : DONE;
}

function parsed(args: readonly string[]): CheckArguments | "help" {
  try {
    return parseCheckArguments(args);
  } catch (error) {
    if (error instanceof UsageError) throw new Failure(error.message, REFUSED);
    throw error;
  }
}

/** @param given with `--workers` */
function workersFor(given: number | null, cases: number): number {
  return Math.min(given ?? Math.min(availableParallelism(), MOST_WORKERS), Math.max(1, cases));
}

function memoryAdvice(workers: number): string {
  const how = workers > 1 ? `and fewer --workers than ${workers}` : "on a machine with more memory";
  return `If memory ran out, start again with --continue ${how}.`;
}

/** @param cases number of cases to check */
function checkerOptions(
  { check, plansFile, firstImage }: DatasetFolder,
  workers: number | null,
  cases: number,
): CheckerOptions {
  const { options, definition, plans } = check;
  return {
    ...options,
    workers: workersFor(workers, cases),
    definition,
    plans: plans === null || plansFile === null ? null : { file: plansFile, text: plans },
    firstImage,
  };
}

interface Ended {
  readonly givenUp: readonly GivenUp[];
  /** Why there are no workers; null if there were, or none was needed. */
  readonly reason: string | null;
}

async function orLost(work: () => Promise<readonly GivenUp[]>): Promise<Ended> {
  try {
    return { givenUp: await work(), reason: null };
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    return { givenUp: [], reason: errorMessage(error) };
  }
}

/** Names files as they lie in the dataset, so that records do not depend on where the dataset lies. */
function withoutFolder(record: CaseRecord, folder: string): CaseRecord {
  if (record.status === "ok") return record;
  return { ...record, sentence: record.sentence.replaceAll(folder + sep, "") };
}
