/** Times the Planes view on a sample: crosshair moves, slice steps, and the 3D view at rest and turning. */
import type { Page } from "playwright";
import type { PageTime } from "../src/benchmark/suite.ts";
import { idle, summary, timeKeys } from "./viewer-timing.ts";

const MOVES = [
  ["a crosshair move", ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]],
  ["a slice step", ["]", "]", "[", "["]],
] as const;

/**
 * Times are in ms, from the event until the GPU is done with the frame.
 * @param report called with each time as soon as it is known
 */
export async function timePlanes(page: Page, times: number, report: (time: PageTime) => void): Promise<void> {
  await open(page, "");
  for (const [move, keys] of MOVES) {
    const redraws = await timeKeys(page, keys, times);
    report(summary({ what: `Planes and 3D: redraw after ${move}`, ms: redraws.map(({ workMs }) => workMs) }));
    const shown = redraws.map(({ shownMs }) => shownMs);
    report(summary({ what: `Planes and 3D: redraw after ${move}, on the screen`, ms: shown }));
  }
  await timeView3d(page, times, report);
  await open(page, "&max=solid");
  await timeView3d(page, times, report);
}

async function open(page: Page, more: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/?sample=abdomen-regions&view=planes${more}`);
  await idle(page);
}

async function timeView3d(page: Page, times: number, report: (time: PageTime) => void): Promise<void> {
  const surface = page.getByRole("application", { name: /3D view/ });
  const box = await surface.boundingBox();
  if (!box) throw new Error("The page shows no 3D view.");
  const size = `${Math.round(box.width)} x ${Math.round(box.height)} px`;
  await surface.focus();
  const rest = await framesOf(page, times, () => page.keyboard.press("ArrowRight"));
  report(summary({ what: `3D at rest, 25 regions, ${size}`, ms: rest }));

  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y);
  const orbit = await framesOf(page, times, (i) => page.mouse.move(x + 8 + 6 * (i + 1), y));
  await page.mouse.up();
  await idle(page);
  report(summary({ what: `3D while it is turned, 25 regions, ${size}`, ms: orbit }));
}

/** ms of the frame that each change draws. */
async function framesOf(page: Page, times: number, change: (i: number) => Promise<void>): Promise<number[]> {
  const ms: number[] = [];
  for (let i = 0; i < times; i++) {
    await idle(page);
    await change(i);
    await idle(page);
    ms.push(await page.evaluate(() => window.regionscope?.frames().last.at(-1)?.doneMs ?? Number.NaN));
  }
  return ms;
}
