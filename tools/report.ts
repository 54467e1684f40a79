/** `npm run report`: one case's report as JSON, made by the built application in a headless browser. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseReportArguments, REPORT_USAGE, UsageError } from "./arguments.ts";
import { Headless } from "./headless.ts";
import { callerFolder, Failure, fileToWrite, main, progress } from "./run.ts";
import { nameAsGiven, planStaging, stage, UnreadableFile, withoutPartners } from "./staging.ts";

const BAD_INPUT = 2;

await main(async () => {
  const base = callerFolder("report");
  const parsed = orBadInput(() => parseReportArguments(process.argv.slice(2)));
  if (parsed === "help") {
    process.stdout.write(`${REPORT_USAGE}\n`);
    return 0;
  }
  const { labels, dataset, plans, image, labelTable } = parsed;
  const out = parsed.out === null ? null : fileToWrite("report", "--out", parsed.out);
  // Labels come first: a case is named after its label file, which therefore keeps its name.
  const given = [...labels, dataset, plans, image, labelTable].filter((path) => path !== null);
  const files = orBadInput(() => planStaging(given, base));
  const nameOf = (path: string) => {
    const absolute = resolve(base, path);
    return files.find((file) => file.absolute === absolute)?.name ?? path;
  };

  const staged = await stage(files);
  let app: Headless | undefined;
  try {
    app = await Headless.open(progress, { unattended: true });
    progress("Computing…");
    const answer = await app.report(staged.paths, {
      labels: withoutPartners(labels, base).map(nameOf),
      dataset: dataset && nameOf(dataset),
      plans: plans && nameOf(plans),
      image: image && nameOf(image),
      labelTable: labelTable && nameOf(labelTable),
      configuration: parsed.configuration,
      trainer: parsed.trainer,
      reader: parsed.reader,
      mode: parsed.mode,
      path: parsed.path,
      verify: parsed.verify,
      labelsAnyway: parsed.labelsAnyway,
    });
    progress("");
    if (!answer.ok)
      throw new Failure(nameAsGiven(answer.sentence.replaceAll(/\s*\n\s*/g, " "), files), BAD_INPUT);
    const text = `${JSON.stringify(answer.report, null, 2)}\n`;
    if (out === null) await written(text);
    else await writeFile(out, text);
    if (parsed.verify === "all" && answer.report.verified === null) {
      process.stderr.write("--verify all compared nothing: the browser has no GPU, so the CPU counted.\n");
    }
    return 0;
  } finally {
    staged.dispose();
    await app?.close();
  }
});

function orBadInput<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnreadableFile)
      throw new Failure(error.message, BAD_INPUT);
    throw error;
  }
}

/** Waits until a pipe has taken everything. */
function written(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : done()));
  });
}
