/** Checks the cases of a dataset in one headless browser, several at a time. */
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { basename } from "node:path";
import { errorMessage } from "../../src/base/errors.ts";
import type { CaseRecord, UnreadableCase } from "../../src/domain/dataset-check/case-record.ts";
import type { CheckOptions } from "../../src/domain/dataset-check/check-file.ts";
import type { CaseToRead, CheckAnswer, ServedFiles } from "../../src/workers/case-check-protocol.ts";
import { Ending } from "../ending.ts";
import { browserToStart, Headless } from "../headless.ts";
import { Failure } from "../run.ts";
import { isBesidePlain, nameAsGiven, planStaging, type StagedFile, UnreadableFile } from "../staging.ts";
import { BrowserLost, type CaseChecker, type CaseFiles, type CheckedFiles } from "./case-checker.ts";

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
  /** Called with what is being done while the browser starts. */
  readonly announce?: (text: string) => void;
}

/** The page that checks. */
type Page = Pick<Headless, "page" | "startCheck" | "checkCase" | "close">;

/**
 * Starts the browser and its workers.
 * @throws Failure if there is no browser; BrowserLost if it or the page does not start, as on a machine with
 * too much other work, or ends meanwhile
 */
export async function openChecker(options: CheckerOptions): Promise<CaseChecker> {
  const open: OpenFiles = new Map();
  await browserToStart();
  const app = await opened(options.announce, open);
  try {
    return await checkerOn(app, open, options);
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * Checks cases in a page that is open, in place of those that it was prepared for before.
 * @param open the files that the page may read, to which those of the cases are added
 * @throws BrowserLost if the page ends meanwhile
 */
export async function checkerOn(app: Page, open: OpenFiles, options: CheckerOptions): Promise<CaseChecker> {
  const { workers, definition, plans, reader, toleranceMm, firstImage } = options;
  const { configuration, trainer, mode, grid } = options;
  const lost = watchFor(app);
  const start = (first: ServedFiles | null) =>
    app.startCheck({
      settings: { configuration, trainer, mode, grid },
      reader,
      definition,
      plans,
      toleranceMm,
      workers,
      firstImage: first,
    });
  const first = firstImage === null ? null : stagedIfReadable(firstImage);
  await orLost(lost, first === null ? start(null) : served(open, first, start));
  return {
    workers,
    async check(files) {
      try {
        return await checkFiles(files, options, (staged, request) =>
          served(open, staged, (its) => orLost(lost, app.checkCase(request(its)))),
        );
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return { record: unreadable(files, error.message), picture: null };
      }
    },
    // A browser that has crashed may not answer.
    close: () => app.close().catch(() => undefined),
  };
}

async function opened(announce: CheckerOptions["announce"], files: OpenFiles): Promise<Headless> {
  try {
    return await Headless.open(announce, { unattended: true, files, leavesSignals: true });
  } catch (error) {
    if (error instanceof Failure) throw new BrowserLost(error.message);
    const [line = ""] = errorMessage(error).split("\n");
    throw new BrowserLost(`The browser did not start (${line}).`);
  }
}

type OpenFiles = Map<string, readonly string[]>;

type Ask = (
  files: readonly StagedFile[],
  request: (served: ServedFiles) => CaseToRead,
) => Promise<CheckAnswer>;

async function checkFiles(files: CaseFiles, options: CheckerOptions, ask: Ask): Promise<CheckedFiles> {
  const { name, labels, images, prediction, inputs } = files;
  // In a dataset.json that lists its cases, labels and images may share a name in different folders.
  const own = planStaging([labels, ...images], "");
  const predicted = options.predictions && prediction !== null ? planStaging([prediction], "") : [];
  const nameOf = (path: string) => own.find(({ absolute }) => absolute === path)?.name ?? basename(path);
  const { record, picture } = await ask([...own, ...predicted], (served) => ({
    name,
    files: served,
    predictionFiles: predicted.length,
    labels: nameOf(labels),
    images: images.map(nameOf),
    hasPredictions: options.predictions,
    besides: [labels, ...images].filter(isBesidePlain).map(nameOf),
    inputs,
  }));
  const made: CaseRecord = JSON.parse(record);
  return {
    record: made.status === "ok" ? made : { ...made, sentence: nameAsGiven(made.sentence, own) },
    picture: picture === null ? null : Buffer.from(picture, "base64"),
  };
}

function unreadable({ name, inputs }: CaseFiles, sentence: string): UnreadableCase {
  return { schema: "regionscope.report/1", status: "unreadable", case: { name }, inputs, sentence };
}

/** Null for a file that cannot be read; its own case has a record that says so. */
function stagedIfReadable(path: string): StagedFile[] | null {
  try {
    return planStaging([path], "");
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

/** Serves files as long as the work takes, under an address that nobody else can guess. */
async function served<T>(
  open: OpenFiles,
  files: readonly StagedFile[],
  work: (served: ServedFiles) => Promise<T>,
): Promise<T> {
  const address = `case/${randomUUID()}`;
  const paths = files.map(({ absolute }) => absolute);
  open.set(address, paths);
  try {
    return await work({
      url: `/${address}`,
      files: files.map(({ name, absolute }) => ({ path: name, bytes: statSync(absolute).size })),
    });
  } finally {
    open.delete(address);
  }
}

/** Ends once the tab or the browser is gone. */
function watchFor({ page }: Page): Ending {
  const lost = new Ending();
  page.on("crash", () => lost.end(new BrowserLost("The page crashed: most often, memory ran out.")));
  page.on("close", () => lost.end(new BrowserLost("The browser ended.")));
  return lost;
}

/** Whatever fails beyond a case is a loss: the page answers for every file with a record. */
async function orLost<T>(lost: Ending, call: Promise<T>): Promise<T> {
  try {
    return await lost.orEnd(call);
  } catch (error) {
    throw error instanceof BrowserLost ? error : new BrowserLost(errorMessage(error));
  }
}
