/**
 * `npm run test:monkey`: works on the page at random, from a seed, and says which events led to the first
 * fault.
 */
import { Headless } from "./headless.ts";
import { runMonkey } from "./monkey/monkey.ts";
import { Failure, main, positive, progress, readOptions } from "./run.ts";

const USAGE = "Usage: npm run test:monkey -- [--seed SEED] [--events 500] [--verbose]";

await main(async () => {
  const { values } = readOptions(
    {
      seed: { type: "string", default: String(1 + (Date.now() % 1_000_000)) },
      events: { type: "string", default: "500" },
      // Prints every event.
      verbose: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
    USAGE,
  );
  if (values.help) {
    print(USAGE);
    return 0;
  }
  const [seed, events] = [values.seed, values.events].map((value) => Math.ceil(positive(value, USAGE)));
  if (seed === undefined || events === undefined) throw new Failure(USAGE, 2);
  print(`Seed ${seed}, ${events} events`);
  const app = await Headless.open(progress);
  const start = performance.now();
  try {
    const verbose = values.verbose ? { verbose: print } : {};
    const { fault } = await runMonkey(app.page, { seed, events, progress, ...verbose });
    if (fault !== null) throw new Failure(fault);
    print(`No fault in ${((performance.now() - start) / 1000).toFixed(0)} s.`);
    return 0;
  } finally {
    await app.close();
  }
});

function print(line: string): void {
  progress("");
  process.stdout.write(`${line}\n`);
}
