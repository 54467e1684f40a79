/** `npm run summary`: writes tables and a page about all cases that a check went through. */
import { callerFolder, main } from "./run.ts";
import { summaryCommand } from "./summary/summary-command.ts";

await main(() => summaryCommand(process.argv.slice(2), callerFolder("summary")));
