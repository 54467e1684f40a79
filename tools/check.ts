/** `npm run check`: checks the cases of a dataset, with the built application in a headless browser. */
import { openChecker } from "./check/browser-checker.ts";
import { checkCommand } from "./check/check-command.ts";
import { callerFolder, main } from "./run.ts";

await main(() => checkCommand(process.argv.slice(2), callerFolder("check"), openChecker));
