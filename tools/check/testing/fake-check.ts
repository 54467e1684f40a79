/**
 * A process for tests: `check` with a checker that takes its time. It prints "closed" on stdout when it
 * closes the checker, as it must before a signal ends it.
 */
import { main } from "../../run.ts";
import { checkCommand } from "../check-command.ts";
import { fakeChecker } from "./fake-checker.ts";

const DELAY_MS = 20;

const [base = "", ...args] = process.argv.slice(2);
await main(() =>
  checkCommand(args, base, async () => {
    const checker = fakeChecker({ delayMs: DELAY_MS });
    return {
      workers: checker.workers,
      check: (files) => checker.check(files),
      async close() {
        process.stdout.write("closed\n");
        await checker.close();
      },
    };
  }),
);
