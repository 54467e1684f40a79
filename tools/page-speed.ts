/** `npm run bench:page`: how long the page takes from a click on a sample to its grid, and to redraw after a crosshair move. */
import type { PageTime } from "../src/timing/suite.ts";
import { Headless } from "./headless.ts";
import { timePage } from "./page-timing.ts";
import { timePlanes } from "./planes-timing.ts";
import { main, progress } from "./run.ts";

const OPENINGS = 5;
const MOVES = 31;

await main(async () => {
  const app = await Headless.open(progress);
  try {
    const { page } = app;
    print(`${app.browserName}, 1440 x 900, ${OPENINGS} openings, ${MOVES} moves; median (least to most), ms`);
    const tell = ({ what, median, least, most }: PageTime) =>
      print(`${what} ${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`);
    await timePlanes(page, MOVES, tell);
    await timePage(page, { openings: OPENINGS, moves: MOVES }, tell);
    return 0;
  } finally {
    await app.close();
  }
});

function print(line: string): void {
  progress("");
  process.stdout.write(`${line}\n`);
}
