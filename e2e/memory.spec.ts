/** Checks that opening and closing cases leaks no GPU memory. */
import { goto, idle } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const gpuBytes = (page: Page) => page.evaluate(() => window.regionscope?.gpuBytes() ?? -1);

test("live GPU bytes return to the baseline after opening and closing ten cases", async ({ page }) => {
  await goto(page);
  const baseline = await gpuBytes(page);
  expect(baseline).toBeGreaterThanOrEqual(0);
  const cards = [/25 nested/, /73 overlapping/, /Lumbar spine/, /phantom/i];
  for (let i = 0; i < 10; i++) {
    const card = cards[i % cards.length] ?? /25 nested/;
    if (i % cards.length === 3) await page.getByRole("button", { name: "Open phantom" }).click();
    else await page.getByRole("button", { name: card }).click();
    await idle(page);
    if (i % 2 === 0) await page.getByRole("radio", { name: "bit-packed" }).click();
    await idle(page);
    expect(await gpuBytes(page), `case ${i}`).toBeGreaterThan(1e6);
    await page.getByRole("button", { name: "Open…" }).click();
    await page.getByRole("menuitem", { name: "Close case" }).click();
    await idle(page);
    expect(await gpuBytes(page), `after closing case ${i}`).toBe(baseline);
  }
});
