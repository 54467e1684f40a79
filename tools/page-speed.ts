/** `npm run bench:page`: how long the page takes from a click on a sample to its grid, and to redraw after a crosshair move. */
import { Headless } from "./headless.ts";
import { timePage } from "./page-timing.ts";
import { main, progress } from "./run.ts";

const OPENINGS = 5;
const MOVES = 31;

await main(async () => {
  const app = await Headless.open(progress);
  try {
    const { page } = app;
    print(`${app.browserName}, 1440 x 900, ${OPENINGS} openings, ${MOVES} moves; median (least to most), ms`);
    await timePage(page, { openings: OPENINGS, moves: MOVES }, ({ what, median, least, most }) =>
      print(`${what} ${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`),
    );
    return 0;
  } finally {
    await app.close();
  }
});

function print(line: string): void {
  progress("");
  process.stdout.write(`${line}\n`);
}
