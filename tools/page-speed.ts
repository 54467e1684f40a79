/** `npm run bench:page`: how long the page takes from a click on a sample to its grid, and to redraw after a crosshair move. */
import type { Page } from "playwright";
import { quantile } from "../src/timing/statistics.ts";
import { Headless } from "./headless.ts";
import { main, progress } from "./run.ts";

const OPENINGS = 5;
const MOVES = 31;
const SAMPLES = [
  ["Abdomen, 25 nested regions", /25 nested/],
  ["Abdomen, 73 overlapping regions", /73 overlapping/],
  ["Lumbar spine, 16 regions", /Lumbar spine/],
] as const;

await main(async () => {
  const app = await Headless.open(progress);
  try {
    const { page } = app;
    const version = page.context().browser()?.version() ?? "";
    print(
      `Chromium ${version}, 1440 x 900, ${OPENINGS} openings, ${MOVES} moves; median (least to most), ms`,
    );
    for (const [title, card] of SAMPLES) {
      const openings: number[] = [];
      for (let i = 0; i < OPENINGS; i++) {
        await page.goto(new URL(page.url()).origin);
        await idle(page);
        openings.push(await timeOpening(page, card));
      }
      print(`${title}: click to complete grid ${summary(openings)}`);
      for (const plane of ["Coronal", "Axial", "Sagittal"]) {
        await page.getByRole("radio", { name: plane }).click();
        await idle(page);
        print(
          `${title}: redraw after a crosshair move, ${plane.toLowerCase()} ${summary(await timeMoves(page))}`,
        );
      }
    }
    return 0;
  } finally {
    await app.close();
  }
});

/** From the click to the frame that shows every tile with its image and its count. */
async function timeOpening(page: Page, card: RegExp): Promise<number> {
  await page.getByRole("button", { name: card }).evaluate((button: HTMLElement) => {
    performance.clearMarks();
    performance.mark("click");
    button.click();
  });
  await page.waitForFunction(() => performance.getEntriesByName("grid complete").length > 0);
  await idle(page);
  const [click, complete] = await page.evaluate(() =>
    ["click", "grid complete"].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN),
  );
  return (complete ?? Number.NaN) - (click ?? Number.NaN);
}

/** From the key to the second animation frame after the GPU is done: what was drawn is on the screen by then. */
function timeMoves(page: Page): Promise<number[]> {
  return page.evaluate(async (moves) => {
    const times: number[] = [];
    for (let i = 0; i < moves; i++) {
      const start = performance.now();
      // Around a square, so that no move ends at the edge of the volume.
      const key = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"][i % 4] ?? "";
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true }));
      if (document.documentElement.dataset.idle === "true") throw new Error("The move drew nothing.");
      while (document.documentElement.dataset.idle !== "true") await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - start);
    }
    return times;
  }, MOVES);
}

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.idle === "true");
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => quantile(sorted, share).toFixed(0);
  return `${at(0.5)} (${at(0)} to ${at(1)})`;
}

function print(line: string): void {
  progress("");
  process.stdout.write(`${line}\n`);
}
