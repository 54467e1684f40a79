/**
 * Times a viewer's work in the built application: opening an atlas over a T1 image, and then working with it.
 */
import type { Page } from "playwright";
import { quantile } from "../src/base/statistics.ts";
import type { PageTime } from "../src/benchmark/suite.ts";
import type { Headless } from "./headless.ts";

/** Times of one kind of work in ms, in the order taken. */
interface WorkTimes {
  readonly what: string;
  readonly ms: readonly number[];
}

export interface Redraw {
  /** From the event until the GPU is done with the frame: the work of page and GPU. */
  readonly workMs: number;
  /** From the event to the animation frame after that, when the drawing is on the screen. */
  readonly shownMs: number;
}

const FILES = 'input[type="file"][aria-label="Open files"]';

/** Opens the files in a page without a case; returns the ms from choosing them to each mark. */
export async function timeOpening(app: Headless, files: readonly string[]): Promise<Map<string, number>> {
  const { page } = app;
  await page.goto(new URL(page.url()).origin);
  await idle(page);
  await page.evaluate((selector) => {
    performance.clearMarks();
    document
      .querySelector(selector)
      ?.addEventListener("change", () => performance.mark("chosen"), { capture: true, once: true });
  }, FILES);
  await page.setInputFiles(FILES, [...files]);
  await page.waitForFunction(() => performance.getEntriesByName("grid complete").length > 0);
  await idle(page);
  const marks = await page.evaluate(() =>
    performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime] as const),
  );
  const at = new Map(marks);
  const start = at.get("chosen");
  if (start === undefined) throw new Error("The page did not take the files.");
  return new Map([...at].map(([name, time]) => [name, time - start]));
}

/** Presses keys `times` times, one frame after the other. Keys that alternate bring the view back. */
export function timeKeys(page: Page, keys: readonly string[], times: number): Promise<Redraw[]> {
  return timeEvents(page, { keys, times });
}

/** Moves the slider of the fill opacity `times` times. */
export function timeOpacity(page: Page, times: number): Promise<Redraw[]> {
  return timeEvents(page, { keys: null, times });
}

function timeEvents(
  page: Page,
  asked: { readonly keys: readonly string[] | null; readonly times: number },
): Promise<Redraw[]> {
  // No function inside has a name: the tool's compiler would insert a helper that the page does not have.
  return page.evaluate(async ({ keys, times }) => {
    const slider = document.querySelector<HTMLInputElement>('input[aria-label="Fill opacity"]');
    const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    if (!slider || !window.regionscope) throw new Error("The page shows no grid.");
    const redraws: { workMs: number; shownMs: number }[] = [];
    for (let i = 0; i < times; i++) {
      const before = window.regionscope.frames().drawn;
      const key = keys?.[i % keys.length];
      const start = performance.now();
      if (key === undefined) {
        // Like the browser: React notices a value only if it was not set through its own property.
        property?.set?.call(slider, i % 2 === 0 ? "0.8" : "0.3");
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      } else {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true }));
      }
      const eventMs = performance.now() - start;
      if (document.documentElement.dataset.idle === "true") throw new Error("The change drew nothing.");
      while (document.documentElement.dataset.idle !== "true") await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const shownMs = performance.now() - start;
      const { drawn, last } = window.regionscope.frames();
      if (drawn !== before + 1) throw new Error(`One change drew ${drawn - before} frames.`);
      redraws.push({ workMs: eventMs + (last.at(-1)?.doneMs ?? Number.NaN), shownMs });
    }
    return redraws;
  }, asked);
}

export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.idle === "true");
}

export function summary({ what, ms }: WorkTimes): PageTime {
  const sorted = [...ms].sort((a, b) => a - b);
  return { what, median: quantile(sorted, 0.5), least: quantile(sorted, 0), most: quantile(sorted, 1) };
}
