/**
 * `npm run bench:page`: measures how long the page takes from a click on a sample to its grid, and to redraw
 * after a crosshair move.
 */
import type { PageTime } from "../src/benchmark/suite.ts";
import { Headless } from "./headless.ts";
import { timePage } from "./page-timing.ts";
import { timePlanes } from "./planes-timing.ts";
import { main, positive, progress, readOptions } from "./run.ts";

const USAGE = "Usage: npm run bench:page -- [--openings 5] [--moves 31] [--quick]";
const QUICK = { openings: 1, moves: 1, samples: 1 } as const;

await main(async () => {
  const { values } = readOptions(
    {
      openings: { type: "string", default: "5" },
      moves: { type: "string", default: "31" },
      // Times one sample, once.
      quick: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
    USAGE,
  );
  if (values.help) {
    print(USAGE);
    return 0;
  }
  const counts = values.quick
    ? QUICK
    : {
        openings: Math.ceil(positive(values.openings, USAGE)),
        moves: Math.ceil(positive(values.moves, USAGE)),
      };
  const app = await Headless.open(progress);
  try {
    const { page } = app;
    print(
      `${app.browserName}, 1440 x 900, ${counts.openings} openings, ${counts.moves} moves; median (least to most), ms`,
    );
    const report = ({ what, median, least, most }: PageTime) =>
      print(`${what} ${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`);
    await timePlanes(page, counts.moves, report);
    await timePage(page, counts, report);
    return 0;
  } finally {
    await app.close();
  }
});

function print(line: string): void {
  progress("");
  process.stdout.write(`${line}\n`);
}
