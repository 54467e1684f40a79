/** What screen readers announce. Findings may be announced right after another text, and take its place. */
import { expect, type Page } from "./test.ts";

declare global {
  interface Window {
    announcedTexts?: string[];
  }
}

/** Keeps every text that is announced. Call it before the page is opened. */
export async function keepAnnouncements(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const texts: string[] = [];
    window.announcedTexts = texts;
    new MutationObserver(() => {
      const text = document.querySelector("[data-announcer]")?.textContent ?? "";
      if (text !== "" && text !== texts.at(-1)) texts.push(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Waits for a text to be announced, and forgets it with all before it. */
export async function expectAnnounced(page: Page, text: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => window.announcedTexts ?? []))
    .toContainEqual(expect.stringContaining(text));
  await page.evaluate((its) => {
    const texts = window.announcedTexts ?? [];
    texts.splice(0, texts.findIndex((one) => one.includes(its)) + 1);
  }, text);
}
