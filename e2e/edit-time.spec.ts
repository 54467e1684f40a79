/** Measures how soon an edit shows. Nothing else runs beside this file. */
import { grid, idle, openSample } from "./support/app.ts";
import { line, select } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";

const EDITS = 16;

test("an edit among 73 regions shows within 150 ms, without uploading the volume again", async ({ page }) => {
  await openSample(page, "abdomen-organs");
  await select(page, "skeleton");
  const redraws: number[] = [];
  for (let i = 0; i < EDITS; i++) redraws.push(await fromRest(page, "[aria-label='Show crosshair']"));
  const uploaded = () => page.evaluate(() => window.regionscope?.uploadedBytes() ?? -1);
  const before = await uploaded();
  const edits: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const count = await line(page, "skeleton").textContent();
    edits.push(await fromRest(page, ".label-chip button"));
    await expect(line(page, "skeleton")).not.toHaveText(count ?? "");
  }
  const grown = (await uploaded()) - before;
  const [edit, redraw] = [undisturbed(edits), undisturbed(redraws)];
  console.log(
    `edit of a region among 73: lower quartile ${edit.toFixed(0)} ms of ${inMs(edits)}; ` +
      `a redraw alone ${redraw.toFixed(0)} ms of ${inMs(redraws)}; ${grown} bytes uploaded in ${EDITS} edits`,
  );
  // On a busy processor, a redraw alone can take that long.
  expect(edit).toBeLessThan(Math.max(150, 2 * redraw));
  expect(grown).toBeLessThan(200_000);
  await expect(grid(page)).toContainText("skeleton");
});

/**
 * The lower quartile: whatever else the machine does, such as drawing in software on the same two cores, only
 * adds time, and to every second edit on some.
 */
const undisturbed = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[times.length >> 2] ?? Number.NaN;

const inMs = (times: readonly number[]) => times.map((ms) => ms.toFixed(0)).join(", ");

/** Frames to wait before timing something: the browser is still drawing the text of the last edit. */
const REST_FRAMES = 12;

async function fromRest(page: Page, selector: string): Promise<number> {
  // A worker computes shares of patches after each edit.
  await idle(page);
  await page.evaluate(
    (frames) =>
      new Promise<void>((resolve) => {
        let left = frames;
        const next = () => (left-- > 0 ? requestAnimationFrame(next) : resolve());
        next();
      }),
    REST_FRAMES,
  );
  return page.evaluate(timeOf, selector);
}

/** Runs in the page: presses a button and returns the ms until everything is drawn and counted. */
function timeOf(selector: string): Promise<number> {
  const root = document.documentElement;
  const button = document.querySelector<HTMLElement>(selector);
  return new Promise((resolve) => {
    const start = performance.now();
    const observer = new MutationObserver(() => {
      // "shares" if only those of patches are still being computed, in a worker.
      if (root.dataset.idle === "false") return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-idle"] });
    button?.click();
  });
}
