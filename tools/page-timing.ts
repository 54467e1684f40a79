/**
 * Times the page as a person experiences it: from a click on a sample to its grid, and from a key to the
 * redraw, that is, until the GPU is done with the frame. Times *on the screen* end at the animation frame
 * after that.
 */
import type { Page } from "playwright";
import type { PageTime } from "../src/benchmark/suite.ts";
import { idle, summary, timeKeys } from "./viewer-timing.ts";

const SAMPLES = [
  ["Abdomen, 25 nested regions", /25 nested/],
  ["Abdomen, 73 overlapping regions", /73 overlapping/],
  ["Lumbar spine, 16 regions", /Lumbar spine/],
] as const;

/** Goes around a square and back, so that no move ends at the edge of the volume. */
const MOVES = [
  ["a crosshair move", ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]],
  ["a slice step", ["]", "]", "[", "["]],
] as const;

/**
 * Opens every sample, or the first `samples` of them, and moves its crosshair in every plane.
 * @param report called with each time as soon as it is known
 */
export async function timePage(
  page: Page,
  counts: { readonly openings: number; readonly moves: number; readonly samples?: number },
  report: (time: PageTime) => void,
): Promise<void> {
  for (const [title, card] of SAMPLES.slice(0, counts.samples)) {
    const openings: number[] = [];
    for (let i = 0; i < counts.openings; i++) {
      await page.goto(new URL(page.url()).origin);
      await idle(page);
      openings.push(await timeOpening(page, card));
    }
    report(summary({ what: `${title}: click to complete grid`, ms: openings }));
    for (const plane of ["Coronal", "Axial", "Sagittal"]) {
      await page.getByRole("radio", { name: plane }).click();
      await idle(page);
      for (const [move, keys] of MOVES) {
        const redraws = await timeKeys(page, keys, counts.moves);
        const what = `${title}: redraw after ${move}, ${plane.toLowerCase()}`;
        report(summary({ what, ms: redraws.map(({ workMs }) => workMs) }));
        report(summary({ what: `${what}, on the screen`, ms: redraws.map(({ shownMs }) => shownMs) }));
      }
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
