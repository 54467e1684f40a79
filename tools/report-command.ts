/** `report`: makes one case's report as JSON, with the built application in a headless browser. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseReportArguments, UsageError } from "./arguments.ts";
import type { Headless } from "./headless.ts";
import { Failure, fileToWrite, print, progress } from "./run.ts";
import {
  isBesidePlain,
  linkFiles,
  nameAsGiven,
  planStaging,
  UnreadableFile,
  withoutPartners,
} from "./staging.ts";
import { helpText, REPORT_USAGE } from "./usage.ts";

const BAD_INPUT = 2;

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** {@link reportCommand} in a browser of its own. @returns the exit code */
export async function report(args: readonly string[], base: string): Promise<number> {
  let app: Headless | undefined;
  try {
    const printed = await reportCommand(args, base, async () => {
      // Imported late: an invalid command line is refused before the driver of the browser is loaded.
      const { Headless } = await import("./headless.ts");
      app = await Headless.open(progress, { unattended: true });
      return app;
    });
    await print(printed.stdout);
    process.stderr.write(printed.stderr);
    return 0;
  } finally {
    await app?.close();
  }
}

/**
 * @param args those after the command's name
 * @param base absolute path of the folder for relative paths
 * @param open returns the application's page, after the command line has proved valid; its owner closes it
 * @throws Failure, with exit code 2 for unreadable input
 */
export async function reportCommand(
  args: readonly string[],
  base: string,
  open: () => Promise<Pick<Headless, "report">>,
): Promise<Printed> {
  const parsed = orBadInput(() => parseReportArguments(args));
  if (parsed === "help") return { stdout: helpText(REPORT_USAGE), stderr: "" };
  const { labels, dataset, plans, images, labelTable } = parsed;
  const out = parsed.out === null ? null : fileToWrite("report", "--out", parsed.out);
  // Labels come first: the label file names the case, so it must keep its own name.
  const given = [...labels, dataset, plans, ...images, labelTable].filter((path) => path !== null);
  const files = orBadInput(() => planStaging(given, base));
  const nameOf = (path: string) => {
    const absolute = resolve(base, path);
    return files.find((file) => file.absolute === absolute)?.name ?? path;
  };

  const [image = null, ...moreChannels] = withoutPartners(images, base).map(nameOf);
  const besides = [...labels, ...images].filter((path) => isBesidePlain(resolve(base, path))).map(nameOf);
  const staged = await linkFiles(files);
  try {
    const app = await open();
    progress("Computing…");
    const answer = await app.report(staged.paths, {
      labels: withoutPartners(labels, base).map(nameOf),
      dataset: dataset && nameOf(dataset),
      plans: plans && nameOf(plans),
      image,
      ...(moreChannels.length > 0 ? { moreChannels } : {}),
      labelTable: labelTable && nameOf(labelTable),
      configuration: parsed.configuration,
      ...(besides.length > 0 ? { besides } : {}),
      trainer: parsed.trainer,
      reader: parsed.reader,
      mode: parsed.mode,
      grid: parsed.grid,
      path: parsed.path,
      verify: parsed.verify,
      labelsAnyway: parsed.labelsAnyway,
    });
    progress("");
    if (!answer.ok)
      throw new Failure(nameAsGiven(answer.sentence.replaceAll(/\s*\n\s*/g, " "), files), BAD_INPUT);
    const text = `${JSON.stringify(answer.report, null, 2)}\n`;
    if (out !== null) await writeFile(out, text);
    const comparedNothing = parsed.verify === "all" && answer.report.verified === null;
    return {
      stdout: out === null ? text : "",
      stderr: comparedNothing
        ? "--verify all compared nothing: the browser has no GPU, so the CPU counted.\n"
        : "",
    };
  } finally {
    staged.dispose();
  }
}

function orBadInput<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnreadableFile)
      throw new Failure(error.message, BAD_INPUT);
    throw error;
  }
}
