/** `npm run report`: makes one case's report as JSON, with the built application in a headless browser. */
import { Headless } from "./headless.ts";
import { reportCommand } from "./report-command.ts";
import { callerFolder, main, progress } from "./run.ts";

await main(async () => {
  let app: Headless | undefined;
  try {
    const printed = await reportCommand(process.argv.slice(2), callerFolder("report"), async () => {
      app = await Headless.open(progress, { unattended: true });
      return app;
    });
    await written(printed.stdout);
    process.stderr.write(printed.stderr);
    return 0;
  } finally {
    await app?.close();
  }
});

/** Waits until a pipe has accepted all of the text. */
function written(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : done()));
  });
}
