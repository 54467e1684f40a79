/** Times of the page as a person has them: from a click on a sample to its grid, and from a key to the redraw. */
import type { Page } from "playwright";
import { quantile } from "../src/timing/statistics.ts";
import type { PageTime } from "../src/timing/suite.ts";

const SAMPLES = [
  ["Abdomen, 25 nested regions", /25 nested/],
  ["Abdomen, 73 overlapping regions", /73 overlapping/],
  ["Lumbar spine, 16 regions", /Lumbar spine/],
] as const;

/** Opens every sample and moves its crosshair in every plane; `tell` hears of each time as it is known. */
export async function timePage(
  page: Page,
  counts: { readonly openings: number; readonly moves: number },
  tell: (time: PageTime) => void,
): Promise<void> {
  for (const [title, card] of SAMPLES) {
    const openings: number[] = [];
    for (let i = 0; i < counts.openings; i++) {
      await page.goto(new URL(page.url()).origin);
      await idle(page);
      openings.push(await timeOpening(page, card));
    }
    tell(summary(`${title}: click to complete grid`, openings));
    for (const plane of ["Coronal", "Axial", "Sagittal"]) {
      await page.getByRole("radio", { name: plane }).click();
      await idle(page);
      const what = `${title}: redraw after a crosshair move, ${plane.toLowerCase()}`;
      tell(summary(what, await timeMoves(page, counts.moves)));
    }
  }
}

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
function timeMoves(page: Page, moves: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
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
  }, moves);
}

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.idle === "true");
}

function summary(what: string, times: readonly number[]): PageTime {
  const sorted = [...times].sort((a, b) => a - b);
  return { what, median: quantile(sorted, 0.5), least: quantile(sorted, 0), most: quantile(sorted, 1) };
}
