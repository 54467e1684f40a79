/**
 * Works on the page at random, from a seed, with real mouse and keys, and holds after each batch of events
 * that nothing was edited without being meant, nothing failed, and no view is blank; and that a closed case
 * leaves no memory on the GPU.
 */
import { decode } from "fast-png";
import type { Locator, Page } from "playwright";
import { errorMessage } from "../../src/base/errors.ts";
import { BATCH, type MonkeyEvent, monkeyEvents } from "./events.ts";
import { changesBetween, type Meant, weigh } from "./meant.ts";
import { monkeyCase } from "./monkey-case.ts";
import { type Done, perform, TypedText } from "./perform.ts";
import { look } from "./sight.ts";

/** A case is closed, and the next one opened, after this many events. */
const EVENTS_PER_CASE = 250;
/** Longest time that the page may take to answer to one event, or to become idle, in ms. */
const PATIENCE_MS = 60_000;
/** After this many ms, work that goes on, such as a run of Timing, is cancelled as a user would. */
const WORK_MS = 1000;
/** Events that are named in a fault. */
const NAMED = 25;

/** Samples by the name of their card, or the files; they take turns. */
const CASES = [/Lumbar spine/, "files", /25 nested/, "files", /73 overlapping/, "files"] as const;

interface Options {
  readonly seed: number;
  readonly events: number;
  readonly progress?: (text: string) => void;
  /** Called with a line about each event. */
  readonly verbose?: (line: string) => void;
}

interface MonkeyRun {
  /** The number of events that were done. */
  readonly events: number;
  /** What was wrong, with the last events and how to repeat them; null if nothing was. */
  readonly fault: string | null;
  /** For each case that was closed, the bytes on the GPU beyond those before the first case. */
  readonly bytesLeft: readonly number[];
}

class MonkeyFault extends Error {}

/** Stops at the first fault. */
export async function runMonkey(
  page: Page,
  { seed, events, progress = () => {}, verbose = () => {} }: Options,
): Promise<MonkeyRun> {
  const errors = watchErrors(page);
  const log: string[] = [];
  const text = new TypedText();
  const bytesLeft: number[] = [];
  let count = 0;
  try {
    // tsx wraps functions in calls of this, which the page has not.
    await page.evaluate("globalThis.__name ??= (named) => named");
    await finish(page);
    page.on("domcontentloaded", () => errors.push(`The page was left or loaded anew: ${page.url()}`));
    const baseline = await gpuBytes(page);
    const source = monkeyEvents(seed);
    for (let turn = 0; count < events; turn++) {
      const last = Math.min(events, count + EVENTS_PER_CASE);
      while (count < last) {
        await openIfNone(page, CASES[turn % CASES.length] ?? "files");
        const batch: MonkeyEvent[] = [];
        for (; batch.length < BATCH && count < last; count++) batch.push(source.next().value);
        await performBatch(page, batch, text, (line) => {
          log.push(line);
          verbose(line);
        });
        await expectShown(page);
        expectNone(errors);
        progress(`${count} of ${events} events`);
      }
      await closeCase(page);
      expectNone(errors);
      const left = (await gpuBytes(page)) - baseline;
      bytesLeft.push(left);
      if (left !== 0) throw new MonkeyFault(`${left} bytes stay on the GPU after closing the case.`);
    }
    return { events: count, fault: null, bytesLeft };
  } catch (error) {
    const shown = log.slice(-NAMED).map((line) => `  ${line}`);
    const fault =
      [errorMessage(error), ...errors.filter((one) => !errorMessage(error).includes(one))].join("\n") +
      `\nThe last events were:\n${shown.join("\n")}\n` +
      `Repeat them with: npm run test:monkey -- --seed ${seed} --events ${count}`;
    return { events: count, fault, bytesLeft };
  }
}

/** Checks the edits after each event, as some take effect only after the next. */
async function performBatch(
  page: Page,
  batch: readonly MonkeyEvent[],
  text: TypedText,
  log: (line: string) => void,
): Promise<void> {
  let meant: Meant[] = [];
  let history = (await look(page, null)).history;
  const compare = (next: typeof history) => {
    const changes = changesBetween(history, next);
    const { unmeant, left } = weigh(changes ?? [], meant);
    const faults = changes === null ? ["a change without a step"] : unmeant;
    if (faults.length > 0) {
      const named = faults.map((one) => (typeof one === "string" ? one : `the edit “${one.did}”`));
      throw new MonkeyFault(
        `Nothing meant ${named.join(", ")}. Undo: ${history.undo.join("; ")} -> ${next.undo.join("; ")}. Meant: ${meant.map((one) => (typeof one === "string" ? one : one.step.source)).join(", ")}.`,
      );
    }
    meant = left;
    history = next;
  };
  for (const event of batch) {
    const done: Done = await inTime(perform(page, event, text), "The page did not answer.");
    log(done.said);
    compare(done.before.history);
    meant.push(...done.meant);
  }
  await finish(page);
  compare((await look(page, null)).history);
}

/** Waits until nothing is loading, computing or drawing; cancels what takes long. */
async function finish(page: Page): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isIdle(page))) {
    if (Date.now() > end) throw new MonkeyFault(`The page is not idle after ${PATIENCE_MS / 1000} s.`);
    // A menu or dialog would cover the button.
    if ((await look(page, null)).hasPopup) await page.keyboard.press("Escape");
    const cancel = page.getByRole("button", { name: /^Cancel \w/ }).first();
    if (await cancel.isVisible()) await cancel.click({ timeout: 1000 }).catch(() => undefined);
  }
}

/** @returns whether the page became idle in {@link WORK_MS} */
async function isIdle(page: Page): Promise<boolean> {
  return page
    .waitForFunction(() => document.documentElement.dataset.idle !== "false", undefined, { timeout: WORK_MS })
    .then(() => true)
    .catch((error: Error) => {
      if (error.name === "TimeoutError") return false;
      throw error;
    });
}

/** The main landmark has content, and what is drawn has more than one colour, unless nothing is shown. */
async function expectShown(page: Page): Promise<void> {
  const content = await page.evaluate(() => {
    const main = document.querySelector("main");
    const canvas = main?.querySelector("canvas.grid-canvas, canvas.slices-canvas");
    const box = canvas?.getBoundingClientRect();
    return {
      text: main?.innerText.trim() ?? "",
      height: main?.clientHeight ?? 0,
      box: box ? { x: box.x, y: box.y, width: box.width, height: box.height } : null,
    };
  });
  if (content.text === "" || content.height < 50) throw new MonkeyFault("The main landmark has no content.");
  const { box } = content;
  if (!box || box.width < 20 || box.height < 20) return;
  if (await isDrawn(page, box)) return;
  // What is hidden, zoomed away or between slices is not blank: everything shown must be seen. A field would
  // take the keys as text.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("Escape");
  for (const key of ["a", "0"]) await page.keyboard.press(key);
  await finish(page);
  if (!(await isDrawn(page, box))) throw new MonkeyFault("The picture has only one colour.");
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ONLY_CANVAS =
  ".tile, .row-head, .grid-row, .pane, .splitter { visibility: hidden !important } .grid-scroller, .slices { outline: none !important }";

/** Whether the canvas, without the text over it, has pixels that differ. */
async function isDrawn(page: Page, box: Box): Promise<boolean> {
  // A constructed style sheet, as the page's policy allows no style elements.
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, ONLY_CANVAS);
  const png = await page.screenshot({ clip: box, animations: "disabled" });
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
  const { data, channels } = decode(png);
  for (let at = channels; at < data.length; at++) if (data[at] !== data[at - channels]) return true;
  return false;
}

async function openIfNone(page: Page, wanted: (typeof CASES)[number]): Promise<void> {
  if ((await page.locator("main.welcome").count()) === 0) return;
  if (wanted === "files")
    await page
      .getByLabel("Open files", { exact: true })
      .and(page.locator("input"))
      .setInputFiles(monkeyCase());
  else {
    // A menu or dialog keeps the pointer to itself.
    for (let i = 0; i < 3 && (await look(page, null)).hasPopup; i++) await page.keyboard.press("Escape");
    const card = page.getByRole("button", { name: wanted });
    await card.click({ timeout: PATIENCE_MS }).catch(async () => {
      throw new MonkeyFault(`The card of a sample cannot be clicked: ${await covering(card)} covers it.`);
    });
  }
  await finish(page);
}

/** What lies over the middle of a control, with all that is open beside the page's own content. */
function covering(control: Locator): Promise<string> {
  return control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const open = [...document.querySelectorAll("[data-base-ui-portal]")];
    return [hit, ...open].map((one) => one?.outerHTML.slice(0, 300) ?? "nothing").join("; open: ");
  });
}

/** Leaves what is open and closes the case, without saving. */
async function closeCase(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (let i = 0; i < 6; i++) await page.keyboard.press("Escape");
  await finish(page);
  if ((await page.locator("main.welcome").count()) > 0) return;
  await page.getByRole("button", { name: "Open…" }).click({ timeout: PATIENCE_MS });
  await page.getByRole("menuitem", { name: "Close case" }).click({ timeout: PATIENCE_MS });
  const discard = page.getByRole("button", { name: "Discard and continue" });
  await page.locator("main.welcome").or(discard).first().waitFor({ timeout: PATIENCE_MS });
  if (await discard.isVisible()) await discard.click();
  await page.locator("main.welcome").waitFor({ timeout: PATIENCE_MS });
  await finish(page);
}

const gpuBytes = (page: Page) => page.evaluate(() => window.regionscope?.gpuBytes() ?? -1);

/**
 * Collects errors of the page from now on. Windows that it opens are closed, and its dialogs for files
 * ignored.
 */
function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`The console has an error: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`The page has an error: ${error.stack ?? error.message}`));
  page.on("filechooser", () => undefined);
  page.on("popup", (opened) => {
    opened.close().catch(() => undefined);
  });
  return errors;
}

function expectNone(errors: readonly string[]): void {
  if (errors.length > 0) throw new MonkeyFault(errors.join("\n"));
}

async function inTime<T>(call: Promise<T>, sentence: string): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, fail) => {
    late = setTimeout(() => fail(new MonkeyFault(sentence)), PATIENCE_MS);
  });
  return Promise.race([call, tooLate]).finally(() => clearTimeout(late));
}
